import { defineConfig } from 'vitest/config'
import { ordinaryFiles } from './test/faults/cases.js'

/** What breaks from outside, and the tests of the ordinary suite that name a case of it: each file in a process of its own. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.fault.ts', ...ordinaryFiles()],
    testTimeout: 1_200_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    execArgv: ['--import', './test/support/run-typescript.mjs'],
  },
})
