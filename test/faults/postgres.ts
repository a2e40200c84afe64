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
  /** A copy that follows it; no commit waits for it until `wait`. */
  followed(): Promise<Standby>
  /** Whether commits wait for the copy that follows. */
  wait(waits: boolean): Promise<void>
  /** Immediate, as by a loss of power. */
  crash(): void
  stop(): void
}>
export type Standby = Pick<Server, 'url' | 'port' | 'check' | 'stop'> &
  Readonly<{
    /** Ends following: it takes writes. */
    promote(): void
  }>

/** A throw-away PostgreSQL on a free port of this machine. */
export async function startPostgres(): Promise<Server> {
  const place = await newPlace()
  run('initdb', '-D', place.data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync')
  place.start()
  return {
    ...serverAt(place),
    async emptied() {
      await ask(place.url, 'drop schema public cascade; create schema public')
      return place.url
    },
    restart() {
      place.control('-m', 'fast', 'stop')
      place.start()
    },
    crash: () => place.control('-m', 'immediate', 'stop'),
    followed: () => follow(place),
    wait: (waits) => waitForStandby(place, waits),
  }
}

type Place = Readonly<{
  folder: string
  data: string
  port: number
  url: string
  /** `pg_ctl` */
  control(...args: string[]): void
  start(): void
}>

async function newPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'sceau-postgres-'))
  const port = await freePort()
  chmodSync(folder, 0o755)
  if (isRoot) chownSync(folder, idOf('-u'), idOf('-g'))
  const data = join(folder, 'data')
  const control = (...args: string[]) => run('pg_ctl', '-D', data, '-w', ...args)
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`
  const start = () => control('-l', join(folder, 'log'), '-o', options, 'start')
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  return { folder, data, port, url, control, start }
}

function serverAt({ folder, data, port, url, control }: Place) {
  const address = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres']
  return {
    url,
    port,
    check: () => run('pg_amcheck', ...address, '--install-missing', '--heapallindexed', 'postgres'),
    stop() {
      if (existsSync(join(data, 'postmaster.pid'))) control('-m', 'immediate', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function follow(primary: Place): Promise<Standby> {
  const place = await newPlace()
  const from = `host=127.0.0.1 port=${primary.port} user=postgres`
  run(
    'pg_basebackup',
    '-D',
    place.data,
    '-d',
    from,
    '-R',
    '-X',
    'stream',
    '-c',
    'fast',
    '--no-sync',
  )
  place.start()
  return { ...serverAt(place), promote: () => place.control('promote') }
}

async function waitForStandby({ url }: Place, waits: boolean): Promise<void> {
  await ask(url, `alter system set synchronous_standby_names = '${waits ? '*' : ''}'`)
  await ask(url, 'select pg_reload_conf()')
  const isSo = waits ? "sync_state = 'sync'" : "sync_state = 'async'"
  const until = Date.now() + 10_000
  for (;;) {
    const found = await ask(url, `select 1 from pg_stat_replication where ${isSo}`)
    if (found === 1) return
    if (Date.now() > until) throw new Error('The standby does not follow.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** @returns how many rows were found */
async function ask(url: string, question: string): Promise<number> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(question)).rowCount ?? 0
  } finally {
    await client.end()
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
