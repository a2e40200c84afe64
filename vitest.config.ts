import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/browser/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Worker threads inherit it: in tests they run the TypeScript that is there.
    execArgv: ['--import', './test/support/run-typescript.mjs'],
  },
})
