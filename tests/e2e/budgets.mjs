// Page weight of each page kind (brotli, by file type) and Lighthouse on four pages, median of three runs.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { chromiumFlags } from './playwright.config.mjs';
import { pages } from './pages.mjs';

const base = process.env.SIMPUL_URL;
const KB = 1024;
const faults = [];
const kilobytes = (bytes) => (bytes / KB).toFixed(1).padStart(6);

async function transferred(path, acceptEncoding = 'br') {
  // fetch() decodes; the wire size is what the server says it sends.
  const answer = await fetch(base + path, { headers: { 'accept-encoding': acceptEncoding } });
  const text = await answer.text();
  return { size: Number(answer.headers.get('content-length') ?? text.length), text };
}

console.log('page kind                HTML    CSS     JS   font  total   (KB, brotli; JS before interaction)');
for (const [name, path] of Object.entries(pages)) {
  const page = await transferred(path);
  const part = { css: 0, js: 0, font: 0, other: 0 };
  const wanted = new Set();
  for (const [, tag] of page.text.matchAll(/<((?:link|script|img|source|use)\b[^>]*)>/g)) {
    const address = /\s(?:href|src)="(\/[^"#]*)/.exec(tag)?.[1];
    if (!address) continue;
    if (tag.startsWith('link') && !/rel="(?:stylesheet|modulepreload|preload|icon)"/.test(tag)) continue;
    wanted.add(address.replaceAll('&amp;', '&'));
  }
  for (const address of wanted) {
    const { size } = await transferred(address);
    const kind = /\.css/.test(address) ? 'css' : /\.m?js/.test(address) ? 'js' : /\.woff2/.test(address) ? 'font' : 'other';
    part[kind] += size;
  }
  const total = page.size + part.css + part.js + part.font + part.other;
  console.log(`${name.padEnd(22)} ${kilobytes(page.size)} ${kilobytes(part.css)} ${kilobytes(part.js)} ${kilobytes(part.font)} ${kilobytes(total)}`);
  const map = name.startsWith('map') && name !== 'map-share';
  const limit = { html: 30, css: map ? 16 : 14, js: map ? 8 : 14, font: 30, total: map ? 100 : 120 };
  for (const [kind, size] of Object.entries({ html: page.size, css: part.css, js: part.js, font: part.font, total })) {
    if (size > limit[kind] * KB) faults.push(`${name}: ${kind} is ${kilobytes(size)} KB, at most ${limit[kind]}`);
  }
}

// The low-data mode: no script at all, and little of everything.
console.log('\nlow-data page           HTML    CSS  total   (KB, brotli)');
for (const name of ['home', 'map', 'map-indicator', 'potentials', 'potential', 'region']) {
  const answer = await fetch(base + pages[name], { headers: { 'accept-encoding': 'br', cookie: 'lowdata=1' } });
  const html = await answer.text();
  const size = Number(answer.headers.get('content-length'));
  let css = 0;
  for (const [, address] of html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)) css += (await transferred(address)).size;
  console.log(`${name.padEnd(22)} ${kilobytes(size)} ${kilobytes(css)} ${kilobytes(size + css)}`);
  if (size > 20 * KB) faults.push(`${name}: ${kilobytes(size)} KB of HTML in the low-data mode, at most 20`);
  if (size + css > 60 * KB) faults.push(`${name}: ${kilobytes(size + css)} KB in the low-data mode, at most 60`);
  if (/<script[^>]* src=/.test(html)) faults.push(`${name}: a script in the low-data mode`);
}

// The live map: all that comes over the wire until it rests, and how long that takes (software rendering here).
{
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumFlags });
  const page = await (await browser.newContext({ viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce' })).newPage();
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  let bytes = 0;
  network.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  await page.goto(base + pages.map);
  const begun = Date.now();
  await page.locator('#map').hover();
  await page.waitForSelector('html[data-map-idle="1"]', { timeout: 60_000 });
  console.log(`\nmap, activated: ${kilobytes(bytes)} KB with the page, at rest after ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  if (bytes > 560 * KB) faults.push(`map: ${kilobytes(bytes)} KB until the live map rests, at most 560`);
  await browser.close();
}

const wanted = {
  home: { performance: 95, accessibility: 100, 'best-practices': 100, seo: 95 },
  potentials: { performance: 95, accessibility: 100, 'best-practices': 100, seo: 95 },
  region: { performance: 95, accessibility: 100, 'best-practices': 100, seo: 95 },
  map: { performance: 90, accessibility: 100, 'best-practices': 100, seo: 95 },
};
mkdirSync('out', { recursive: true });

// Lighthouse sometimes gets no trace from a browser on a busy machine (NO_NAVSTART): that is no result, so it is asked again.
function lighthouse(args) {
  for (let attempt = 1; ; attempt++) {
    try {
      execFileSync('npx', ['--no-install', 'lighthouse', ...args], {
        env: { ...process.env, CHROME_PATH: '/usr/bin/chromium' }, stdio: ['ignore', 'ignore', 'inherit'] });
      return;
    } catch (error) {
      if (attempt === 4) throw error;
    }
  }
}
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
console.log('\nLighthouse (mobile)   performance  accessibility  best-practices  seo   LCP s  TBT ms  CLS');
for (const [name, limits] of Object.entries(wanted)) {
  const runs = [];
  for (let run = 0; run < 3; run++) {
    const file = `out/lighthouse-${name}.json`;
    lighthouse([ base + pages[name], '--quiet', '--output=json', `--output-path=${file}`,
      '--max-wait-for-load=60000', `--chrome-flags=--headless=new ${chromiumFlags.join(' ')}`]);
    runs.push(JSON.parse(readFileSync(file, 'utf8')));
  }
  const score = (category) => Math.round(100 * median(runs.map((run) => run.categories[category].score)));
  const value = (audit) => median(runs.map((run) => run.audits[audit].numericValue));
  const row = Object.keys(limits).map((category) => score(category));
  console.log(`${name.padEnd(22)} ${row.map((n) => String(n).padStart(11)).join('  ')}  ${(value('largest-contentful-paint') / 1000).toFixed(2)}  ${Math.round(value('total-blocking-time'))}  ${value('cumulative-layout-shift').toFixed(3)}`);
  for (const [category, limit] of Object.entries(limits)) {
    if (score(category) < limit) {
      faults.push(`${name}: Lighthouse ${category} ${score(category)}, at least ${limit}`);
      const failing = runs[0].categories[category].auditRefs.map((ref) => runs[0].audits[ref.id])
        .filter((audit) => audit.score !== null && audit.score < 0.9).map((audit) => `    ${audit.id}: ${audit.displayValue ?? audit.title}`);
      console.log(failing.join('\n'));
    }
  }
  if (value('cumulative-layout-shift') > (name === 'map' ? 0.03 : 0.02)) faults.push(`${name}: layout shift ${value('cumulative-layout-shift')}`);
}
console.log(faults.join('\n'));
console.log(`budgets: ${faults.length} over`);
process.exit(faults.length > 0 ? 1 : 0);
