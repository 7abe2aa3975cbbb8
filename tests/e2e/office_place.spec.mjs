// What the editor offers beside typing: a shape out of a file, a warning beyond the region's border, and the draft as the
// public would see it. Runs after office.spec on the same server.
import { expect, test } from '@playwright/test';
import { choose, examineEverywhere, field, heading, kAdminPassword, kHole, office, toast } from './office_kit.mjs';

const kTitle = 'Tambak uji lokasi';

test.describe.configure({ mode: 'serial' });

test.describe('place', () => {
  let admin;
  let id;

  test.beforeAll(async ({ browser }) => {
    admin = await office(browser, 'admin', kAdminPassword, '/kantor/potensi/baru');
    await expect(heading(admin.page, 'Potensi baru')).toBeVisible();
  });
  test.afterAll(async () => {
    expect(admin.faults).toEqual([]);
    await admin.context.close();
  });

  test('a shape comes out of a file, one of several, and can be taken back', async () => {
    const { page } = admin;
    await field(page, 'title.id').fill(kTitle);
    await field(page, 'summary.id').fill('Ringkasan tambak untuk pengujian.');
    await choose(page, 'region', 'Kolaka Timur');
    await page.getByText('Ambil dari berkas').click();
    const shapes = field(page, 'shapes');
    await shapes.setInputFiles({ name: 'catatan.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('x') });
    await expect(page.getByRole('alert').filter({ hasText: 'bukan berkas peta' })).toBeVisible();
    await shapes.setInputFiles({ name: 'rusak.kml', mimeType: 'application/octet-stream', buffer: Buffer.from('<kml>') });
    await expect(page.getByRole('alert').filter({ hasText: 'rusak.kml' })).toBeVisible();
    const features = [
      { type: 'Feature', properties: { nama: 'Tambak utara' }, geometry: kHole },
      { type: 'Feature', properties: { nama: 'Dermaga' }, geometry: { type: 'Point', coordinates: [121.95, -4.1] } },
    ];
    await shapes.setInputFiles({ name: 'tambak.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })) });
    await expect(page.getByRole('status').filter({ hasText: '2 bentuk di tambak.geojson' })).toBeVisible();
    await page.getByRole('button', { name: 'Pakai Tambak utara' }).press('Enter');
    await expect(field(page, 'geometry')).toContainText('10 posisi');
    await examineEverywhere(page, 'shapes of a file');
    await page.getByRole('button', { name: 'Pakai Dermaga' }).click();
    await expect(field(page, 'geometry')).toContainText('Titik');
    await page.getByRole('button', { name: 'Urungkan', exact: true }).click();
    await expect(field(page, 'geometry')).toContainText('10 posisi');
  });

  test('a place beyond the border of its region is said while it is made', async () => {
    const { page } = admin;
    const warning = page.getByRole('status').filter({ hasText: 'di luar batas' });
    await field(page, 'position').fill('-4.1, 121.95');
    await field(page, 'position').press('Enter');
    await expect(field(page, 'geometry')).toContainText('Titik');
    await expect(warning).toHaveCount(0);
    await field(page, 'position').fill('-3.97, 122.51');
    await field(page, 'position').press('Enter');
    await expect(warning).toContainText('Kolaka Timur');
    await expect(warning).toContainText('catatan tidak dapat diajukan');
    await examineEverywhere(page, 'outside the region');
    await choose(page, 'region', 'Kota Kendari');
    await expect(warning).toHaveCount(0);
    await page.getByRole('button', { name: 'Simpan', exact: true }).click();
    await toast(page, 'Disimpan sebagai draf');
    id = page.url().match(/potensi\/(\d+)/)[1];
  });

  test('the saved draft is seen as the public would see it', async () => {
    const { page, context } = admin;
    const opening = context.waitForEvent('page');
    await page.getByRole('link', { name: 'Pratinjau publik' }).click();
    const preview = await opening;
    await expect(preview).toHaveURL(new RegExp(`/kantor/pratinjau/${id}/id$`));
    await expect(preview.getByRole('status')).toContainText('Pratinjau: belum terbit.');
    await expect(heading(preview, kTitle)).toBeVisible();
    await examineEverywhere(preview, 'preview');
    await preview.getByRole('navigation', { name: 'Bahasa' }).getByRole('link', { name: 'EN' }).click();
    await expect(preview.getByRole('status')).toContainText('Preview: not published.');
    await preview.getByRole('link', { name: 'Back to the draft' }).click();
    await expect(heading(preview, kTitle)).toBeVisible();
    await expect(preview).toHaveURL(new RegExp(`/kantor/potensi/${id}$`));
    await preview.close();
    const anybody = await fetch(`${process.env.SIMPUL_URL}/kantor/pratinjau/${id}/id`);
    expect([anybody.status, anybody.headers.get('cache-control')]).toEqual([401, 'no-store']);
  });
});
