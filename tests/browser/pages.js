/*
 * Opens pages in Debian's Chromium as a reader would, and prints TAP.
 *
 *   node pages.js MODULES SHOTS PAGE.html…
 *
 * MODULES has node_modules with playwright-core and axe-core; SHOTS receives screenshots and a PDF.  A page's name is
 * REPORT-LANGUAGE.html; those of the matrix have an answer of Italy to II.A.1(a), which tests/integration/browser.sh
 * has recorded.
 */
"use strict";
const fs = require("fs");
const path = require("path");

const [modules, shots, ...pages] = process.argv.slice(2);
const { chromium } = require(path.join(modules, "node_modules", "playwright-core"));
const axe = fs.readFileSync(path.join(modules, "node_modules", "axe-core", "axe.min.js"), "utf8");

let number = 0;
let failed = 0;

function check(name, expected, got) {
  number++;
  const same = JSON.stringify(expected) === JSON.stringify(got);
  failed += same ? 0 : 1;
  console.log(`${same ? "ok" : "not ok"} ${number} - ${name}`);
  if (!same) console.log(`# expected: ${JSON.stringify(expected)}\n# got: ${JSON.stringify(got)}`);
}

/* What would trouble a reader: errors of the script, breaches of the policy, anything fetched. */
function watch(page) {
  const seen = [];
  page.on("console", (message) => seen.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) seen.push(`request: ${request.url()}`);
  });
  return seen;
}

async function findings(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document));
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`);
}

const shown = (page) => page.locator("table.main tbody tr:not([hidden])").count();
const firstHead = (page) => page.locator("table.main tbody tr:not([hidden]) th").first().innerText();

/* An answer beside its cell, and the way back. */
async function clickCell(page, name) {
  const cell = page.locator("#s-ITA td.level a").first();
  await cell.click();
  const dialog = page.locator("dialog[open]");
  check(`${name}: a click on a letter shows the answer`, 1, await dialog.count());
  const text = await dialog.innerText();
  for (const part of ["NV 123/2026", "https://example.org/law", "Adoptée en première lecture"])
    check(`${name}: … with "${part}"`, true, text.includes(part));
  check(`${name}: … its day`, "2026-09-30", await dialog.locator("time").first().getAttribute("datetime"));
  check(`${name}: … the text of the recommendation`, true, /Promote effective/.test(await dialog.locator("blockquote").innerText()));
  check(`${name}: … with nothing amiss`, [], await findings(page));
  await page.keyboard.press("Escape");
  check(`${name}: Escape leads back to the letter`, true, await cell.evaluate((link) => link === document.activeElement));
}

async function filterAndSort(page, name) {
  const all = await shown(page);
  const italy = await page.locator("#s-ITA th").innerText();
  await page.fill("input[name=search]", italy.toUpperCase());
  check(`${name}: the filter finds a State whatever the case`, 1, await shown(page));
  await page.fill("input[name=search]", "");
  const implemented = await page.locator("table.main tbody tr", { has: page.locator("td.s1") }).count();
  await page.selectOption("select[name=level]", "s1");
  check(`${name}: the filter finds the rows with a status`, implemented, await shown(page));
  check(`${name}: … and says how many`, true, (await page.locator("output").innerText()).includes(String(implemented)));
  check(`${name}: … with nothing amiss`, [], await findings(page));
  await page.selectOption("select[name=level]", "");
  check(`${name}: all rows come back`, all, await shown(page));
  const before = await firstHead(page);
  const button = page.locator("table.main thead th:has-text('II.A.1(a)') button, table.main thead th.reference button").first();
  await button.click();
  check(`${name}: sorting by a recommendation puts the furthest along first`, true,
    /\bs1\b/.test(await page.locator("table.main tbody tr td.level").first().getAttribute("class")));
  const states = page.locator("table.main thead th button").first();
  await states.click();
  check(`${name}: sorting by State puts them back`, before, await firstHead(page));
  check(`${name}: … and says so`, "ascending", await page.locator("table.main thead th").first().getAttribute("aria-sort"));
}

async function scrollAndPrint(page, name) {
  await page.locator(".scroll").first().evaluate((box) => { box.scrollTop = 400; box.scrollLeft = box.dir === "rtl" ? -200 : 200; });
  const offsets = await page.locator(".scroll").first().evaluate((box) => {
    const outer = box.getBoundingClientRect(), head = box.querySelector("thead th").getBoundingClientRect();
    return Math.round(head.top - outer.top);
  });
  check(`${name}: heads stay in sight`, 1, offsets);
  const pdf = await page.pdf({ preferCSSPageSize: true, path: path.join(shots, `${name}.pdf`) });
  const size = /\/MediaBox\s*\[0 0 ([0-9.]+) ([0-9.]+)\]/.exec(pdf.toString("latin1"));
  check(`${name}: prints on A4 landscape`, [842, 595], size && [Math.round(size[1]), Math.round(size[2])]);
}

async function withoutScript(browser, file, name) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`file://${file}`);
  check(`${name}: without script no control that would do nothing`, 0, await page.locator("form:visible, button:visible").count());
  await page.locator("#s-ITA td.level a").first().click();
  const row = page.locator("tr:target");
  check(`${name}: … and a letter leads to its answer`, true, (await row.innerText()).includes("NV 123/2026"));
  await context.close();
}

async function open(browser, file, colorScheme) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, colorScheme });
  const page = await context.newPage();
  page.seen = watch(page);
  await page.goto(`file://${file}`);
  return page;
}

async function visit(browser, file) {
  const name = path.basename(file, ".html");
  const [report, language] = name.split("-");
  for (const scheme of language === "en" ? ["light", "dark"] : ["light"]) {
    const page = await open(browser, file, scheme);
    await page.screenshot({ path: path.join(shots, `${name}-${scheme}.png`) });
    check(`${name}: nothing amiss in ${scheme}`, [], await findings(page));
    if (scheme === "light") {
      check(`${name}: its language`, language, await page.evaluate(() => document.documentElement.lang));
      check(`${name}: its direction`, language === "ar" ? "rtl" : "ltr", await page.evaluate(() => getComputedStyle(document.body).direction));
      check(`${name}: its picture`, 1, await page.locator("figure svg").count());
      if (report === "matrix") {
        await clickCell(page, name);
        await filterAndSort(page, name);
      }
      await scrollAndPrint(page, name);
    }
    check(`${name}: no error, no request in ${scheme}`, [], page.seen);
    await page.context().close();
  }
  if (name === "matrix-en") await withoutScript(browser, file, name);
}

(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  for (const file of pages) await visit(browser, file);
  await browser.close();
  console.log(`1..${number}`);
  process.exitCode = failed === 0 ? 0 : 1;
})().catch((error) => {
  console.log(`not ok ${number + 1} - ${error.message.split("\n")[0]}\n1..${number + 1}`);
  process.exitCode = 1;
});
