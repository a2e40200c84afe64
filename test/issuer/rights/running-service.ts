import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

type Environment = Readonly<Record<string, string>>

const HOOKS = ['./test/support/run-service.mjs', './test/faults/set-clock.mjs']

/** A service in a process of its own; `log` is all that it has written, on either stream. */
export async function startService(env: Environment) {
  const told: string[] = []
  const child = spawned(env, told)
  const ended = once(child, 'exit')
  while (!(await isReady(env['PUBLIC_URL'] ?? ''))) {
    if (child.exitCode !== null) throw new Error(`The service did not start: ${told.join('')}`)
    await sleep(200)
  }
  return {
    log: () => told.join(''),
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function spawned(env: Environment, told: string[]) {
  const hooks = HOOKS.flatMap((file) => ['--import', file])
  const child = spawn(process.execPath, [...hooks, 'src/main.ts'], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => told.push(text.toString('utf8')))
  return child
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}

/** Which of `secrets` stand in which file below a folder, in clear. */
export function foundIn(folder: string, secrets: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  return files
    .filter((one) => one.isFile())
    .flatMap((one) => {
      const path = join(one.parentPath, one.name)
      const bytes = readFileSync(path)
      return secrets
        .filter((secret) => bytes.includes(secret))
        .map((secret) => `${path.slice(folder.length)}: ${secret}`)
    })
}
