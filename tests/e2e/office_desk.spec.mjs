// What officers do with the list and around it: a forgotten password by e-mail, an earlier version restored, terms of
// confirmations, marks beside records, views on the server, text that follows its author to another device. Runs after
// office.spec on the same server.
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { choose, examine, examineEverywhere, field, heading, kAdminPassword, office, saved, toast } from './office_kit.mjs';

const kTitle = 'Rumput laut uji meja';

async function administrator(browser, path) {
  const session = await office(browser, 'admin', kAdminPassword, path);
  await expect(session.page.locator('.scope')).toBeVisible();
  return session;
}

test.describe.configure({ mode: 'serial' });

test.describe('desk', () => {
  let admin;
  let id;

  test.beforeAll(async ({ browser }) => {
    admin = await administrator(browser);
  });
  test.afterAll(async () => {
    expect(admin.faults).toEqual([]);
    await admin.context.close();
  });

  test('a forgotten password: without a mail server an administrator hands out links', async ({ page }) => {
    await page.goto('/kantor/');
    await expect(page.getByText('tautan sekali pakai')).toBeVisible();
    await page.goto('/kantor/lupa');
    await expect(page.getByText('Server ini tidak mengirim surel.')).toBeVisible();
    await examine(page, 'forgotten password');
  });

  test('an earlier version comes back from the history, after a question', async () => {
    const { page } = admin;
    await page.goto('/kantor/potensi/baru');
    await field(page, 'title.id').fill(kTitle);
    await choose(page, 'region', 'Kolaka Timur');
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await toast(page, 'Disimpan sebagai draf');
    id = page.url().match(/potensi\/(\d+)/)[1];
    await page.goto(`/kantor/potensi/${id}`);
    await field(page, 'title.id').fill(`${kTitle} kedua`);
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await saved(page);
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
    const elsewhere = await administrator(browser, `/kantor/potensi/${id}`);
    await expect(elsewhere.page.getByRole('alert')).toContainText('ada di server');
    await elsewhere.page.getByRole('button', { name: 'Pulihkan', exact: true }).click();
    await expect(field(elsewhere.page, 'note')).toHaveValue('Belum disimpan, ditulis di kantor.');
    await elsewhere.page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await saved(elsewhere.page);
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
    const officer = dialog.getByLabel('Penanggung jawab');
    await officer.selectOption({ index: 2 });
    const name = await officer.locator('option:checked').innerText();
    await dialog.getByLabel('Tambahkan label').fill('Prioritas, ekspor');
    await examineEverywhere(page, 'assign and tag');
    await dialog.getByRole('button', { name: 'Ubah', exact: true }).click();
    await expect(dialog.getByRole('status')).toContainText('1 diubah');
    await dialog.getByRole('button', { name: 'Selesai' }).click();
    const row = page.getByRole('row').filter({ hasText: kTitle });
    const { items } = await (await page.request.get('/api/v1/potentials?tag=prioritas')).json();
    expect(items.map((item) => [item.id, item.tags])).toEqual([[Number(id), ['ekspor', 'prioritas']]]);
    const { items: officers } = await (await page.request.get('/api/v1/officers')).json();
    expect(name).toContain(officers.find((one) => one.id === items[0].assignee).name);
    await page.goto('/kantor/potensi?tag=prioritas');
    await expect(row).toHaveCount(1);
    await page.getByRole('checkbox', { name: new RegExp(kTitle) }).check();
    await page.getByRole('button', { name: 'Tugaskan dan beri label' }).click();
    await dialog.getByRole('checkbox', { name: 'prioritas' }).check();
    await dialog.getByRole('button', { name: 'Ubah', exact: true }).click();
    await expect(dialog.getByRole('status')).toContainText('1 diubah');
    const tagged = async () => (await (await page.request.get('/api/v1/potentials?tag=prioritas')).json()).total;
    expect(await tagged()).toBe(0);
    await dialog.getByRole('button', { name: 'Urungkan' }).click();
    await expect.poll(tagged).toBe(1);
  });

  test('marked records leave as files, and nothing beside them', async () => {
    const { page } = admin;
    await page.goto('/kantor/potensi?q=uji+meja');
    await page.getByRole('checkbox', { name: new RegExp(kTitle) }).check();
    const menu = page.locator('.bulk .export-menu');
    await menu.locator('summary').click();
    await expect(menu).toContainText('1 catatan bertanda');
    await examineEverywhere(page, 'export marked');
    for (const [kind, start] of [['CSV', '\ufeff'], ['XLSX', 'PK'], ['GeoJSON', '{"type":"FeatureCollection"'], ['GeoPackage', 'SQLite format 3']]) {
      const loading = page.waitForEvent('download');
      await menu.getByRole('link', { name: kind, exact: true }).press('Enter');
      const file = await loading;
      const content = await readFile(await file.path(), 'utf8');
      expect(content.startsWith(start), kind).toBe(true);
      if (kind === 'GeoJSON') expect(JSON.parse(content).features.map((one) => one.id)).toEqual([Number(id)]);
    }
  });

  test('facets count what they would bring; a view is kept on the server', async ({ browser }) => {
    const { page } = admin;
    await page.goto('/kantor/potensi?group=laut');
    await page.locator('.facet-menu summary').filter({ hasText: 'Tahap' }).click();
    const option = page.locator('.facet-menu[open] label').filter({ hasText: 'Terbit' });
    const count = Number((await option.locator('.facet-count').innerText()).replace(/\D/g, ''));
    await option.getByRole('checkbox').check();
    expect(count).toBeGreaterThan(0);
    await expect(page.locator('.list-count')).toHaveText(`${count} potensi`);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Simpan tampilan ini' }).click();
    await page.getByLabel('Nama tampilan').fill('Laut terbit');
    await page.getByLabel('Bagikan dengan daerah saya').check();
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    const elsewhere = await administrator(browser, '/kantor/potensi');
    await expect(elsewhere.page.getByRole('link', { name: /Laut terbit/ })).toBeVisible();
    await elsewhere.context.close();
    await examineEverywhere(page, 'list with counts');
    await page.getByRole('button', { name: /Laut terbit/ }).click();
    await expect(page.getByRole('link', { name: /Laut terbit/ })).toHaveCount(0);
  });

  test('a region gets a term of its own and goes by the province again', async () => {
    const { page } = admin;
    await page.goto('/kantor/masa-berlaku');
    await expect(heading(page, 'Masa berlaku konfirmasi')).toBeVisible();
    await examineEverywhere(page, 'terms');
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
    await examineEverywhere(page, 'dashboard');
    await page.getByRole('link', { name: /belum pernah dikonfirmasi/ }).click();
    await expect(page).toHaveURL(/confirm=never/);
  });
});
