// After a build: "npx sceau" finds the command here at once. Without the link npx installs this project a second time into
// its cache, with every warning about engines. Elsewhere than on Linux and macOS, and where node_modules is another folder's,
// it does without.
import { chmodSync, existsSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

const bin = join('node_modules', '.bin')
const ours = existsSync(bin) && realpathSync(bin) === join(process.cwd(), bin)
if (ours && process.platform !== 'win32') {
  chmodSync('dist/cli.js', 0o755)
  rmSync(join(bin, 'sceau'), { force: true })
  symlinkSync('../../dist/cli.js', join(bin, 'sceau'))
}
