/**
 * A value of which a part is still to be filled in. Where many thousands a second are made, absent fields are left
 * out by assigning those that are there: spreading a piece that may be empty costs microseconds each time.
 */
export type Draft<T> = { -readonly [Field in keyof T]: T[Field] };
