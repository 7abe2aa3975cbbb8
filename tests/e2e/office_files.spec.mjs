// Photos from the field and documents: sent over a line that breaks, described, put in order, and seen by everybody once
// the record is published; its area with a hole on the public map.
import { expect, test } from '@playwright/test';
import { Buffer } from 'node:buffer';
import { choose, describe, examine, examineEverywhere, field, firstSignIn, heading, kAdminPassword, makeAccount, office, saved, signIn, toast } from './office_kit.mjs';

const kOperator = { username: 'operator.foto', name: 'Operator Uji Foto', password: 'lensa basah di atas geladak kapal' };
const kTitle = 'Tambak bandeng uji berlubang';
const kAlt = 'Petak tambak dengan pematang lurus, air memantulkan langit';

// A picture drawn by the browser: stripes and noise, so that it is of some weight.
async function picture(page, width, height, hue) {
  const base64 = await page.evaluate(async ([w, h, tone]) => {
    const canvas = new OffscreenCanvas(w, h);
    const context = canvas.getContext('2d');
    for (let y = 0; y < h; y += 8) {
      context.fillStyle = `hsl(${tone + (y % 64)} 60% ${30 + (y * 40) / h}%)`;
      context.fillRect(0, y, w, 8);
    }
    const image = context.getImageData(0, 0, w, h);
    for (let at = 0; at < image.data.length; at += 4) image.data[at] += Math.random() * 40;
    context.putImageData(image, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer());
    let text = '';
    for (let from = 0; from < bytes.length; from += 8192) text += String.fromCharCode(...bytes.subarray(from, from + 8192));
    return btoa(text);
  }, [width, height, hue]);
  return Buffer.from(base64, 'base64');
}

// The same picture with the position of the camera, as a phone writes it (Exif, GPS IFD, degrees as rationals).
function withPosition(jpeg, lat, lon) {
  const tiff = Buffer.alloc(26 + 2 + 4 * 12 + 4 + 48);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  const entry = (at, tag, type, count, value) => {
    tiff.writeUInt16BE(tag, at);
    tiff.writeUInt16BE(type, at + 2);
    tiff.writeUInt32BE(count, at + 4);
    if (typeof value === 'string') tiff.write(value, at + 8, 'latin1');
    else tiff.writeUInt32BE(value, at + 8);
  };
  entry(10, 0x8825, 4, 1, 26);
  tiff.writeUInt16BE(4, 26);
  const data = 26 + 2 + 48 + 4;
  entry(28, 1, 2, 2, lat < 0 ? 'S' : 'N');
  entry(40, 2, 5, 3, data);
  entry(52, 3, 2, 2, lon < 0 ? 'W' : 'E');
  entry(64, 4, 5, 3, data + 24);
  for (const [at, value] of [[data, Math.abs(lat)], [data + 24, Math.abs(lon)]]) {
    [[Math.round(value * 1_000_000), 1_000_000], [0, 1], [0, 1]].forEach(([top, bottom], index) => {
      tiff.writeUInt32BE(top, at + index * 8);
      tiff.writeUInt32BE(bottom, at + index * 8 + 4);
    });
  }
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe1, 0);
  head.writeUInt16BE(tiff.length + 8, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, Buffer.from('Exif\0\0', 'latin1'), tiff, jpeg.subarray(2)]);
}

const jpeg = (name, buffer) => ({ name, mimeType: 'image/jpeg', buffer });
const cards = (page) => page.locator('.file-card');

test.describe.configure({ mode: 'serial', timeout: 120_000 }); // each looks at screens in two themes and two widths

