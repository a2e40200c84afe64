// What takes too long for every change: 100,000 made up credentials beside jsonld.js, 2,000 badges beside another verifier, 10,000
// inputs for each property, then mutation testing (or not: `npm run test:deep -- --no-mutation`).
import { spawnSync } from 'node:child_process'

const env = {
  ...process.env,
  SCEAU_MADE_UP_CREDENTIALS: process.env.SCEAU_MADE_UP_CREDENTIALS ?? '100000',
  SCEAU_AGREEMENT_BADGES: '2000',
  SCEAU_PROPERTY_RUNS: '10000',
}
run(
  'node_modules/vitest/vitest.mjs',
  'run',
  'test/credential/stencil',
  'test/verifier/agreement',
  'test/verifier/properties',
)
if (!process.argv.includes('--no-mutation')) run('scripts/test-mutation.mjs')

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env })
  if (status !== 0) process.exit(status ?? 1)
}
