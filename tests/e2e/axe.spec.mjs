// axe with zero violations on every page kind: Indonesian in both themes, English once; desktop and phone width.
// The page must also not be wider than its window, and must not break its own content security policy.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { english, pages } from './pages.mjs';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

async function examine(page, path) {
  const refused = [];
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  page.on('pageerror', (error) => refused.push(String(error)));
  await page.goto(path);
  const result = await new AxeBuilder({ page }).withTags(tags).analyze();
  const found = result.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')}`);
  expect(found, path).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${path} is wider than its window`).toBeLessThanOrEqual(0);
  expect(refused, path).toEqual([]);
}

for (const [language, list, themes] of [['id', pages, ['light', 'dark']], ['en', english, ['light']]]) {
  for (const theme of themes) {
    for (const width of language === 'id' ? [1360, 390] : [1360]) {
      test.describe(`axe ${language} ${theme} ${width}`, () => {
        test.use({ colorScheme: theme, viewport: { width, height: width === 390 ? 844 : 900 } });
        for (const [name, path] of Object.entries(list)) {
          test(name, async ({ page }) => examine(page, path));
        }
      });
    }
  }
}

test.describe('axe at 320 px', () => {
  test.use({ viewport: { width: 320, height: 700 } });
  for (const name of ['home', 'potentials', 'potential', 'region', 'map', 'agreements']) {
    test(name, async ({ page }) => examine(page, pages[name]));
  }
});
