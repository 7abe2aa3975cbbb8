// The log of the office: as a file, and whether its chain is whole. Runs after office.spec on the same server.
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { examineEverywhere, heading, kAdminPassword, office } from './office_kit.mjs';

test('the log leaves as a file, and its chain is verified', async ({ browser }) => {
  const { page, context, faults } = await office(browser, 'admin', kAdminPassword, '/kantor/audit?noun=session');
  await expect(heading(page, 'Audit')).toBeVisible();
  const loading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Ekspor (CSV)' }).press('Enter');
  const file = await loading;
  expect(file.suggestedFilename()).toBe('audit.csv');
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(lines[0]).toContain('Nilai hash');
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines.slice(1)) expect(line).toContain(',session,');
  const status = page.getByRole('status').filter({ hasText: /Berkas|Rantai/ });
  await expect(status).toContainText('semua entri yang sesuai');

  await page.getByRole('button', { name: 'Periksa rantai' }).click();
  await expect(status).toContainText(/Rantai utuh: seluruh [\d.]+ entri saling cocok\. Simpan .*\.[0-9a-f]{64}/);
  await examineEverywhere(page, 'audit verified');

  // Somebody altered it: said with the place. The answer stands in for a database that a test must not break.
  await page.route('**/api/v1/audit/verifications', (route) => route.fulfill({ json: { whole: false, entries: 11, broken_at: 12, last_hash: '' } }));
  await page.getByRole('button', { name: 'Periksa rantai' }).click();
  await expect(status).toContainText('Rantai putus pada entri 12');
  await examineEverywhere(page, 'audit broken');
  expect(faults).toEqual([]);
  await context.close();
});
