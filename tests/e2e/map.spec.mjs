// The live map as people use it: indicators and their years, layers, measuring, positions, sharing, a frame in another
// site, and what happens when a part of it does not answer.
import { createServer } from 'node:http';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

const live = async (page, path) => {
  await page.goto(path);
  await page.locator('#map').focus();
  await page.locator('#map').press('ArrowRight');
  await rest(page);
};
const rest = (page) => page.waitForSelector('html[data-map-idle="1"]', { timeout: 30_000 });
const canvas = (page) => page.locator('#map canvas').first();

test('an indicator: classes, years by slider, another indicator, back', async ({ page }) => {
  await live(page, '/id/peta');
  await page.getByRole('link', { name: 'Indikator' }).click();
  await expect(page).toHaveURL(/\?i=area/);
  await expect(page.locator('#map-potentials')).toBeHidden();
  await expect(page.locator('.map-legend li')).toHaveCount(5);
  await expect(page.locator('.map-ranking tbody tr')).toHaveCount(17);
  await page.getByLabel('Indikator', { exact: true }).selectOption('livestock_population.buffalo');
  await expect(page).toHaveURL(/i=livestock_population\.buffalo/);
  const slider = page.getByRole('slider', { name: 'Tahun' });
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(/year=2023/);
  await expect(page.locator('.map-legend')).toContainText('tanpa data');
  await expect(slider).toBeFocused();
  const ranges = await page.locator('.map-legend bdi').allInnerTexts();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.map-indicator-year')).toHaveText('2024');
  expect(await page.locator('.map-legend bdi').allInnerTexts(), 'a colour means the same in every year').toEqual(ranges);
  await page.goBack();
  await expect(page.locator('#map-indicator-title')).toContainText('Luas');
  await page.goBack();
  await expect(page.locator('#map-potentials')).toBeVisible();
  await expect(page.locator('#map-status')).toContainText(/\d+ potensi/);
});

test('the years play and stop at the last', async ({ page }) => {
  await live(page, '/id/peta?i=livestock_population.buffalo&year=2023');
  await page.getByRole('button', { name: 'Putar tahun demi tahun' }).click();
  await expect(page.locator('.map-years output')).toHaveText('2024');
  await expect(page.getByRole('button', { name: 'Putar tahun demi tahun' })).toBeVisible();
});

test('a region that is pressed has its row in view', async ({ page }) => {
  await live(page, '/id/peta?i=area&m=9/-4.05/122.1');
  await canvas(page).click({ position: { x: 300, y: 250 } });
  await expect(page.locator('.map-ranking tr.is-pointed')).toHaveCount(1);
});

test('layers are told and can be left out', async ({ page }) => {
  await live(page, '/id/peta');
  await page.getByRole('link', { name: 'Lapisan' }).click();
  const row = page.locator('[data-layer="potentials"]');
  await row.getByText('Tentang lapisan ini').click();
  await expect(row).toContainText('163 dari 277 mempunyai titik sendiri');
  await row.getByRole('checkbox').uncheck();
  await expect(page).toHaveURL(/layers=districts/);
  await rest(page);
  await canvas(page).focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.locator('#map-features li')).toHaveCount(0);
  await row.getByRole('checkbox').check();
  await expect(page).not.toHaveURL(/layers=/);
});

test('a layer that does not answer is named, can be tried again, and stops nothing else', async ({ page }) => {
  await page.route('**/tiles/potentials/**', (route) => route.abort());
  await page.goto('/id/peta?m=9/-4/122.5');
  await page.locator('#map').focus();
  await page.locator('#map').press('ArrowRight');
  const notice = page.locator('.map-notice', { hasText: 'Titik' });
  await expect(notice).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('#map-list [data-slug]').first()).toBeVisible();
  await page.unroute('**/tiles/potentials/**');
  await notice.getByRole('button').click();
  await expect(notice).toBeHidden();
});

test('the counts of the groups follow the search, and a point opens its card', async ({ page }) => {
  await live(page, '/id/peta?m=10/-4.05/121.6');
  const count = page.locator('[data-group="tambang"] .count');
  const before = Number(await count.textContent());
  await page.locator('#map-q').fill('nikel');
  await page.locator('#map-q').press('Enter');
  await expect(page).toHaveURL(/q=nikel/);
  await expect(page.locator('#map-status')).toContainText('potensi');
  await expect.poll(async () => Number(await count.textContent())).toBeLessThan(before);
  await expect(page.locator('[data-group="laut"] input')).toBeDisabled();
  await rest(page);
  await canvas(page).focus();
  await page.keyboard.press('Alt+ArrowRight');
  await page.keyboard.press('Enter');
  const card = page.locator('#map-card [data-card]');
  await expect(card).toBeVisible();
  const slug = await card.getAttribute('data-slug');
  await expect(page).toHaveURL(new RegExp(`sel=${slug}`));
});

test('distance and area by pointer and by keys', async ({ page }) => {
  await live(page, '/id/peta?m=9/-4.05/122.4');
  await page.getByRole('button', { name: 'Ukur jarak dan luas' }).click();
  const box = page.locator('.map-measure');
  await canvas(page).click({ position: { x: 300, y: 200 } });
  await canvas(page).click({ position: { x: 500, y: 200 } });
  // 200 px at zoom 9 and 4 degrees south: 200 * 152.5 m.
  await expect(box).toContainText(/30,\d km/);
  await canvas(page).focus();
  await page.keyboard.press('Enter');
  await expect(box).toContainText('luas');
  await page.keyboard.press('Backspace');
  await expect(box).not.toContainText('luas');
  await page.keyboard.press('Escape');
  await expect(box).toBeHidden();
});

