// The back office as its people use it: an account is handed over, a potential is entered, returned, corrected, verified,
// published and seen by everybody; what is typed survives an ended session, a closed tab and a faster colleague.
import { expect, test } from '@playwright/test';
import { createHmac } from 'node:crypto';
import { choose, describe, examine, field, heading, kAdminPassword, makeAccount, office, signIn, toast } from './office_kit.mjs';

const kRegion = '74.01';
const kOperator = { username: 'operator.kolaka', name: 'Operator Uji Kolaka', password: 'perahu kayu melintas pelan di teluk' };
const kTitle = 'Kakao fermentasi uji Kolaka';
// RFC 6238, as an authenticator app does it.
function code(secret, at = Date.now()) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/[\s=]/g, '')].map((one) => letters.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((one) => Number.parseInt(one, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const from = mac[19] & 15;
  return String((mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test.describe.configure({ mode: 'serial' });

test.describe('office', () => {
  let admin;
  let operator;
  let id;

  test.afterAll(async () => {
    await admin?.context.close();
    await operator?.context.close();
  });

  test('a wrong password is refused, the sign-in page is in order', async ({ page }) => {
    await page.goto('/kantor/');
    await expect(heading(page, 'Masuk')).toBeVisible();
    await examine(page, 'sign-in');
    await signIn(page, 'admin', 'bukan kata sandinya');
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(field(page, 'username')).toHaveValue('admin');
  });

  test('the administrator makes an account; its password is shown once and must be changed', async ({ browser }) => {
    admin = await office(browser, 'admin', kAdminPassword);
    await expect(heading(admin.page, 'Beranda')).toBeVisible();
    await expect(admin.page.locator('.scope')).toContainText('Sulawesi Tenggara');
    const secret = await makeAccount(admin.page, { ...kOperator, role: 'regional_operator', region: 'Kabupaten Kolaka' });
    expect(secret.length).toBeGreaterThan(7);

    operator = await office(browser, kOperator.username, secret);
    const { page } = operator;
    await expect(heading(page, 'Buat kata sandi Anda sendiri')).toBeVisible();
    await examine(page, 'forced change of password');
    await page.getByLabel('Kata sandi sekarang').fill(secret);
    await page.getByLabel('Kata sandi baru').fill('kolaka2026');
    await page.getByRole('button', { name: 'Simpan kata sandi' }).click();
    await expect(page.locator('.field.wrong')).toBeVisible();
    await page.getByLabel('Kata sandi baru').fill(kOperator.password);
    await page.getByRole('button', { name: 'Simpan kata sandi' }).click();
    await expect(heading(page, 'Beranda')).toBeVisible();
    await expect(page.locator('.scope')).toContainText('Kolaka');
    await expect(page.getByRole('navigation', { name: 'Bagian' }).getByRole('link', { name: 'Pengguna' })).toHaveCount(0);
  });

  test('a potential is entered with an area that has a hole; what is missing is said and found', async () => {
    const { page } = operator;
    await page.goto('/kantor/potensi');
    await page.getByRole('link', { name: 'Potensi baru' }).click();
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    const summary = page.getByRole('alert').filter({ hasText: 'masih harus diperbaiki' });
    await expect(summary).toBeFocused();
    await summary.getByRole('link').first().click();
    await expect(field(page, 'title.id')).toBeFocused();
    await field(page, 'title.id').fill(kTitle);
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await expect(page).toHaveURL(/\/kantor\/potensi\/\d+$/);
    id = Number(page.url().split('/').pop());
    await expect(page.getByRole('heading', { name: /hal sebelum dapat diajukan/ })).toBeVisible();
    await expect(page.locator('.closed-steps')).toContainText('Ajukan');

    await describe(page, {
      english: 'Fermented cocoa of Kolaka, a trial',
      summary: 'Kelompok tani mengolah biji kakao fermentasi.',
      summaryEnglish: 'Farmers ferment their cocoa beans.',
      category: 'erkebunan',
    });
    await field(page, 'accuracy').selectOption('exact');
    await page.getByRole('button', { name: 'Tambah angka' }).click();
    await field(page, 'figures.0.quantity').fill('12.5');
    await field(page, 'figures.0.unit').fill('t');
    await field(page, 'figures.0.year').fill('2025');
    await field(page, 'figures.0.source').fill('Catatan uji (2025)');
    await page.getByRole('button', { name: 'Tambah sumber' }).click();
    await field(page, 'sources.0').fill('Catatan uji (2025)');
    await page.keyboard.press('Control+s');
    await expect(page.locator('.save-bar')).toContainText('Tersimpan');
    await expect(page.getByRole('heading', { name: /hal sebelum dapat diajukan/ })).toHaveCount(0);
  });

  test('a crossed outline is named and mended, and undo brings it back', async () => {
    const { page } = operator;
    // It may stand open from the test before.
    if (!(await field(page, 'pasted').isVisible())) await page.getByText('Tempel GeoJSON atau WKT').click();
    await page.getByLabel('GeoJSON atau WKT, WGS 84').fill('POLYGON ((121.6 -4, 121.7 -4.1, 121.7 -4, 121.6 -4.1, 121.6 -4))');
    await page.getByRole('button', { name: 'Pakai', exact: true }).click();
    const notice = page.locator('.notice').filter({ hasText: 'memotong dirinya sendiri di -4.05000, 121.65000' });
    await expect(notice).toBeVisible();
    await examine(page, 'the editor with a crossed outline');
    await notice.getByRole('button', { name: 'Perbaiki garis batas' }).click();
    await expect(notice).toHaveCount(0);
    await expect(page.locator('#f-geometry')).toContainText('Beberapa area');
    await page.getByRole('button', { name: 'Urungkan', exact: true }).click();
    await expect(notice).toBeVisible();
    await page.getByRole('button', { name: 'Urungkan', exact: true }).click();
    await expect(notice).toHaveCount(0);
  });

  test('the hole survives the map, and every vertex can be typed', async () => {
    const { page } = operator;
    await page.getByRole('button', { name: 'Gambar di peta' }).click();
    await expect(page.locator('.map-box canvas').first()).toBeVisible();
    await expect(page.locator('.map-size')).toContainText(/Luas 1[01]\.\d{3}/);
    await page.getByText('titik sudut sebagai tabel').click();
    await page.getByLabel('bagian 1, lubang 1, 1', { exact: true }).fill("4° 1' 12\" LS 121° 37' 48\" BT");
    await page.getByLabel('bagian 1, lubang 1, 1', { exact: true }).press('Tab');
    await expect(page.getByLabel('bagian 1, lubang 1, 1', { exact: true })).toHaveValue('-4.020000, 121.630000');
    await page.getByRole('button', { name: 'Urungkan', exact: true }).click();
    await expect(page.getByLabel('bagian 1, lubang 1, 1', { exact: true })).toHaveValue('-4.030000, 121.630000');
    await page.keyboard.press('Control+s');
    await page.getByRole('button', { name: /Ajukan/ }).click();
    await toast(page, 'Diajukan.');
    await expect(page.locator('.state[data-state=submitted]').first()).toBeVisible();
    expect(operator.faults).toEqual([]);
  });

  test('it is returned with a comment at a field, by keys alone', async () => {
    const { page } = admin;
    await page.goto('/kantor/');
    await expect(heading(page, 'Beranda')).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await expect(heading(page, 'Tinjauan')).toBeVisible();
    await expect(page.locator('.review-record')).toContainText(kTitle);
    await page.keyboard.press('r');
    await expect(field(page, 'reason')).toBeFocused();
    await page.keyboard.type('Luasnya belum jelas.');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ringkasan');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Sebutkan jumlah kelompok tani.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await toast(page, 'Dikembalikan.');
  });

  test('the operator finds the comment where it belongs, and corrects', async () => {
    const { page } = operator;
    await page.goto('/kantor/');
    await page.getByRole('main').getByRole('link', { name: kTitle }).click();
    await expect(page.getByRole('heading', { name: 'Dikembalikan dengan komentar' })).toBeVisible();
    await expect(page.locator('.field.noted')).toContainText('Sebutkan jumlah kelompok tani.');
    await field(page, 'summary.id').fill('Dua belas kelompok tani mengolah biji kakao fermentasi.');
    await page.getByRole('button', { name: /Simpan dan Ajukan/ }).click();
    await toast(page, 'Diajukan.');
  });

  test('it is verified and published by keys, and everybody sees it', async () => {
    const { page } = admin;
    await page.goto('/kantor/tinjauan');
    await expect(page.locator('.review-record')).toContainText(kTitle);
    await page.keyboard.press('a');
    await toast(page, 'Diverifikasi.');
    await expect(page.getByRole('button', { name: /Terbitkan/ })).toBeVisible();
    await page.keyboard.press('a');
    await toast(page, 'Diterbitkan.');
    await page.goto(`/kantor/potensi/${id}`);
    const address = await page.getByRole('link', { name: /Halaman publik/ }).getAttribute('href');
    await expect(async () => {
      const answer = await page.request.get(address);
      expect(answer.status()).toBe(200);
      expect(await answer.text()).toContain('Dua belas kelompok tani');
    }).toPass({ timeout: 10_000 });
    expect(admin.faults).toEqual([]);
  });

  test('a change to what is published stays beside it, and the difference is shown', async () => {
    const { page } = operator;
    await page.goto(`/kantor/potensi/${id}`);
    await field(page, 'summary.id').fill('Tiga belas kelompok tani mengolah biji kakao fermentasi.');
    await page.keyboard.press('Control+s');
    await expect(page.locator('.save-bar')).toContainText('Tersimpan');
    await page.getByText('Perubahan terhadap versi terbit').click();
    await expect(page.locator('.editor-side del')).toHaveText('Dua');
    await expect(page.locator('.editor-side ins')).toHaveText('Tiga');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Riwayat' }).click();
    await expect(page.locator('.timeline')).toContainText('Terbit');
    await expect(page.locator('.timeline')).toContainText('Luasnya belum jelas.');
    await page.getByRole('button', { name: 'Tutup' }).click();
  });

  test('two save the same record: the second compares, nothing is lost', async () => {
    const { page } = operator;
    const other = admin.page;
    await page.goto(`/kantor/potensi/${id}`);
    await expect(field(page, 'summary.id')).toBeVisible();
    await other.goto(`/kantor/potensi/${id}`);
    await field(other, 'note').fill('Dari provinsi.');
    await field(other, 'summary.id').fill('Ringkasan provinsi.');
    await other.keyboard.press('Control+s');
    await expect(other.locator('.save-bar')).toContainText('Tersimpan');

    await field(page, 'summary.id').fill('Ringkasan operator.');
    await field(page, 'contact_unit').fill('Dinas Perkebunan');
    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('dialog', { name: 'Ada yang lebih dulu menyimpan' });
    await expect(dialog).toBeVisible();
    await expect(dialog).toContainText('keduanya mengubah');
    await examine(page, 'comparison');
    await dialog.getByRole('button', { name: 'Gabungkan' }).click();
    await expect(field(page, 'summary.id')).toHaveValue('Ringkasan operator.');
    await expect(field(page, 'contact_unit')).toHaveValue('Dinas Perkebunan');
    await expect(field(page, 'note')).toHaveValue('Dari provinsi.');
    await page.keyboard.press('Control+s');
    await expect(page.locator('.save-bar')).toContainText('Tersimpan');
  });

  test('the session ends while somebody types: sign in over the page, and the save goes through', async () => {
    const { page, context } = operator;
    await field(page, 'summary.id').fill('Diketik sebelum sesi berakhir.');
    await context.clearCookies();
    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('dialog', { name: 'Sesi Anda berakhir' });
    await dialog.getByLabel('Kata sandi', { exact: true }).fill(kOperator.password);
    await examine(page, 'signing in again');
    await dialog.getByRole('button', { name: 'Masuk' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.locator('.save-bar')).toContainText('Tersimpan');
    await page.reload();
    await expect(field(page, 'summary.id')).toHaveValue('Diketik sebelum sesi berakhir.');
  });

  test('what was not saved is offered after the tab was closed', async () => {
    const { page, context } = operator;
    await field(page, 'summary.id').fill('Belum disimpan.');
    await expect(page.locator('.save-bar')).toContainText('tersimpan di perangkat ini');
    await page.close();
    operator.page = await context.newPage();
    await operator.page.goto(`/kantor/potensi/${id}`);
    await expect(field(operator.page, 'summary.id')).toHaveValue('Diketik sebelum sesi berakhir.');
    await operator.page.getByRole('button', { name: 'Pulihkan' }).click();
    await expect(field(operator.page, 'summary.id')).toHaveValue('Belum disimpan.');
    await operator.page.keyboard.press('Control+s');
    await expect(operator.page.locator('.save-bar')).toContainText('Tersimpan');
  });

  test('marked records are submitted at once; what is refused says why', async () => {
    const { page } = operator;
    await page.goto('/kantor/potensi/baru');
    await field(page, 'title.id').fill('Potensi uji yang belum lengkap');
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await toast(page, 'Disimpan sebagai draf.');
    await page.goto('/kantor/potensi?task=mine');
    await page.getByLabel('Tandai semua yang tampil').check();
    await page.getByRole('button', { name: 'Ajukan' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ajukan' });
    await expect(dialog).toContainText('1 diajukan');
    await expect(dialog.locator('.rows-list')).toContainText('Potensi uji yang belum lengkap');
    await examine(page, 'summary of a bulk submission');
    await dialog.getByRole('button', { name: 'Urungkan' }).click();
    await toast(page, '1 ditarik kembali');
  });

  test('the list by keyboard, the palette, a saved view', async () => {
    const { page } = admin;
    await page.goto('/kantor/potensi?region=74.07');
    await expect(page.locator('.list-count')).toContainText(/\d+ potensi/);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await expect(drawer).toContainText('2 dari');
    await page.keyboard.press('j');
    await expect(drawer).toContainText('3 dari');
    await page.keyboard.press('Escape');
    await expect(drawer).toHaveCount(0);
    await page.getByRole('button', { name: 'Simpan tampilan ini' }).click();
    await page.getByLabel('Nama tampilan').fill('Wakatobi');
    await page.keyboard.press('Enter');
    await page.goto('/kantor/potensi');
    await page.getByRole('navigation', { name: 'Tampilan' }).getByRole('link', { name: 'Wakatobi' }).click();
    await expect(page).toHaveURL(/region=74\.07/);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('kakao fermentasi');
    await expect(page.getByRole('option').first()).toContainText(kTitle);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/kantor/potensi/${id}$`));
  });

  test('the language changes in place and is remembered', async () => {
    const { page } = admin;
    await page.goto('/kantor/akun');
    await page.locator('.account-open').click();
    await page.getByRole('button', { name: 'English' }).click();
    await expect(heading(page, 'My account')).toBeVisible();
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.locator('.account-open').click();
    await page.getByRole('button', { name: 'Indonesia' }).click();
    await expect(heading(page, 'Akun saya')).toBeVisible();
  });

  test('a verifier sets up a second factor, and signs in with it', async ({ browser }) => {
    const username = 'verifikator.uji';
    const secret = await makeAccount(admin.page, { username, name: 'Verifikator Uji', role: 'provincial_verifier' });
    const password = 'layar putih di bawah matahari pagi';
    const { page, context } = await office(browser, username, secret);
    await page.getByLabel('Kata sandi sekarang').fill(secret);
    await page.getByLabel('Kata sandi baru').fill(password);
    await page.getByRole('button', { name: 'Simpan kata sandi' }).click();
    await expect(heading(page, 'Amankan akun Anda')).toBeVisible();
    await page.getByText('Tanpa kamera').click();
    const totp = (await page.locator('.secret').innerText()).replace(/\s/g, '');
    await examine(page, 'setting up the second factor');
    await page.locator('[id="f-code"]').fill(code(totp));
    await page.getByRole('button', { name: 'Kirim kode' }).click();
    const recovery = await page.locator('.codes li').first().innerText();
    await page.getByLabel('Kode sudah saya simpan di tempat aman.').check();
    await page.getByRole('button', { name: 'Lanjutkan' }).click();
    await expect(heading(page, 'Beranda')).toBeVisible();
    await page.locator('.account-open').click();
    await page.getByRole('button', { name: 'Keluar' }).click();
    await signIn(page, username, password);
    await expect(field(page, 'totp')).toBeFocused();
    await field(page, 'totp').fill(recovery);
    await page.getByRole('button', { name: 'Kirim kode' }).click();
    await expect(heading(page, 'Beranda')).toBeVisible();
    await context.close();
  });

  test('a one-time link sets a new password; its token leaves the address', async ({ browser }) => {
    const { page } = admin;
    await page.goto('/kantor/pengguna');
    await page.getByRole('button', { name: kOperator.name }).click();
    await page.getByRole('button', { name: 'Buat tautan sekali pakai' }).click();
    const link = await page.locator('[data-secret]').innerText();
    await page.getByRole('button', { name: 'Sudah saya sampaikan' }).click();
    const context = await browser.newContext({ locale: 'id-ID' });
    const fresh = await context.newPage();
    await fresh.goto(link);
    await expect(heading(fresh, 'Buat kata sandi baru')).toBeVisible();
    expect(new URL(fresh.url()).hash).toBe('');
    await fresh.getByLabel('Kata sandi baru').fill('jala ikan dijemur di pantai timur');
    await fresh.getByRole('button', { name: 'Simpan kata sandi' }).click();
    await expect(heading(fresh, 'Masuk')).toBeVisible();
    await context.close();
  });

  test('the office is light: what comes before anything is done, and the map by itself', async ({ browser }) => {
    const context = await browser.newContext({ baseURL: process.env.SIMPUL_URL, locale: 'id-ID' });
    const page = await context.newPage();
    const sent = { html: 0, css: 0, js: 0, woff2: 0 };
    page.on('response', (answer) => {
      const path = new URL(answer.url()).pathname;
      const kind = path.startsWith('/kantor/') ? 'html' : path.split('.').pop();
      if (kind in sent) sent[kind] += Number(answer.headers()['content-length'] ?? 0) / 1024;
    });
    await signIn(page, 'admin', kAdminPassword);
    await expect(page.locator('.state-tiles')).toBeVisible();
    console.log('office, KB brotli:', Object.entries(sent).map(([kind, size]) => `${kind} ${size.toFixed(1)}`).join(', '));
    for (const [kind, limit] of Object.entries({ html: 15, css: 20, js: 70, woff2: 30 })) expect(sent[kind], kind).toBeLessThanOrEqual(limit);
    expect(sent.js).toBeGreaterThan(10);
    await page.goto(`/kantor/potensi/${id}`);
    await expect(field(page, 'title.id')).toBeVisible();
    const before = sent.js;
    await page.getByRole('button', { name: 'Gambar di peta' }).click();
    await expect(page.locator('.map-box canvas').first()).toBeVisible();
    console.log(`map to draw on: js ${(sent.js - before).toFixed(1)} KB`);
    expect(sent.js - before).toBeLessThanOrEqual(110);
    expect(sent.js - before).toBeGreaterThan(10);
    await context.close();
  });

  const screens = {
    dashboard: '', list: 'potensi', record: 'potensi/1', review: 'tinjauan', users: 'pengguna', audit: 'audit', account: 'akun', fresh: 'potensi/baru',
  };
  for (const [theme, width] of [['light', 1360], ['dark', 1360], ['light', 390], ['dark', 390], ['light', 320]]) {
    test(`every screen is in order: ${theme}, ${width} px`, async () => {
      const { page } = admin;
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      for (const [name, path] of Object.entries(screens)) {
        await page.goto(`/kantor/${path === 'potensi/1' ? `potensi/${id}` : path}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.locator('.skeleton')).toHaveCount(0);
        await examine(page, `${name} ${theme} ${width}`);
      }
      for (const [key, name] of [['Control+k', 'palette'], ['?', 'keys']]) {
        await page.goto('/kantor/');
        await expect(heading(page, 'Beranda')).toBeVisible();
        await page.keyboard.press(key);
        await expect(page.locator('dialog[open]')).toBeVisible();
        await examine(page, `${name} ${theme} ${width}`);
      }
      expect(admin.faults).toEqual([]);
    });
  }
});
