/** `npm run docs:reference`: writes docs/reference.md anew. */
import { writeFileSync } from "node:fs";
import { REFERENCE, referenceText } from "./reference.js";

writeFileSync(REFERENCE, referenceText());
