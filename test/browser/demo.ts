import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { DemoFacts } from '../../src/demo/hand-out.js'

export type RunningDemo = Readonly<{ facts: DemoFacts; stop(): Promise<void> }>

/** The demo as a newcomer starts it, in a folder and on a port of its own; it needs a build. */
export async function startDemo(): Promise<RunningDemo> {
  const folder = mkdtempSync(join(tmpdir(), 'sceau-demo-'))
  const command = ['dist/cli.js', 'demo', '--json', '--data-dir', folder, '--port', '0']
  const demo = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  const stop = async () => {
    if (demo.exitCode === null && demo.kill('SIGTERM')) await once(demo, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
  for await (const line of createInterface({ input: demo.stdout }))
    return { facts: JSON.parse(line) as DemoFacts, stop }
  await stop()
  throw new Error('The demo ended before it was ready.')
}
