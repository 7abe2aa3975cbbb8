// A spreadsheet of an office becomes records: with the errors such files have, mended in the browser, run, and undone.
import { expect, test } from '@playwright/test';
import { choose, examineEverywhere, field, firstSignIn, heading, kAdminPassword, makeAccount, office, toast } from './office_kit.mjs';

const kOperator = { username: 'operator.impor', name: 'Operator Uji Impor', password: 'dayung patah hanyut ke muara sungai' };
const kHead = 'Nama potensi;Ringkasan;Kabupaten;Lapangan usaha;Kategori;Luas (ha);Tahun;Lintang;Bujur;Sumber';
const row = (name, { region = 'Kolaka', sector = 'A', year = '2024', lat = '-4,05', lon = '121,6', area = '1.250,5' } = {}) =>
  [name, 'Dibudidayakan kelompok uji.', region, sector, 'fishery', area, year, lat, lon, 'Catatan uji (2026)'].join(';');
// As Excel saves it in Indonesia: semicolons, decimal commas, Windows-1252 (the dash is byte 0x96).
const csv = (...rows) => Buffer.from(`${[kHead, ...rows].join('\r\n')}\r\n`.replaceAll('–', '\x96'), 'latin1');
const kMessy = csv(
  row('Rumput laut uji – Pomalaa'), row('Tambak udang uji', { area: '340' }), row('Bandeng uji', { region: 'Kab. Kolaca' }),
  row('Kepiting uji', { year: '20224' }), row('Kerapu uji di laut', { lat: '-4,60', lon: '120,90' }), row('', { area: '12' }),
);
const kGood = csv(row('Teripang uji papan ketik', { area: '88' }));

const outcome = (page, kind) => page.locator(`.outcomes [data-outcome=${kind}] b`);
const step = (page, name) => page.locator('.wizard-steps [aria-current=step]').filter({ hasText: name });

async function give(page, name, buffer) {
  await page.goto('/kantor/impor/baru');
  await field(page, 'file').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await expect(page.getByRole('heading', { level: 2, name: 'Bagaimana tabel ini dibaca?' })).toBeVisible();
}

test.describe.configure({ mode: 'serial', timeout: 120_000 }); // each looks at screens in two themes and two widths

