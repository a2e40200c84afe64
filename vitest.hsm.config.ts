import { defineConfig } from 'vitest/config'

/** With a real SoftHSM2, and nowhere without it. */
export default defineConfig({
  test: {
    include: ['test/pkcs11/**/*.hsm.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    execArgv: ['--import', './test/support/run-typescript.mjs'],
  },
})
