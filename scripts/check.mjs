// What every commit passes. Each part but the tests uses one core: format, types and the API document are looked at beside
// the linter, and the tests, which use every core, come after.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import './check-node.mjs'

const lint = run('eslint', '.', '--max-warnings', '0')
const others = inOrder(
  ['prettier', '--check', '.'],
  ['tsc', '-p', '.'],
  ['redocly', 'lint', 'openapi.yaml'],
)
const passed = await Promise.all([lint, others])
if (!passed.every(Boolean)) process.exit(1)
process.exit((await run('vitest', 'run')) ? 0 : 1)

async function inOrder(...commands) {
  for (const command of commands) if (!(await run(...command))) return false
  return true
}

/** By its name, which npm finds in node_modules/.bin. */
async function run(command, ...args) {
  const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' })
  const [code] = await once(child, 'exit')
  return code === 0
}
