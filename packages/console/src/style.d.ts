/** Styles are taken in by the build and have no value. */
declare module "*.css";
