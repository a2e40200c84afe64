// Mutation testing of the verifier. Its packages are beside the main tree, in tools/mutation, and are installed at first use.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const tool = 'tools/mutation/node_modules/@stryker-mutator/core/bin/stryker.js'
if (!existsSync(tool)) run('npm', ['ci', '--prefix', 'tools/mutation', '--ignore-scripts'])
run(process.execPath, [tool, 'run', 'tools/mutation/stryker.config.mjs', ...process.argv.slice(2)])

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
