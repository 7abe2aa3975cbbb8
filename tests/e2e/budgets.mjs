// Page weight of each page kind (brotli, by file type) and Lighthouse on four pages, median of three runs.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
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
  const map = name === 'map';
  const limit = { html: 30, css: map ? 16 : 14, js: map ? 8 : 14, font: 30, total: map ? 100 : 120 };
  for (const [kind, size] of Object.entries({ html: page.size, css: part.css, js: part.js, font: part.font, total })) {
    if (size > limit[kind] * KB) faults.push(`${name}: ${kind} is ${kilobytes(size)} KB, at most ${limit[kind]}`);
  }
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
