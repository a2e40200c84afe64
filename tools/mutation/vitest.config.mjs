import { defineConfig } from 'vitest/config'

// The tests that hold the verifier to account, and no other: each runs for each mutant it covers.
export default defineConfig({
  test: {
    // MUTATION_TESTS, names with commas between: only these, which is quick and tells enough of one file.
    include: process.env.MUTATION_TESTS?.split(',') ?? [
      'test/credential/**/*.test.ts',
      'test/verifier/**/*.test.ts',
    ],
    exclude: [
      'test/verifier/catalogue.test.ts',
      'test/verifier/agreement/**',
      'test/verifier/properties/**',
      'test/verifier/samples.test.ts',
      'test/verifier/verify-page.test.ts',
      'test/credential/interoperability.test.ts',
      // What we sign, and what the published schemas say of it.
      'test/credential/model.test.ts',
      'test/credential/lint.test.ts',
    ],
    // Instrumented code on a busy machine.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
