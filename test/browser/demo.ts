import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { DemoFacts } from '../../src/demo/hand-out.js'

type Settings = Readonly<Record<string, string>>
export type RunningDemo = Readonly<{ facts: DemoFacts; stop(): Promise<void> }>

/**
 * The demo as a newcomer starts it, in a folder of its own; it needs a build. It is filled once for all
 * files, which takes half a minute of processor time, and each starts a copy of what was filled.
 *
 * @param settings other than those of a demo
 */
export async function startDemo(settings: Settings = {}): Promise<RunningDemo> {
  const filled = process.env.FILLED_DEMO!
  if (!existsSync(join(filled, 'demo.json'))) await (await start(filled, '0')).stop()
  const { facts } = JSON.parse(readFileSync(join(filled, 'demo.json'), 'utf8')) as RunningDemo
  const folder = mkdtempSync(join(tmpdir(), 'sceau-demo-'))
  cpSync(filled, folder, { recursive: true })
  const running = await start(folder, new URL(facts.url).port, settings)
  const stop = async () => {
    await running.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...running, stop }
}

/** @param port of the address that is in everything the demo signs: what is filled for it stays with it */
async function start(folder: string, port: string, settings: Settings = {}): Promise<RunningDemo> {
  const command = ['dist/cli.js', 'demo', '--json', '--data-dir', folder, '--port', port]
  const env = { ...process.env, ...settings }
  const demo = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'], env })
  const stop = async () => {
    if (demo.exitCode === null && demo.kill('SIGTERM')) await once(demo, 'exit')
  }
  for await (const line of createInterface({ input: demo.stdout }))
    return { facts: JSON.parse(line) as DemoFacts, stop }
  await stop()
  throw new Error('The demo ended before it was ready.')
}
