// Debian's Chromium, software WebGL; one worker, because the machine that runs this may have two cores.
import { defineConfig } from '@playwright/test';

export const chromiumFlags = [
  '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist',
  '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.mjs',
  outputDir: 'test-results',
  workers: 1,
  retries: 0,
  timeout: 180_000,  // only ends what hangs: busy machines are slow
  expect: { timeout: 10_000 },
  use: {
    baseURL: process.env.SIMPUL_URL,
    viewport: { width: 1360, height: 900 },
    locale: 'id-ID',
    timezoneId: 'Asia/Makassar',
    trace: 'off',
    launchOptions: { executablePath: '/usr/bin/chromium', args: chromiumFlags },
  },
});
