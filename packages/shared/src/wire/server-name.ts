/** What every master's certificate is made for; agents accept no other name. */
export const SERVER_NAME = "stint-master";
