import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const chromium = { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] };

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  // A relative base works from tauri://, http://tauri.localhost and vite preview alike.
  base: './',
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  build: {
    target: ['es2022', 'safari16'],
    // The content security policy allows no data: URL.
    assetsInlineLimit: 0,
  },
  // Nothing is discovered while a page is open: a second copy of Svelte's runtime would come with it.
  optimizeDeps: { noDiscovery: true, include: mode === 'test' ? ['axe-core'] : [], exclude: ['@lucide/svelte'] },
  server: { port: 5173, strictPort: true },
  preview: { port: 4173, strictPort: false },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', environment: 'jsdom', include: ['src/**/*.unit.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1280, height: 800 },
            provider: playwright({ launchOptions: chromium }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
}));
