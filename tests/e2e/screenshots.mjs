// Pictures of every page kind, for people to look at: out/shots/<page>-<width>-<theme>.png
//   node screenshots.mjs [page...]     with SIMPUL_URL set, as run.sh does
import { chromium } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { chromiumFlags } from './playwright.config.mjs';
import { pages } from './pages.mjs';

const wanted = process.argv.slice(2);
mkdirSync('out/shots', { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumFlags });
for (const width of [1360, 390]) {
  for (const theme of ['light', 'dark']) {
    const context = await browser.newContext({ baseURL: process.env.SIMPUL_URL, colorScheme: theme, viewport: { width, height: width === 390 ? 844 : 900 } });
    const page = await context.newPage();
    for (const [name, path] of Object.entries(pages)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      await page.goto(path);
      if (name === 'map') {
        await page.locator('#map').click({ position: { x: 200, y: 120 } });
        await page.waitForSelector('html[data-map-idle="1"]', { timeout: 30_000 }).catch(() => console.log('map did not get idle'));
      }
      await page.screenshot({ path: `out/shots/${name}-${width}-${theme}.png`, fullPage: name !== 'map' });
    }
    await context.close();
  }
}
await browser.close();
