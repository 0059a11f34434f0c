/** Which version of stint is this? The same stands in each package.json; a test holds them together. */
export const VERSION = "0.1.0";
