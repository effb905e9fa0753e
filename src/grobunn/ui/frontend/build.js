// Builds the front end: one style sheet, small scripts, subset fonts, icons. Run by `npm run build`.
// Everything written here is generated and not committed: static/dist, static/vendor, vendor.

import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import subsetFont from "subset-font";

const here = dirname(fileURLToPath(import.meta.url));
const ui = dirname(here);
const require = createRequire(import.meta.url);
const dist = join(ui, "static", "dist");
const fonts = join(ui, "static", "vendor", "fonts");
const icons = join(ui, "vendor", "icons");
const documentFonts = join(ui, "vendor", "fonts");

// Browsers of the last four years; older ones get plain pages that work.
const TARGET = ["chrome109", "firefox115", "safari16"];

// What Norwegian, English and the neighbours' languages need, and typographic signs.
const LATIN = characters(0x20, 0x7e) + characters(0xa0, 0xff) + "ŒœŠšŽž‐‑–—‘’‚“”„†•…‹›€™←↑→↓−≈≤≥✓";
// The letters of North, Lule, Inari, Skolt and South Sámi that Latin-1 lacks, and of Kven and Polish names.
const SAMI = "ČčĐđŊŋŦŧǤǥǦǧǨǩƷʒǮǯʹʼˈŃńĄąĆćĘęŁłŚśŹźŻż";

function characters(first, last) {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join("");
}

async function emptied(folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

async function buildFonts() {
  await emptied(fonts);
  await emptied(documentFonts);
  const inter = await readFile(require.resolve("inter-ui/variable/InterVariable.woff2"));
  const web = { targetFormat: "woff2", variationAxes: { wght: { min: 400, max: 700 }, opsz: 14 }, keepFeatures: ["kern", "mark", "mkmk", "calt", "ccmp", "locl", "tnum", "liga"] };
  const document = { targetFormat: "sfnt", preserveNameIds: [1, 2, 4, 6, 16, 17] };
  const [latin, sami] = await Promise.all([subsetFont(inter, LATIN, web), subsetFont(inter, SAMI, web)]);
  await writeFile(join(fonts, "inter-latin.woff2"), latin);
  await writeFile(join(fonts, "inter-sami.woff2"), sami);
  for (const weight of ["Regular", "SemiBold", "Bold"]) {
    const source = await readFile(require.resolve(`inter-ui/web/Inter-${weight}.woff2`));
    await writeFile(join(documentFonts, `Inter-${weight}.ttf`), await subsetFont(source, LATIN + SAMI, document));
  }
  for (const folder of [fonts, documentFonts]) {
    await copyFile(require.resolve("inter-ui/LICENSE.txt"), join(folder, "LICENSE.txt"));
  }
}

async function copyIcons() {
  await emptied(icons);
  const source = join(dirname(require.resolve("@navikt/aksel-icons/package.json")), "dist", "svg");
  for (const name of await readdir(source)) {
    if (name.endsWith(".svg")) await copyFile(join(source, name), join(icons, name));
  }
}

function onScreensOnly(text, opening) {
  const start = text.indexOf(opening);
  if (start < 0) throw new Error(`Designsystemet's theme has no ${opening}.`);
  let end = text.indexOf("{", start) + 1;
  for (let depth = 1; depth > 0; end += 1) depth += { "{": 1, "}": -1 }[text[end]] ?? 0;
  return `${text.slice(0, start)}@media screen{${text.slice(start, end)}}${text.slice(end)}`;
}

// The theme carries a second and a third colour and its own accent; Grobunn's accent stands in css/tokens.css.
// Dark is for screens: on paper everybody gets the light colours.
const slimTheme = {
  name: "slim-theme",
  setup(build) {
    build.onLoad({ filter: /designsystemet-theme.*\.css$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = onScreensOnly(text, "@layer ds.theme.color-scheme.dark")
        .replace(/--ds-color-(?:brand\d|accent)-[\w-]+:\s*#[0-9a-f]+;?\s*/gi, "")
        .replace(/@layer ds\.theme\.(?:typography\.secondary|color)\s*\{\s*\[data-(?:typography="secondary"|color="brand\d")\][^{}]*\{[^{}]*\}\s*\}/g, "");
      return { contents, loader: "css" };
    });
  },
};

async function buildStyles() {
  await esbuild.build({
    entryPoints: [join(here, "css", "grobunn.css")],
    outdir: dist,
    bundle: true,
    minify: true,
    target: TARGET,
    external: ["*.woff2"],
    plugins: [slimTheme],
    legalComments: "none",
    logLevel: "warning",
  });
}

async function buildScripts() {
  const names = (await readdir(join(here, "js"))).filter((name) => name.endsWith(".js"));
  await esbuild.build({
    entryPoints: names.map((name) => join(here, "js", name)),
    outdir: dist,
    bundle: true,
    minify: true,
    format: "esm",
    target: TARGET,
    legalComments: "none",
    logLevel: "warning",
  });
}

await emptied(dist);
await Promise.all([buildFonts(), copyIcons(), buildStyles(), buildScripts()]);
