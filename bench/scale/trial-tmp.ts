import { installed } from "./installed.js";
import { writeFileSync, readFileSync, cpSync } from "node:fs";
import { join } from "node:path";
const n = Number(process.argv[2] ?? 20000);
const prof = process.argv[3];
const s = await installed();
try {
writeFileSync(join(s.folder, "stint.yaml"), "clusters:\n  here: { provider: local, max: 1, slots: 1 }\n");
let t=""; for (let i=1;i<=n;i++) t+=`true ${i}\n`;
writeFileSync(join(s.folder, "bag.txt"), t);
const c = await s.call(["run","bag.txt","--yes"], prof ? ["--cpu-prof","--cpu-prof-dir="+prof] : []);
const rows = readFileSync(join(s.folder,"runs/latest/attempts.csv"),"utf8").trimEnd().split("\n").slice(1).map(l=>l.split(","));
let first=Infinity,last=0; for (const r of rows) { first=Math.min(first,+r[6]!); last=Math.max(last,+r[7]!); }
console.log(n, "rows", rows.length, "wall", c.seconds.toFixed(2), "cpu", c.cpuSeconds.toFixed(2), "MB", c.megabytesMost.toFixed(0), "span", (last-first).toFixed(2), "rate", (rows.length/(last-first)).toFixed(0));
} finally { s.remove(); }
