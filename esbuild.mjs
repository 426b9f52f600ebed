// Builds frontdesk/ui/static/dist from frontdesk/ui/static_src: app.css, app.js, fonts, the icon sprite, app icons.
import { context, build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

const SOURCE = "frontdesk/ui/static_src";
const TARGET = "frontdesk/ui/static/dist";
const TABLER = "node_modules/@tabler/icons/icons/outline";

const options = {
  entryPoints: [{ in: `${SOURCE}/js/app.js`, out: "app" }, { in: `${SOURCE}/css/app.css`, out: "app" }, { in: `${SOURCE}/js/sw.js`, out: "sw" }, { in: `${SOURCE}/js/inquiry.js`, out: "inquiry" }],
  outdir: TARGET,
  assetNames: "fonts/[name]",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome120", "firefox125", "safari17.5"],
  supported: { nesting: true },
  loader: { ".woff2": "file" },
  legalComments: "none",
  logLevel: "warning",
};

function symbol(name, svg) {
  const shapes = svg
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace("</svg>", "")
    .replace(/<path stroke="none"[^>]*\/>/, "")
    .replace(/\s+/g, " ")
    .trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

async function sprite() {
  const listed = await readFile(`${SOURCE}/icons/names.txt`, "utf8");
  const names = [...new Set(listed.split(/\s+/).filter(Boolean))].sort();
  const symbols = await Promise.all(
    names.map(async (name) => symbol(name, await readFile(`${TABLER}/${name}.svg`, "utf8"))),
  );
  const head = '<svg xmlns="http://www.w3.org/2000/svg">';
  await writeFile(`${TARGET}/icons.svg`, `${head}${symbols.join("")}</svg>`);
}

async function appIcons() {
  const folder = `${SOURCE}/icons/app`;
  const files = await readdir(folder);
  await Promise.all(files.map((file) => copyFile(path.join(folder, file), path.join(TARGET, file))));
}

await rm(TARGET, { recursive: true, force: true });
await mkdir(TARGET, { recursive: true });
await Promise.all([sprite(), appIcons()]);
if (process.argv.includes("--watch")) await (await context(options)).watch();
else await build(options);
