import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

/** Where Debian's packages have the programs of a server; undefined where it has none. */
const BIN = globSync('/usr/lib/postgresql/*/bin')
  .filter((folder) => existsSync(join(folder, 'initdb')))
  .toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))
  .at(-1)
export const HAS_POSTGRES = BIN !== undefined

export type Server = Readonly<{
  url: string
  port: number
  /** Takes everything out of it. @returns its address */
  emptied(): Promise<string>
  /** Fast: whoever is connected is cut off, what they had begun is undone. */
  restart(): void
  /** @throws {Error} when a table or an index is not as it should be */
  check(): void
  stop(): void
}>

/** A throw-away PostgreSQL on a free port of this machine. */
export async function startPostgres(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'sceau-postgres-'))
  const port = await freePort()
  chmodSync(folder, 0o755)
  if (isRoot) chownSync(folder, idOf('-u'), idOf('-g'))
  const data = join(folder, 'data')
  const control = (...args: string[]) => run('pg_ctl', '-D', data, '-w', ...args)
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`
  const start = () => control('-l', join(folder, 'log'), '-o', options, 'start')
  run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync')
  start()
  const address = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres']
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  return {
    url,
    port,
    async emptied() {
      const client = new pg.Client(url)
      await client.connect()
      await client.query('drop schema public cascade; create schema public')
      await client.end()
      return url
    },
    restart() {
      control('-m', 'fast', 'stop')
      start()
    },
    check: () => run('pg_amcheck', ...address, '--install-missing', '--heapallindexed', 'postgres'),
    stop() {
      control('-m', 'immediate', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root. */
const isRoot = userInfo().uid === 0

function run(program: string, ...args: string[]): void {
  const whole = [join(BIN ?? '', program), ...args]
  const [file, ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...whole] : whole
  // What is left running must not keep a pipe of ours open.
  execFileSync(file ?? '', rest, { stdio: ['ignore', 'ignore', 'inherit'], cwd: tmpdir() })
}

function idOf(which: '-u' | '-g'): number {
  return Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }))
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
