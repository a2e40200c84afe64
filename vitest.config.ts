import { defineConfig } from 'vitest/config'

/** Files that change what belongs to the whole process, or measure it: each has a process of its own. */
const ALONE = [
  'test/run.test.ts',
  'test/cli/**/*.test.ts',
  'test/credential/{compiled,instant,interoperability,proof-rules}.test.ts',
  // They add a scheme to the list of all.
  'test/mentoring/{mentors,record-session,record-stores,schemes/new-scheme}.test.ts',
  'test/verifier/{agreement,properties}/**/*.test.ts',
]
/** Files whose threads must start and answer within seconds: they come last, one at a time, with a core to spare. */
const THREADS = [
  'test/issuer/interoperability-issued.test.ts',
  'test/verifier/apart/**/*.test.ts',
  'test/verifier/vc-api/canonize-apart.test.ts',
]
const BROWSER = 'test/browser/**'

export default defineConfig({
  test: {
    // One for each core: vitest itself has little to do, and would leave one of two to itself.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Worker threads inherit it: in tests they run the TypeScript that is there.
    execArgv: ['--import', './test/support/run-typescript.mjs'],
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: ALONE },
      },
      {
        extends: true,
        test: { name: 'threads', include: THREADS, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [BROWSER, ...ALONE, ...THREADS],
          // To import the service takes longer than most files: a process does it once for all its files.
          isolate: false,
        },
      },
    ],
  },
})
