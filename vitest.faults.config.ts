import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/faults/**/*.fault.ts'],
    testTimeout: 1_200_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    execArgv: ['--import', './test/support/run-typescript.mjs'],
  },
})