test.describe('photos and documents', () => {
  let admin;
  let operator;
  let id;

  test.beforeAll(async ({ browser }) => {
    admin = await office(browser, 'admin', kAdminPassword);
    await expect(heading(admin.page, 'Beranda')).toBeVisible();
    const secret = await makeAccount(admin.page, { ...kOperator, role: 'regional_operator', region: 'Kabupaten Kolaka' });
    operator = await firstSignIn(browser, kOperator, secret);
  });
  test.afterAll(async () => {
    await admin?.context.close();
    await operator?.context.close();
  });

  test('a photo from the field: sent over a line that breaks, and its position taken as the place', async () => {
    const { page } = operator;
    await page.goto('/kantor/potensi/baru');
    await field(page, 'title.id').fill(kTitle);
    await expect(page.locator('#section-files')).toContainText('Simpan dulu datanya');
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await expect(page).toHaveURL(/\/kantor\/potensi\/\d+$/);
    id = Number(page.url().split('/').pop());

    const photo = withPosition(await picture(page, 1600, 1200, 160), -4.05, 121.6);
    expect(photo.length).toBeGreaterThan(300_000);
    let broken = 0;
    await page.route('**/api/v1/uploads/*?offset=*', (route) => (++broken === 2 ? route.abort() : route.continue()));
    await field(page, 'files').setInputFiles(jpeg('tambak.jpg', photo));
    await expect(page.locator('[data-upload=waiting]')).toContainText('tidak ada sambungan');
    await expect(cards(page)).toHaveCount(1, { timeout: 20_000 });
    await page.unroute('**/api/v1/uploads/*?offset=*');
    expect(broken).toBeGreaterThan(2);
    const offer = page.getByRole('alert').filter({ hasText: 'mencatat tempat pengambilannya' });
    await expect(offer).toContainText('-4.050000, 121.600000');
    await offer.getByRole('button', { name: 'Pakai sebagai lokasi' }).click();
    await expect(field(page, 'geometry')).toContainText('121.600000');
    await expect(field(page, 'accuracy')).toHaveValue('exact');
    await expect(cards(page).locator('img')).toHaveJSProperty('complete', true);
    expect(await cards(page).locator('img').evaluate((image) => image.naturalWidth)).toBeGreaterThan(100);
  });

  test('what is no photo is refused with its reason, by name at once and by its bytes', async () => {
    const { page } = operator;
    const text = Buffer.from('<script>alert(1)</script>');
    await field(page, 'files').setInputFiles([
      { name: 'rencana.docx', mimeType: 'application/octet-stream', buffer: text }, jpeg('palsu.jpg', text),
    ]);
    const refused = page.locator('#section-files .notice.err');
    await expect(refused).toHaveCount(2);
    await expect(refused.filter({ hasText: 'rencana.docx' })).toContainText('Hanya foto');
    await expect(refused.filter({ hasText: 'palsu.jpg' })).toContainText(/\S.{15,}/);
    await examine(page, 'refused files');
    for (const name of ['rencana.docx', 'palsu.jpg']) await page.getByRole('button', { name: `Lewati ${name}` }).click();
    await expect(refused).toHaveCount(0);
  });

  test('order by keys, taking out with a way back, and what is missing is said at its field', async () => {
    const { page } = operator;
    await field(page, 'files').setInputFiles([jpeg('kedua.jpg', await picture(page, 900, 600, 20)), jpeg('ketiga.jpg', await picture(page, 800, 800, 280))]);
    await expect(cards(page)).toHaveCount(3, { timeout: 20_000 });
    await page.getByRole('button', { name: 'Majukan: ketiga.jpg' }).focus();
    await page.keyboard.press('Enter');
    await expect(cards(page).nth(1)).toContainText('ketiga.jpg');
    await page.getByRole('button', { name: 'Keluarkan: kedua.jpg' }).click();
    await expect(cards(page)).toHaveCount(2);
    await page.locator('.toast').filter({ hasText: 'kedua.jpg' }).getByRole('button', { name: 'Urungkan' }).click();
    await expect(cards(page)).toHaveCount(3);
    await page.getByRole('button', { name: 'Keluarkan: kedua.jpg' }).click();
    await page.keyboard.press('Control+s');
    await saved(page);
    const missing = page.getByRole('region', { name: /hal sebelum dapat diajukan/ });
    await missing.getByRole('link', { name: 'Foto dan dokumen 1' }).first().click();
    await expect(page.locator('.file-card .field.wrong').first()).toBeVisible();
    await expect(page.locator(':focus')).toHaveAttribute('id', /^f-attachments\.0\./);
    await examineEverywhere(page, 'photos');
  });

  test('a phone offers the camera, and everything fits', async ({ browser }) => {
    const context = await browser.newContext({ baseURL: process.env.SIMPUL_URL, locale: 'id-ID', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await signIn(page, kOperator.username, kOperator.password, `/kantor/potensi/${id}`);
    const camera = page.getByText('Ambil foto');
    await camera.scrollIntoViewIfNeeded();
    await expect(camera).toBeVisible();
    await expect(page.locator('[id="f-files-camera"]')).toHaveAttribute('capture', 'environment');
    await examine(page, 'photos on a phone');
    await context.close();
  });

  test('described, with an area that has a hole: submitted, verified, published, seen by everybody', async () => {
    const { page } = operator;
    await page.goto(`/kantor/potensi/${id}`);
    await describe(page, {
      english: 'Milkfish ponds with a hole, a trial',
      summary: 'Tambak bandeng milik kelompok uji.',
      summaryEnglish: 'Milkfish ponds of a trial group.',
      category: 'erikanan',
    });
    await page.getByRole('button', { name: 'Tambah angka' }).click();
    await field(page, 'figures.0.quantity').fill('12.5');
    await field(page, 'figures.0.unit').fill('t');
    await field(page, 'figures.0.year').fill('2025');
    await field(page, 'figures.0.source').fill('Catatan uji (2025)');
    await page.getByRole('button', { name: 'Tambah sumber' }).click();
    await field(page, 'sources.0').fill('Catatan uji (2025)');
    for (const [index, alt] of [[0, kAlt], [1, 'Garis berwarna mendatar']]) {
      await field(page, `attachments.${index}.caption.id`).fill(`Tambak uji ${index + 1}`);
      await field(page, `attachments.${index}.alt.id`).fill(alt);
      await field(page, `attachments.${index}.credit`).fill('Kelompok uji');
      await field(page, `attachments.${index}.licence`).fill('CC BY 4.0');
    }
    await page.keyboard.press('Control+s');
    await saved(page);
    await expect(page.getByRole('heading', { name: /hal sebelum dapat diajukan/ })).toHaveCount(0);
    await page.getByRole('button', { name: /Ajukan/ }).click();
    await toast(page, 'Diajukan.');

    const other = admin.page;
    await other.goto('/kantor/tinjauan');
    await other.getByRole('button', { name: kTitle }).click();
    await expect(other.locator('.review-record .thumbs img').first()).toHaveAttribute('alt', kAlt);
    await other.keyboard.press('a');
    await toast(other, 'Diverifikasi.');
    await expect(other.getByRole('button', { name: /Terbitkan/ })).toBeVisible();
    await other.keyboard.press('a');
    await toast(other, 'Diterbitkan.');

    const everybody = await other.context().browser().newContext({ baseURL: process.env.SIMPUL_URL, locale: 'id-ID' });
    const visitor = await everybody.newPage();
    await expect(async () => {
      await visitor.goto('/id/peta?q=bandeng+uji+berlubang');
      await expect(visitor.getByRole('link', { name: kTitle }).first()).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 15_000 });
    await visitor.goto('/id/potensi?q=bandeng+uji+berlubang');
    await visitor.getByRole('link', { name: kTitle }).first().click();
    const image = visitor.getByRole('img', { name: kAlt }).first();
    await expect(image).toBeVisible();
    expect(await image.evaluate((element) => element.naturalWidth)).toBeGreaterThan(100);
    const address = await image.evaluate((element) => element.currentSrc);
    const bytes = await (await visitor.request.get(address)).body();
    expect(bytes.includes(Buffer.from('Exif\0\0', 'latin1'))).toBe(false);
    await everybody.close();
  });

  test('a caption changed after publication stands beside it until it is published', async () => {
    const { page } = operator;
    await page.goto(`/kantor/potensi/${id}`);
    await field(page, 'attachments.1.caption.id').fill('Tambak uji 2, musim kering');
    await page.keyboard.press('Control+s');
    await saved(page);
    await page.getByText('Perubahan terhadap versi terbit').click();
    await expect(page.locator('.editor-side ins')).toContainText('musim kering');
    expect([...operator.faults, ...admin.faults]).toEqual([]);
  });
});
