// What the tests of the office share: signing in, accounts, fields, toasts, accessibility.
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';

export const kAdminPassword = process.env.SIMPUL_ADMIN_PASSWORD;
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

export const heading = (page, name) => page.getByRole('heading', { level: 1, name });
export const toast = (page, text) => expect(page.locator('.toast').filter({ hasText: text }).first()).toBeVisible();
export const field = (page, name) => page.locator(`[id="f-${name}"]`);

// The editor's word that everything is in the record.
export const saved = (page) => expect(page.locator('.save-bar')).toContainText('Tersimpan');

// An area with a hole, 10 positions.
export const kHole = {
  type: 'Polygon',
  coordinates: [
    [[121.6, -4.0], [121.7, -4.0], [121.7, -4.1], [121.6, -4.1], [121.6, -4.0]],
    [[121.63, -4.03], [121.63, -4.06], [121.66, -4.06], [121.66, -4.03], [121.63, -4.03]],
  ],
};

// The words, the kind and the place of a potential, in an editor that is open.
export async function describe(page, { english, summary, summaryEnglish, category }) {
  await field(page, 'title.en').fill(english);
  await field(page, 'summary.id').fill(summary);
  await field(page, 'summary.en').fill(summaryEnglish);
  await choose(page, 'sector', 'Pertanian');
  await choose(page, 'category', category);
  await field(page, 'status').selectOption('existing');
  await field(page, 'maturity').selectOption('potensi');
  await page.getByText('Dengan pihak ketiga (KSDPK)').click();
  await page.getByText('Tempel GeoJSON atau WKT').click();
  await field(page, 'pasted').fill(JSON.stringify(kHole));
  await page.getByRole('button', { name: 'Pakai', exact: true }).click();
  await expect(field(page, 'geometry')).toContainText('10 posisi');
}

export async function signIn(page, username, password, path = '/kantor/') {
  await page.goto(path);
  await page.getByLabel('Nama pengguna').fill(username);
  await page.getByLabel('Kata sandi', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Masuk' }).click();
}

export async function office(browser, username, password, path = '/kantor/', options = {}) {
  const context = await browser.newContext({ baseURL: process.env.SIMPUL_URL, locale: 'id-ID', viewport: { width: 1360, height: 900 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(message.text());
  });
  await signIn(page, username, password, path);
  return { page, context, faults };
}

export async function choose(page, name, words) {
  await field(page, name).fill(words);
  await page.getByRole('option').filter({ hasText: words }).first().click();
}

// Nothing is judged half way: a button that has just become usable is still changing its colour. What moves for ever
// is left alone.
function finishMotion(page) {
  return page.evaluate(() => {
    for (const one of document.getAnimations())
      if (Number.isFinite(Number(one.effect?.getComputedTiming().endTime ?? Infinity))) one.finish();
  });
}

// What sticks to the window covers whatever is scrolled under it just then. Here the page is judged, not where it
// happens to be scrolled: for the time of it these stand in their places.
async function unstuck(page, act) {
  await page.evaluate(() => {
    for (const element of document.body.querySelectorAll('*')) {
      if (getComputedStyle(element).position !== 'sticky') continue;
      element.dataset.unstuck = element.style.position;
      element.style.position = 'static';
    }
  });
  const result = await act();
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('[data-unstuck]')) {
      element.style.position = element.dataset.unstuck;
      delete element.dataset.unstuck;
    }
  });
  return result;
}

export async function examine(page, what) {
  await finishMotion(page);
  const { violations } = await unstuck(page, () => new AxeBuilder({ page }).withTags(tags).analyze());
  expect(violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')}`), what).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${what} is wider than its window`).toBeLessThanOrEqual(0);
}

export async function makeAccount(page, { username, name, role, region }) {
  await page.goto('/kantor/pengguna');
  await page.getByRole('button', { name: 'Akun baru' }).click();
  await field(page, 'username').fill(username);
  await field(page, 'name').fill(name);
  await field(page, 'role').selectOption(role);
  if (region) await choose(page, 'region', region);
  await page.getByRole('button', { name: 'Buat akun' }).click();
  const secret = await page.locator('[data-secret]').innerText();
  await page.getByRole('button', { name: 'Sudah saya sampaikan' }).click();
  return secret;
}

// The first sign-in with what was handed over, and a password of one's own.
export async function firstSignIn(browser, account, secret) {
  const session = await office(browser, account.username, secret);
  const { page } = session;
  await page.getByLabel('Kata sandi sekarang').fill(secret);
  await page.getByLabel('Kata sandi baru').fill(account.password);
  await page.getByRole('button', { name: 'Simpan kata sandi' }).click();
  await expect(heading(page, 'Beranda')).toBeVisible();
  return session;
}

// The same screen as everybody sees it: both themes, a desk and a phone.
export async function examineEverywhere(page, what) {
  for (const theme of ['light', 'dark']) {
    for (const width of [1360, 390]) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' }); // no colour half way
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      await examine(page, `${what} ${theme} ${width}`);
      if (process.env.SIMPUL_SHOTS) await page.screenshot({ path: `${process.env.SIMPUL_SHOTS}/${what.replaceAll(' ', '-')}-${theme}-${width}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1360, height: 900 });
}
