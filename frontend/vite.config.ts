// One build for every page: hashed files in frontend/dist/, which the server embeds and serves under /assets/,
// and a manifest (.vite/manifest.json) from which it learns the addresses.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { iconSprite } from './shared/icons/sprite.ts';
import { thirdPartyNotices } from './scripts/notices.ts';

export default defineConfig({
  base: '/assets/',
  publicDir: false,
  plugins: [svelte({ configFile: false }), iconSprite(), thirdPartyNotices()],
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    assetsDir: '',
    emptyOutDir: true,
    manifest: true,
    target: ['chrome109', 'firefox115', 'safari16.4'],
    // The pages' content security policy allows no data: address for fonts or scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: [
        'shared/site.css',
        'shared/css/map.css',
        'shared/boot.ts',
        'shared/chart.ts',
        'map/map.ts',
        'office/main.ts',
      ],
    },
  },
  test: {
    include: ['*/tests/**/*.test.ts'],
  },
});