test('a position in the search box is a place', async ({ page }) => {
  await live(page, '/id/peta');
  await page.locator('#map-q').fill(`4° 3' 0" LS 122° 30' 0" BT`);
  await page.locator('#map-q').press('Enter');
  await expect(page.locator('.map-notice')).toContainText('-4,05000; 122,50000');
  await expect(page).toHaveURL(/m=12\.00\/-4\.0500\/122\.5000/);
});

test('a view is passed on as it is seen', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await live(page, '/id/peta?group=laut&m=9.00/-5.4000/122.6000');
  await page.getByRole('link', { name: 'Bagikan' }).click();
  const link = page.locator('#share-link');
  await expect(link).toHaveValue(/\/id\/peta\?group=laut&m=9\.00\/-5\.4000\/122\.6000$/);
  await expect(page.locator('.map-share-qr svg')).toBeVisible();
  await page.getByRole('button', { name: 'Salin', exact: true }).click();
  await expect(page.locator('.map-notice')).toContainText('disalin');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await link.inputValue());
  await page.getByRole('link', { name: 'Kembali ke peta' }).click();
  await expect(page.locator('#map-potentials')).toBeVisible();
  await expect(page.locator('#map-share')).toBeFocused();
});

test('axe finds nothing in the panels while the map lives', async ({ page }) => {
  await live(page, '/id/peta?i=livestock_population.buffalo');
  const examine = async (where) => {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    expect(violations.map((v) => `${v.id}: ${v.nodes[0].target.join(' ')}`), where).toEqual([]);
  };
  await expect(page.getByRole('slider')).toBeVisible();
  await page.getByRole('button', { name: 'Ukur jarak dan luas' }).click();
  await examine('indicator, measuring');
  await page.getByRole('link', { name: 'Lapisan' }).click();
  await expect(page.locator('[data-layer="districts"]')).toBeVisible();
  await examine('layers');
  await page.getByRole('link', { name: 'Bagikan' }).click();
  await expect(page.locator('.map-share')).toBeVisible();
  await examine('sharing');
});

test('the column by keyboard alone', async ({ page }) => {
  await live(page, '/id/peta');
  await page.locator('#map-tabs a').first().focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/i=area/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/panel=layers/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('.map-share')).toBeVisible();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Bagikan');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('an indicator is a drawn map with legend and table', async ({ page }) => {
    await page.goto('/id/peta');
    await page.getByRole('link', { name: 'Indikator' }).click();
    await page.getByLabel('Indikator', { exact: true }).selectOption('livestock_population.buffalo');
    await page.getByRole('button', { name: 'Tampilkan' }).click();
    await page.getByRole('link', { name: '2023' }).click();
    await expect(page.locator('#map svg .q0').first()).toBeVisible();
    await expect(page.locator('.map-ranking tbody tr')).toHaveCount(17);
  });

  test('layers and sharing are pages', async ({ page }) => {
    await page.goto('/id/peta?panel=layers');
    await expect(page.locator('[data-layer="districts"]')).toContainText('GADM');
    await page.getByRole('link', { name: 'Bagikan' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bagikan peta');
    await expect(page.getByRole('link', { name: 'WhatsApp' })).toHaveAttribute('href', /^https:\/\/wa\.me\/\?text=/);
  });
});

test('in a frame of another site the map lives, and only the map may stand there', async ({ page }) => {
  const base = process.env.SIMPUL_URL;
  const frame = (path) => `<!doctype html><title>Situs lain</title><iframe src="${base}${path}" width="900" height="600"></iframe>`;
  const other = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(frame(request.url === '/map' ? '/id/peta?embed=1&i=area' : '/id/peta'));
  });
  await new Promise((ready) => other.listen(0, '127.0.0.1', ready));
  const address = `http://127.0.0.1:${other.address().port}`;
  try {
    await page.goto(`${address}/map`);
    const inside = page.frameLocator('iframe');
    await inside.locator('#map').click({ position: { x: 300, y: 200 } });
    await expect(inside.locator('html')).toHaveAttribute('data-map-idle', '1', { timeout: 30_000 });
    await expect(inside.locator('header')).toHaveCount(0);
    await expect(inside.getByRole('link', { name: 'Buka di Potensi Sultra' })).toHaveAttribute('href', '/id/peta?i=area');
    const refused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
    await page.goto(`${address}/other`);
    await refused;
  } finally {
    other.close();
  }
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('indicator and layers in the sheet, no tool that needs a pointer', async ({ page }) => {
    await page.goto('/id/peta');
    await page.locator('#map').tap({ position: { x: 40, y: 40 } });
    await rest(page);
    await page.getByRole('link', { name: 'Indikator' }).click();
    await expect(page.locator('.map-legend li')).toHaveCount(5);
    expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
    await expect(page.getByRole('button', { name: 'Tunjukkan lokasi saya' })).toBeVisible();
  });
});
