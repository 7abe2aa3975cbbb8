// What officers do with the list and around it: a forgotten password by e-mail, an earlier version restored, terms of
// confirmations, marks beside records, views on the server, text that follows its author to another device. Runs after
// office.spec on the same server.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

const kAdminPassword = process.env.SIMPUL_ADMIN_PASSWORD;
const kTitle = 'Rumput laut uji meja';
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

const heading = (page, name) => page.getByRole('heading', { level: 1, name });
const toast = (page, text) => expect(page.locator('.toast').filter({ hasText: text }).first()).toBeVisible();
const field = (page, name) => page.locator(`[id="f-${name}"]`);

async function office(browser, path = '/kantor/', options = {}) {
  const context = await browser.newContext({ baseURL: process.env.SIMPUL_URL, locale: 'id-ID', viewport: { width: 1360, height: 900 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(message.text());
  });
  await page.goto(path);
  await page.getByLabel('Nama pengguna').fill('admin');
  await page.getByLabel('Kata sandi', { exact: true }).fill(kAdminPassword);
  await page.getByRole('button', { name: 'Masuk' }).click();
  await expect(page.locator('.scope')).toBeVisible();
  return { page, context, faults };
}

async function examine(page, what) {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')}`), what).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${what} is wider than its window`).toBeLessThanOrEqual(0);
}

// Light and dark, wide and narrow.
async function everywhere(page, what) {
  // A colour that is still on its way from one theme to the other is no colour of either.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const theme of ['light', 'dark'])
    for (const width of [1360, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate((value) => (document.documentElement.dataset.theme = value), theme);
      await examine(page, `${what}, ${theme}, ${width}`);
      if (process.env.SIMPUL_SHOTS) await page.screenshot({ path: `${process.env.SIMPUL_SHOTS}/${what.replaceAll(' ', '-')}-${theme}-${width}.png`, fullPage: true });
    }
  await page.setViewportSize({ width: 1360, height: 900 });
  await page.evaluate(() => (document.documentElement.dataset.theme = 'light'));
}

test.describe.configure({ mode: 'serial' });

test.describe('desk', () => {
  let admin;
  let id;

  test.beforeAll(async ({ browser }) => {
    admin = await office(browser);
  });
  test.afterAll(async () => {
    expect(admin.faults).toEqual([]);
    await admin.context.close();
  });

  test('a forgotten password: without a mail server an administrator hands out links', async ({ page }) => {
    await page.goto('/kantor/');
    await expect(page.getByText('Mintalah tautan sekali pakai').or(page.getByText('tautan sekali pakai'))).toBeVisible();
    await page.goto('/kantor/lupa');
    await expect(page.getByText('Server ini tidak mengirim surel.')).toBeVisible();
    await examine(page, 'forgotten password');
  });

  test('an earlier version comes back from the history, after a question', async () => {
    const { page } = admin;
    await page.goto('/kantor/potensi/baru');
    await field(page, 'title.id').fill(kTitle);
    await field(page, 'region').fill('Kolaka Timur');
    await page.getByRole('option').filter({ hasText: 'Kolaka Timur' }).first().click();
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await toast(page, 'Disimpan sebagai draf');
    id = page.url().match(/potensi\/(\d+)/)[1];
    await page.goto(`/kantor/potensi/${id}`);
    await field(page, 'title.id').fill(`${kTitle} kedua`);
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await expect(page.locator('.save-bar')).toContainText('Tersimpan');
    await page.getByRole('button', { name: 'Riwayat' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.locator('summary').first().click();
    await expect(drawer.locator('ins').first()).toContainText('kedua');
    await drawer.getByRole('button', { name: 'Pulihkan versi ini' }).first().press('Enter');
    await examine(page, 'history');
    await expect(drawer.getByText('Draf kembali seperti pada')).toBeVisible();
    await page.keyboard.press('Enter');
    await toast(page, 'menjadi draf kembali');
    await expect(field(page, 'title.id')).toHaveValue(kTitle);
  });

  test('text that is not saved is found on another device, and gone once it is saved', async ({ browser }) => {
    const { page } = admin;
    await page.goto(`/kantor/potensi/${id}`);
    await field(page, 'note').fill('Belum disimpan, ditulis di kantor.');
    await expect(page.locator('.save-bar')).toContainText('belum masuk ke catatan');
    const elsewhere = await office(browser, `/kantor/potensi/${id}`);
    await expect(elsewhere.page.getByRole('alert')).toContainText('ada di server');
    await elsewhere.page.getByRole('button', { name: 'Pulihkan', exact: true }).click();
    await expect(field(elsewhere.page, 'note')).toHaveValue('Belum disimpan, ditulis di kantor.');
    await elsewhere.page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await expect(elsewhere.page.locator('.save-bar')).toContainText('Tersimpan');
    await elsewhere.page.reload();
    await expect(heading(elsewhere.page, kTitle)).toBeVisible();
    await expect(elsewhere.page.getByRole('alert')).toHaveCount(0);
    await elsewhere.context.close();
  });

  test('marked records are given an officer and tags; undone; found by tag', async () => {
    const { page } = admin;
    await page.goto('/kantor/potensi?q=uji+meja');
    await page.getByRole('checkbox', { name: new RegExp(kTitle) }).check();
    await page.getByRole('button', { name: 'Tugaskan dan beri label' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Penanggung jawab').selectOption({ index: 2 });
    await dialog.getByLabel('Tambahkan label').fill('Prioritas, ekspor');
    await everywhere(page, 'assign and tag');
    await dialog.getByRole('button', { name: 'Ubah', exact: true }).click();
    await expect(dialog.getByRole('status')).toContainText('1 diubah');
    await dialog.getByRole('button', { name: 'Selesai' }).click();
    await page.goto('/kantor/potensi?tag=prioritas');
    await expect(page.getByRole('row').filter({ hasText: kTitle })).toHaveCount(1);
    await page.getByRole('checkbox', { name: new RegExp(kTitle) }).check();
    await page.getByRole('button', { name: 'Tugaskan dan beri label' }).click();
    await dialog.getByRole('checkbox', { name: 'prioritas' }).check();
    await dialog.getByRole('button', { name: 'Ubah', exact: true }).click();
    await dialog.getByRole('button', { name: 'Urungkan' }).click();
    await expect(page.getByRole('row').filter({ hasText: kTitle })).toHaveCount(1);
  });

  test('facets count what they would bring; a view is kept on the server', async ({ browser }) => {
    const { page } = admin;
    await page.goto('/kantor/potensi?group=laut');
    await page.locator('.facet-menu summary').filter({ hasText: 'Status' }).or(page.locator('.facet-menu summary').first()).first().click();
    const option = page.locator('.facet-menu[open] label').filter({ hasText: 'Terbit' });
    const count = Number((await option.locator('.facet-count').innerText()).replace(/\D/g, ''));
    await option.getByRole('checkbox').check();
    await expect(page.getByText(`dari ${count}`).or(page.getByText(`${count} `)).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Simpan tampilan ini' }).click();
    await page.getByLabel('Nama tampilan').fill('Laut terbit');
    await page.getByLabel('Bagikan dengan daerah saya').check();
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    const elsewhere = await office(browser, '/kantor/potensi');
    await expect(elsewhere.page.getByRole('link', { name: /Laut terbit/ })).toBeVisible();
    await elsewhere.context.close();
    await everywhere(page, 'list with counts');
    await page.getByRole('button', { name: /Laut terbit/ }).click();
    await expect(page.getByRole('link', { name: /Laut terbit/ })).toHaveCount(0);
  });

  test('a region gets a term of its own and goes by the province again', async () => {
    const { page } = admin;
    await page.goto('/kantor/masa-berlaku');
    await expect(heading(page, 'Masa berlaku konfirmasi')).toBeVisible();
    await everywhere(page, 'terms');
    const row = page.locator('.terms li').filter({ hasText: 'Kabupaten Buton Utara' });
    await row.getByRole('spinbutton').fill('6');
    await page.keyboard.press('Enter');
    await toast(page, 'sudah ditetapkan');
    await row.getByRole('button', { name: /Ikuti provinsi/ }).click();
    await expect(row.getByText('mengikuti provinsi')).toBeVisible();
  });

  test('the dashboard says what has to be confirmed and how current the regions are', async () => {
    const { page } = admin;
    await page.goto('/kantor/');
    await expect(page.locator('.state-tiles [data-state=due]')).toContainText('Perlu dikonfirmasi lagi');
    await expect(page.locator('.region-counts li')).toHaveCount(17);
    await everywhere(page, 'dashboard');
    await page.getByRole('link', { name: /belum pernah dikonfirmasi/ }).click();
    await expect(page).toHaveURL(/confirm=never/);
  });
});
