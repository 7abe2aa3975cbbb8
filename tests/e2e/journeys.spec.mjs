// People who look for something: by words, by facet, by map, by keyboard alone, without JavaScript, on a phone.
import { expect, test } from '@playwright/test';

const main = (page) => page.getByRole('main');
// The number in the heading over the list ("277 potensi"), as a person reads it.
const count = async (page) => Number((await page.locator('h2#results, h2#map-status').first().innerText()).replace(/\D*([\d.]+).*/s, '$1').replaceAll('.', ''));

test('by words from the home page', async ({ page }) => {
  await page.goto('/id/');
  const search = main(page).getByRole('searchbox').first();
  await search.fill('aspal buton');
  await search.press('Enter');
  await expect(page).toHaveURL(/q=aspal(\+|%20)buton/);
  await main(page).getByRole('link', { name: /aspal/i }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/aspal/i);
  await expect(main(page)).toContainText(/belum dikonfirmasi daerah/i);
});

test('by facets, and each applied filter can be removed', async ({ page }) => {
  await page.goto('/id/potensi');
  expect(await count(page)).toBe(277);
  await page.goto('/id/potensi?group=laut');
  const sea = await count(page);
  expect(sea).toBeGreaterThan(0);
  await page.goto('/id/potensi?group=laut&region=74.07');
  const both = await count(page);
  expect(both).toBeLessThan(sea);
  expect(both).toBeGreaterThan(0);
  await main(page).locator('.applied').getByRole('link', { name: /Wakatobi/ }).click();
  await expect(page).toHaveURL(/\/id\/potensi\?group=laut$/);
  expect(await count(page)).toBe(sea);
});

test('list, downloads and facet counts agree', async ({ page, request }) => {
  await page.goto('/id/potensi?group=wisata');
  const total = await count(page);
  const csv = await (await request.get('/id/potensi.csv?group=wisata')).text();
  expect(csv.trim().split('\r\n').length - 1).toBe(total);
});

test('the language changes and the place stays', async ({ page }) => {
  await page.goto('/id/wilayah/74.01');
  await page.getByRole('link', { name: 'English' }).first().click();
  await expect(page).toHaveURL(/\/en\/wilayah\/74\.01/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('dark is remembered by the server, without JavaScript', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: process.env.SIMPUL_URL });
  const page = await context.newPage();
  await page.goto('/id/tampilan?theme=dark&back=/id/wilayah');
  await expect(page).toHaveURL(/\/id\/wilayah$/);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.goto('/id/tampilan?theme=dark&back=//example.org/');
  expect(new URL(page.url()).origin).toBe(process.env.SIMPUL_URL);
  await context.close();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('find by facet form and read the potential', async ({ page }) => {
    await page.goto('/id/potensi');
    const all = await count(page);
    const form = page.locator('form#facets');
    await form.locator('input[name="group"][value="tambang"]').check();
    await form.getByRole('button', { name: 'Tampilkan hasil' }).click();
    await expect(page).toHaveURL(/group=tambang/);
    expect(await count(page)).toBeGreaterThan(0);
    expect(await count(page)).toBeLessThan(all);
    await main(page).locator('a[href*="/id/potensi/"]').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });

  test('the map page shows the drawn map and the full list', async ({ page }) => {
    await page.goto('/id/peta');
    await expect(page.locator('#map svg')).toBeVisible();
    expect(await page.locator('[data-slug]').count()).toBeGreaterThan(0);
    expect(await count(page)).toBe(277);
  });
});

test('by map: activate, choose a symbol with the keyboard, read its card, open its page', async ({ page }) => {
  await page.goto('/id/peta?m=11/-5.33/123.55');
  await page.locator('#map').focus();
  await page.locator('#map').press('ArrowRight');
  await page.waitForSelector('html[data-map-idle="1"]', { timeout: 30_000 });
  const canvas = page.locator('#map canvas').first();
  await canvas.focus();
  await page.keyboard.press('Alt+ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/sel=/);
  const open = page.locator('[data-card] a[href*="/id/potensi/"]').first();
  await expect(open).toBeVisible();
  await open.click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('map filters: the legend is the filter, the address keeps it, back undoes it', async ({ page }) => {
  await page.goto('/id/peta');
  const before = await count(page);
  await page.locator('#map').hover();
  const sea = page.locator('input[name="group"][value="laut"]').first();
  await sea.check({ force: true });
  await expect(page).toHaveURL(/group=laut/);
  await expect.poll(() => count(page)).toBeLessThan(before);
  await page.goBack();
  await expect.poll(() => count(page)).toBe(before);
});

test('by keyboard alone: skip link, search, result, page', async ({ page }) => {
  await page.goto('/id/');
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveAttribute('href', /^#/);
  await page.keyboard.press('Enter');
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    if (await page.locator(':focus').evaluate((element) => element.getAttribute('name') === 'q')) break;
  }
  await page.keyboard.type('rumput laut');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/q=rumput/);
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    const href = await page.locator(':focus').getAttribute('href').catch(() => '');
    if (/^\/id\/potensi\/[a-z]/.test(href ?? '')) break;
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/id\/potensi\/[a-z]/);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('menu, list, filters, page', async ({ page }) => {
    await page.goto('/id/');
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('navigation', { name: 'Menu utama' }).getByRole('link', { name: 'Potensi', exact: true }).click();
    await expect(page).toHaveURL(/\/id\/potensi/);
    await main(page).locator('a[href*="/id/potensi/"]').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(wide).toBe(false);
  });

  test('the map sheet opens and closes with its button', async ({ page }) => {
    await page.goto('/id/peta');
    const handle = page.locator('#sheet-handle');
    await expect(handle).toBeVisible();
    await handle.click();
    await expect(page.locator('[data-slug]').first()).toBeVisible();
  });
});

test('without WebGL the drawn map stays and the list works', async ({ playwright }) => {
  const browser = await playwright.chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer', '--disable-webgl', '--disable-3d-apis'] });
  const page = await browser.newPage({ baseURL: process.env.SIMPUL_URL });
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto('/id/peta');
  await page.locator('#map').hover();
  await page.locator('#map').click({ position: { x: 5, y: 5 } });
  await expect(page.locator('#map svg')).toBeVisible();
  expect(await page.locator('[data-slug]').count()).toBeGreaterThan(0);
  expect(faults).toEqual([]);
  await browser.close();
});
