// Bundles what docs/script holds for pages, and of each stemmer a script that the search fetches when a language needs it.
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const STEMMERS = "@orama/stemmers";
const { exports } = JSON.parse(readFileSync(`node_modules/${STEMMERS}/package.json`, "utf8"));
const stemmers = Object.keys(exports).map((path) => path.slice("./".length));
const common = {
  bundle: true,
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

await build({
  ...common,
  entryPoints: ["docs/script/*.page.ts"],
  format: "iife",
  outdir: "build/script",
  entryNames: "[name]",
});
await build({
  ...common,
  entryPoints: Object.fromEntries(stemmers.map((name) => [name, `${STEMMERS}/${name}`])),
  format: "esm",
  outdir: "build/script/stemmer",
});
