import type { Command } from 'commander'
import { routes } from '../app.js'
import { loadConfig, type Config } from '../config.js'
import { openDemo } from '../demo/open-demo.js'
import type { DemoFacts } from '../demo/hand-out.js'
import { systemNow } from '../open-context.js'
import { run } from '../run.js'
import { freePort } from '../serve.js'
import { demoSheet } from './demo-sheet.js'
import type { Words } from '../words.js'
import type { Environment, Shell } from './shell.js'

type Options = Readonly<{ json?: boolean; dataDir: string; port?: string }>

const DEFAULT_FOLDER = 'data/demo'
/** A step of a dossier waits for 14 days: what waits in an older demo has expired. */
const FRESH_DAYS = 10
const DAY_MS = 86_400_000

export function addDemo(program: Command, shell: Shell): void {
  program
    .command('demo')
    .description('start the service on a fictional academy, filled at the first start')
    .option('--data-dir <folder>', 'throw-away folder of the demo', DEFAULT_FOLDER)
    .option('--port <port>', 'port to listen on; by default PORT, else 3000')
    .option('--json', 'print one JSON line once ready: address, accounts, tokens, examples')
    .action((options: Options) => demo(shell, options))
}

async function demo(shell: Shell, options: Options): Promise<void> {
  const asked = demoConfig(shell.env, options, options.port ?? shell.env.PORT)
  // Before the filling, which takes a while.
  const port = String(await freePort(asked.port))
  const config = demoConfig(shell.env, options, port)
  const scopes = routes.map(({ access }) => access).filter((access) => access !== 'public')
  const { ctx, facts, filledAt } = await openDemo(config, {
    scopes: [...new Set(scopes)].sort(),
    progress: progressOn(shell),
    now: systemNow,
  })
  await run(ctx, async () => {
    announce(shell, options, facts)
    const stale = staleness({ filledAt, folder: options.dataDir }, systemNow())
    if (stale) shell.tell(stale[shell.language])
  })
}

/** The settings of a demo: those of a real service that stand in the environment are left alone. */
export function demoConfig(env: Environment, options: Options, port: string | undefined): Config {
  const own = {
    PORT: port,
    PUBLIC_URL: undefined,
    DATA_DIR: options.dataDir,
    DATABASE_URL: undefined,
    KEYS_DIR: undefined,
    KEYS_PASSPHRASE: undefined,
    KEYS_PASSPHRASE_FILE: undefined,
    KEYS_PASSPHRASE_BEFORE_FILE: undefined,
    KEY_PROVIDER: undefined,
    PKCS11_MODULE: undefined,
    PKCS11_TOKEN: undefined,
    PKCS11_PIN_FILE: undefined,
    LOG_LEVEL: env.LOG_LEVEL ?? 'warn',
  }
  return loadConfig({ ...env, ...own }, true)
}

/** What to do about a demo whose pending steps are about to expire, or have. */
export function staleness(
  { filledAt, folder }: Readonly<{ filledAt: string; folder: string }>,
  now: Date,
): Words | undefined {
  if (now.getTime() - Date.parse(filledAt) <= FRESH_DAYS * DAY_MS) return undefined
  const day = filledAt.slice(0, 10)
  return {
    fr: `Cette démo date du ${day}, et ce qui attend dans ses dossiers expire au bout de 14 jours. Pour une démo du jour : arrêtez-la, supprimez le dossier ${folder} et relancez-la.`,
    en: `This demo is of ${day}, and what waits in its dossiers expires after 14 days. For a fresh one: stop it, delete the folder ${folder} and start it again.`,
  }
}

function announce({ print, language }: Shell, { json }: Options, facts: DemoFacts): void {
  print(json ? JSON.stringify(facts) : demoSheet(facts, language))
}

/** A line that writes itself over, or one line each tenth where nobody watches. */
function progressOn({ tell, language }: Shell): (done: number, day: string) => void {
  const said = language === 'fr' ? 'La démo se remplit' : 'Filling the demo'
  let last = -1
  return (done, day) => {
    const percent = Math.floor(done * 100)
    const line = `${said}: ${String(percent).padStart(3)} %  ${day}`
    if (process.stderr.isTTY) process.stderr.write(`\r${line}${done === 1 ? '\n' : ''}`)
    else if (Math.floor(percent / 10) > last) tell(line)
    last = Math.floor(percent / 10)
  }
}