test.describe('import', () => {
  let operator;
  let address;

  test.beforeAll(async ({ browser }) => {
    const admin = await office(browser, 'admin', kAdminPassword);
    await expect(heading(admin.page, 'Beranda')).toBeVisible();
    const secret = await makeAccount(admin.page, { ...kOperator, role: 'regional_operator', region: 'Kabupaten Kolaka' });
    await admin.context.close();
    operator = await firstSignIn(browser, kOperator, secret);
  });
  test.afterAll(async () => operator?.context.close());

  test('a kind that cannot be read is refused before it is sent', async () => {
    const { page } = operator;
    await page.goto('/kantor/impor');
    await expect(heading(page, 'Impor')).toBeVisible();
    await examineEverywhere(page, 'imports');
    await page.getByRole('link', { name: 'Impor baru' }).first().click();
    await field(page, 'file').setInputFiles({ name: 'potensi.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('x') });
    await expect(page.getByRole('alert')).toContainText('potensi.docx');
    await examineEverywhere(page, 'new import');
  });

  test('the file of an Indonesian Excel is recognised: encoding, separator, decimal comma', async () => {
    const { page } = operator;
    await give(page, 'potensi-kolaka.csv', kMessy);
    await expect(field(page, 'encoding')).toHaveValue('windows-1252');
    await expect(field(page, 'delimiter')).toHaveValue(';');
    await expect(field(page, 'decimal')).toHaveValue(',');
    await expect(page.locator('.sample')).toContainText('Rumput laut uji – Pomalaa');
    await examineEverywhere(page, 'sheet');
    address = new URL(page.url()).pathname;
    expect(address).toMatch(/^\/kantor\/impor\/\d+$/);
  });

  test('columns are suggested; the choice survives a reload and another tab', async () => {
    const { page, context } = operator;
    await page.getByRole('button', { name: 'Lanjut' }).click();
    await expect(page.getByRole('heading', { level: 2 })).toBeFocused();
    await expect(page.getByLabel('Nama potensi', { exact: true })).toHaveValue('title.id');
    await expect(page.getByLabel('Kabupaten', { exact: true })).toHaveValue('region');
    await page.getByLabel('Lapangan usaha', { exact: true }).selectOption('sector');
    await page.getByLabel('Kategori', { exact: true }).selectOption('category');
    await page.getByLabel('Luas (ha)', { exact: true }).selectOption('quantity');
    await page.getByLabel('Satuan').fill('ha');
    await page.getByLabel('Lintang', { exact: true }).selectOption('lat');
    await page.getByLabel('Bujur', { exact: true }).selectOption('lon');
    await examineEverywhere(page, 'columns');
    await page.getByRole('button', { name: 'Lanjut: uji coba' }).click();
    await expect(page.getByRole('heading', { level: 2, name: /nilai tidak dikenal/ })).toBeVisible();
    const other = await context.newPage();
    await other.goto(address);
    await expect(other.getByRole('heading', { level: 2, name: /nilai tidak dikenal/ })).toBeVisible();
    await other.close();
    await page.reload();
    await expect(step(page, 'Kode')).toBeVisible();
  });

  test('an unknown value is given its code once', async () => {
    const { page } = operator;
    await expect(page.locator('.code-list')).toContainText('Kab. Kolaca');
    await examineEverywhere(page, 'codes');
    await choose(page, 'codes.0', 'Kabupaten Kolaka');
    await page.getByRole('button', { name: /Pakai 1 pilihan/ }).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Apa yang akan terjadi' })).toBeFocused();
  });

  test('what is wrong is named with its rows, and mended in the grid', async () => {
    const { page } = operator;
    await expect(outcome(page, 'error')).toHaveText('3');
    await expect(page.locator('.faults')).toContainText('5');
    await expect(page.locator('.misplaced-list')).toContainText('laut');
    await expect(page.locator('.small-map canvas').first()).toBeVisible();
    await examineEverywhere(page, 'dry run');
    await page.getByRole('button', { name: /Bermasalah/ }).click();
    const year = page.getByLabel('Tahun, baris 5', { exact: true });
    await year.fill('2024');
    await year.press('Enter');
    await expect(page.locator('.fix-grid .good')).toHaveCount(1);
    await page.getByRole('button', { name: 'Uji lagi' }).first().click();
    await expect(outcome(page, 'error')).toHaveText('2');
  });

  test('it runs, is seen in the list, gives the rejected row, and is undone', async () => {
    const { page } = operator;
    await page.getByRole('button', { name: 'Lanjut' }).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Siap dijalankan' })).toBeVisible();
    await examineEverywhere(page, 'run');
    await page.getByRole('button', { name: /Impor 4 baris/ }).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Selesai' })).toBeVisible({ timeout: 30_000 });
    await expect(page).toHaveURL(/step=result/);
    await expect(outcome(page, 'new')).toHaveText('4');
    await examineEverywhere(page, 'result');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: /tidak dimasukkan \(CSV\)/ }).click();
    const file = await (await download).createReadStream();
    let text = '';
    for await (const piece of file) text += piece;
    expect(text).toContain('Nama potensi');
    expect(text).toContain('Kerapu uji di laut');
    expect(text).not.toContain('Rumput laut uji');

    await page.getByRole('link', { name: 'Ke daftar potensi' }).click();
    await expect(page.locator('.list-count')).toHaveText('4 potensi');
    await expect(page.getByRole('link', { name: 'Rumput laut uji – Pomalaa' })).toBeVisible();
    await expect(page.getByRole('button', { name: /Impor no\. \d+/ }).first()).toBeVisible();
    await examineEverywhere(page, 'list of an import');

    await page.goto('/kantor/impor');
    await page.getByRole('button', { name: /Urungkan potensi-kolaka.csv/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Batalkan impor' });
    await expect(dialog).toContainText('4 potensi');
    await dialog.getByRole('button', { name: 'Batalkan' }).click();
    await expect(page.locator('.state').filter({ hasText: 'Dibatalkan' })).toBeVisible({ timeout: 30_000 });
    await page.goto('/kantor/potensi?q=Rumput+laut+uji');
    await expect(page.getByRole('heading', { name: 'Tidak ada data yang cocok' })).toBeVisible();
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 2, name: 'Impor sudah dibatalkan' })).toBeVisible();
    await examineEverywhere(page, 'undone');
  });

  test('the whole way by keyboard alone; the tray knows of it', async () => {
    const { page } = operator;
    await page.goto('/kantor/');
    await expect(heading(page, 'Beranda')).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await expect(heading(page, 'Impor')).toBeVisible();
    await page.keyboard.press('n');
    await expect(page.getByRole('heading', { level: 2, name: 'Berkas yang mana?' })).toBeVisible();
    const reach = async (target) => {
      for (let press = 0; press < 80; press++) {
        if (await target.evaluate((element) => element === document.activeElement)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error('the keyboard does not get there');
    };
    const chooser = page.waitForEvent('filechooser');
    await reach(field(page, 'file'));
    await page.keyboard.press('Enter');
    await (await chooser).setFiles({ name: 'papan-ketik.csv', mimeType: 'text/csv', buffer: kGood });
    await expect(step(page, 'Lembar')).toBeVisible();
    await reach(page.getByRole('button', { name: 'Lanjut' }));
    await page.keyboard.press('Enter');
    await reach(page.getByLabel('Kategori', { exact: true }));
    await reach(page.getByRole('button', { name: 'Lanjut: uji coba' }));
    await page.keyboard.press('Enter');
    await expect(outcome(page, 'new')).toHaveText('1');
    await reach(page.getByRole('button', { name: 'Lanjut' }));
    await page.keyboard.press('Enter');
    await reach(page.getByRole('button', { name: /Impor 1 baris/ }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 2, name: 'Selesai' })).toBeVisible({ timeout: 30_000 });
    await reach(page.getByRole('button', { name: 'Batalkan impor' }));
    await page.keyboard.press('Enter');
    await reach(page.getByRole('dialog').getByRole('button', { name: 'Batalkan' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 2, name: 'Impor sudah dibatalkan' })).toBeVisible({ timeout: 30_000 });
    await page.locator('.tray-open').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('.tray')).toContainText('Pembatalan impor');
    await examineEverywhere(page, 'job tray');
  });

  test('the list leaves as files, and a region as a spreadsheet to fill in', async () => {
    const { page } = operator;
    await page.goto('/kantor/potensi?region=74.01');
    await page.getByText('Ekspor', { exact: true }).click();
    await examineEverywhere(page, 'exports');
    for (const [name, start] of [['CSV', '\xEF\xBB\xBF'], ['XLSX', 'PK'], ['GeoJSON', '{'], ['GeoPackage', 'SQLite format 3'], [/untuk diisi/, 'PK']]) {
      const link = page.locator('.export-menu').getByRole('link', { name, exact: true });
      const answer = await page.request.get(await link.getAttribute('href'));
      expect(answer.status(), String(name)).toBe(200);
      expect((await answer.body()).subarray(0, start.length).toString('latin1')).toBe(start);
    }
    expect(operator.faults).toEqual([]);
  });
});
