import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { programOf, runCommand } from '../../src/cli/program.js'
import { loadConfig } from '../../src/config.js'
import { openContext } from '../../src/open-context.js'
import { siecleXml } from '../../src/mentoring/class-list/write-siecle.js'
import { columnsOf, handleOf } from '../../src/people/key-store.js'
import { createOrganisation } from '../../src/people/create-organisation.js'
import { OPERATOR } from '../../src/people/operator.js'
import { enqueue } from '../../src/store/jobs.js'
import { appendLeaves } from '../../src/transparency/append-leaves.js'
import { takeCheckpoint } from '../../src/transparency/take-checkpoint.js'
import { schoolYearOf } from '../../src/mentoring/school-year.js'
import { makeServiceKey } from '../../src/people/service-keys.js'

let folder: string
let env: Record<string, string>
const lines: string[] = []
const errors: string[] = []
const out = { log: (line: string) => lines.push(line), error: (line: string) => errors.push(line) }
const sceau = (...words: string[]) => {
  lines.length = errors.length = 0
  return runCommand(['node', 'sceau', ...words], env, out)
}
const json = () => JSON.parse(lines.join('\n'))

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-cli-'))
  env = { DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), LOG_LEVEL: 'silent' }
  const ctx = await openContext(loadConfig(env))
  const uai = '9990001X'
  await createOrganisation(ctx, OPERATOR, { kind: 'lycee', name: 'Lycée DÉMO des Tilleuls', uai })
  await ctx.close()
})
afterEach(() => rmSync(folder, { recursive: true }))

/** The service runs: it alone writes. */
async function beside<T>(act: () => Promise<T>): Promise<T> {
  const service = await openContext(loadConfig(env))
  try {
    return await act()
  } finally {
    await service.close()
  }
}

const HELPING =
  'verify issue import keys log token trust backup restore check check-archive health jobs audit demo'

describe('sceau', () => {
  test.each(HELPING.split(' '))('%s tells how it is used', async (command) => {
    expect(await sceau(command, '--help')).toBe(0)
    expect(lines.join('\n')).toContain(`Usage: sceau ${command}`)
  })

  test.each([[['no-such-command']], [['keys', '--no-such-option']], [['import', 'list.xml']]])(
    'answers 2 to %j, which it does not understand',
    async (words) => {
      expect(await sceau(...words)).toBe(2)
      expect(errors.join()).toContain('error:')
    },
  )

  test('reads beside the running service, and changes nothing', async () => {
    await beside(async () => {
      expect(await sceau('keys', '--json')).toBe(0)
      expect(json()).toMatchObject([{ state: 'active', organisation: 'Lycée DÉMO des Tilleuls' }])
      expect(await sceau('check', '--json')).toBe(0)
      expect(json()).toMatchObject({
        sound: true,
        entries: 1,
        badges: 0,
        badgeFaults: [],
        fileFaults: [],
        wall: 'none',
      })
    })
  })

  test.each([
    ['issue', ['issue'], 'signs what is due by itself'],
    ['keys', ['keys', 'rotate', '9990001X', '--confirm'], '/organisations'],
    ['token', ['token', '--name', 'x', '--scopes', 'a:read'], '/tokens'],
    ['import', ['import', 'FILE', '--school', '9990001X', '--year', '2026'], '/import'],
  ])('%s does not write beside the running service, and says who does', async (_, words, hint) => {
    const file = join(folder, 'list.xml')
    writeFileSync(file, '<x/>')
    const given = words.map((word) => (word === 'FILE' ? file : word))
    expect(await beside(() => sceau(...given))).toBe(1)
    expect(errors.join()).toContain(hint)
  })

  test('reads no store that is not there, and makes none', async () => {
    env = { ...env, DATA_DIR: join(folder, 'nowhere') }
    expect(await sceau('check')).toBe(2)
    expect(errors.join()).toContain('There is no database')
    expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  })

  test('says that an audit is broken, with status 1', async () => {
    const ctx = await openContext(loadConfig(env))
    await ctx.db.updateTable('audit_head').set({ last_id: 7 }).execute()
    await ctx.close()
    expect(await sceau('check', '--json')).toBe(1)
    expect(json()).toMatchObject({ sound: false })
  })
})

describe('sceau key', () => {
  test('announces the next key of an organisation, once at a time, and revokes one', async () => {
    expect(await sceau('key', 'rotate', '9990001X', '--json', '--confirm')).toBe(0)
    const { key, activatesAt } = json()
    expect(Date.parse(activatesAt)).toBeGreaterThan(Date.now())
    expect(await sceau('keys', '--json')).toBe(0)
    expect(json()).toMatchObject([{ state: 'active' }, { state: 'announced' }])
    const active = json()[0].id.split('#')[1]
    expect(await sceau('key', 'rotate', 'lycee-demo-des-tilleuls', '--confirm')).toBe(1)
    expect(errors.join()).toContain('announced already')
    expect(await sceau('key', 'rotate', 'nobody')).toBe(1)
    // The two kinds do not wait for each other.
    expect(await sceau('key', 'rotate', '9990001X', '--rsa')).toBe(1)
    expect(await sceau('key', 'rotate', '9990001X', '--rsa', '--json', '--confirm')).toBe(0)
    const rsa: string = json().key
    expect(rsa).toMatch(/^[\w-]{43}$/)
    expect(await sceau('keys', '--json')).toBe(0)
    expect(json()[2]).toMatchObject({ kind: 'RSA', state: 'announced' })
    expect(await sceau('key', 'revoke', active, '--since', '2026-02-30')).toBe(1)
    expect(await sceau('key', 'revoke', active)).toBe(2)
    const since = ['--since', '2026-01-02T03:04:05Z']
    expect(await sceau('key', 'revoke', ...since, '--confirm', '--', rsa)).toBe(0)
    for (const status of [0, 1])
      expect(await sceau('key', 'destroy', '--confirm', '--', rsa)).toBe(status)
    expect(await sceau('key', 'revoke', active, ...since, '--confirm')).toBe(0)
    expect(lines.join()).toContain(`${key} signs from now on`)
  })
})

describe('IS-12 a verb that can’t be undone', () => {
  /** Every verb of the command line: whether what it does can be undone, or done again. */
  const VERBS: Record<string, 'destroys' | 'adds' | 'reads'> = {
    verify: 'reads',
    'check-archive': 'reads',
    issue: 'adds',
    import: 'adds',
    keys: 'reads',
    'keys rotate': 'destroys',
    'keys rotate-service': 'destroys',
    'keys revoke': 'destroys',
    'keys destroy': 'destroys',
    'keys rewrap': 'adds',
    'log verify': 'reads',
    token: 'adds',
    'trust list': 'reads',
    'trust refresh': 'adds',
    'trust sign': 'reads',
    ...{ backup: 'adds', restore: 'adds', check: 'reads', health: 'reads', jobs: 'adds' },
    ...{
      audit: 'reads',
      invite: 'adds',
      'settings list': 'reads',
      'settings set': 'adds',
      'settings undo': 'adds',
    },
    retention: 'destroys',
    demo: 'adds',
  }
  const verbs = (command: Command, path: string[] = []): [string, Command][] =>
    command.commands.flatMap((one) => {
      const words = [...path, one.name()]
      const below = verbs(one, words)
      // A group without an act of its own is no verb.
      const acts = below.length === 0 || one.name() === 'keys'
      return [...(acts ? [[words.join(' '), one] as [string, Command]] : []), ...below]
    })
  const shell = { env: {}, language: 'en', print() {}, tell() {}, answerNo() {} } as const
  const all = verbs(programOf(shell))
  const everything = async () => {
    const ctx = await openContext(loadConfig(env), { access: 'read' })
    const keys = await ctx.db.selectFrom('organisation_keys').selectAll().execute()
    const audit = await ctx.db.selectFrom('audit').selectAll().execute()
    const jobs = await ctx.db.selectFrom('jobs').selectAll().execute()
    await ctx.close()
    return { keys, audit, jobs, files: readdirSync(env.KEYS_DIR!).sort() }
  }

  async function aServiceKey(): Promise<void> {
    const ctx = await openContext(loadConfig(env))
    await makeServiceKey(ctx)
    await ctx.close()
  }

  async function aRetiredKey(): Promise<string> {
    const ctx = await openContext(loadConfig(env))
    const { id } = await ctx.db.selectFrom('organisations').select('id').executeTakeFirstOrThrow()
    const key = await ctx.keys.create()
    const at = '2026-01-02T03:04:05.000Z'
    const row = { organisation_id: id, ...columnsOf(key), created_at: at, retired_at: at }
    await ctx.db.insertInto('organisation_keys').values(row).execute()
    await ctx.close()
    return key.name
  }

  test('takes --confirm; no other verb does, and none is forgotten here', () => {
    expect(all.map(([name]) => name).sort()).toEqual(Object.keys(VERBS).sort())
    for (const [name, command] of all)
      expect(
        command.options.some(({ long }) => long === '--confirm'),
        name,
      ).toBe(VERBS[name] === 'destroys')
  })

  test('without it says what it would do, does nothing, and does so beside the service', async () => {
    expect(await sceau('keys', '--json')).toBe(0)
    const key = json()[0].id.split('#')[1]
    const ended = await aRetiredKey()
    await aServiceKey()
    const tried: Record<string, [string[], string]> = {
      'keys rotate': [['9990001X'], 'would be announced'],
      'keys rotate-service': [[], 'key of the service would be announced'],
      'keys revoke': [[key, '--since', '2026-01-02T03:04:05Z'], 'It is the one that signs'],
      'keys destroy': [[ended], 'would be destroyed, for ever'],
      retention: [[], 'Past their age'],
    }
    const destroying = Object.keys(VERBS).filter((name) => VERBS[name] === 'destroys')
    expect(Object.keys(tried).sort()).toEqual(destroying.sort())
    const before = await everything()
    for (const [name, [words, said]] of Object.entries(tried)) {
      expect(await beside(() => sceau(...name.split(' '), ...words))).toBe(1)
      expect(lines.join()).toContain(said)
      expect(lines.join()).toContain('Nothing is done: add --confirm')
      expect(await sceau(...name.split(' '), ...words, '--json')).toBe(1)
      expect(json()).toMatchObject({ done: false })
    }
    expect(await everything()).toEqual(before)
    expect(await sceau('keys', 'revoke', 'z6MkNobody', '--since', '2026-01-02T03:04:05Z')).toBe(1)
    expect(errors.join()).toContain('No organisation here has this key')
  })

  test('a backup never writes over another', async () => {
    expect(await sceau('backup', join(folder, 'copy'))).toBe(0)
    const before = readdirSync(join(folder, 'copy'))
    expect(await sceau('backup', join(folder, 'copy'))).toBe(2)
    expect(errors.join()).toContain('is not empty')
    expect(readdirSync(join(folder, 'copy'))).toEqual(before)
  })
})

describe('sceau log verify', () => {
  test('tells the size and the root, or which entry is not what it was', async () => {
    const ctx = await openContext(loadConfig(env))
    for (const digest of ['00', '01', '02'])
      await ctx.db.transaction().execute((trx) => appendLeaves(ctx, trx, [digest.repeat(32)]))
    await takeCheckpoint(ctx)
    // Beside the running service.
    expect(await sceau('log', 'verify', '--json')).toBe(0)
    expect(json()).toMatchObject({ sound: true, size: 3, checkpoints: 1 })
    await ctx.close()
    const again = await openContext(loadConfig(env))
    await sql`drop trigger log_leaves_no_update`.execute(again.db)
    await again.db.updateTable('log_leaves').set({ hash: '' }).where('position', '=', 1).execute()
    await again.close()
    expect(await sceau('log', 'verify')).toBe(1)
    expect(lines.join()).toContain('broken: entry 0 or one of the 1 after it')
  })
})

describe('sceau issue', () => {
  test('runs what is due and says how much', async () => {
    expect(await sceau('issue', '--json')).toBe(0)
    expect(json()).toEqual({ ran: 0, waiting: 0, givenUp: 0 })
  })

  test('answers no while a job waits that could not be done', async () => {
    const ctx = await openContext(loadConfig(env))
    const job = { id: 'job', kind: 'no-such-kind', key: 'x', payload: {}, runAt: new Date(0) }
    await enqueue(ctx.db, job)
    await ctx.close()
    expect(await sceau('issue', '--json')).toBe(1)
    expect(json()).toEqual({ ran: 1, waiting: 1, givenUp: 0 })
  })
})

describe('sceau backup', () => {
  test('copies the store and the keys beside the running service, and they can be used', async () => {
    const copy = join(folder, 'copy')
    expect(await beside(() => sceau('backup', copy, '--json'))).toBe(0)
    // The vault's, and the school's.
    expect(json()).toMatchObject({ folder: copy, entries: 1, keyFiles: 2, opensItself: true })
    expect(errors.join()).toContain('master.key')
    expect(readdirSync(copy).sort()).toEqual(['keys', 'sceau.sqlite'])
    env = { DATA_DIR: copy, KEYS_DIR: join(copy, 'keys'), LOG_LEVEL: 'silent' }
    expect(await sceau('keys', '--json')).toBe(0)
    expect(json()).toHaveLength(1)
    const other = join(folder, 'other')
    env = { DATA_DIR: other, KEYS_DIR: join(other, 'keys'), LOG_LEVEL: 'silent' }
    expect(await sceau('restore', copy)).toBe(0)
    const restored = await openContext(loadConfig(env))
    const [key] = await restored.db.selectFrom('organisation_keys').selectAll().execute()
    expect(await restored.keys.sign(handleOf(key!), Buffer.from('x'))).toHaveLength(64)
    await restored.close()
  })

  test('writes over nothing', async () => {
    expect(await sceau('backup', folder)).toBe(2)
    expect(errors.join()).toContain('not empty')
  })

  test('of a PostgreSQL that does not answer leaves no backup', async () => {
    env = { ...env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
    const copy = join(folder, 'copy')
    expect(await sceau('backup', copy)).toBe(2)
    expect(errors.join()).toContain('ECONNREFUSED')
    expect(existsSync(join(copy, 'sceau.sqlite'))).toBe(false)
  })
})

describe('sceau import', () => {
  const year = schoolYearOf(new Date().toISOString().slice(0, 10))
  const student = {
    ine: '000000001AA',
    familyName: 'Kerguélen',
    givenName: 'Zoé',
    sex: 'F',
    birthDate: `${year - 15}-02-03`,
    mef: '2472250331',
    division: '2PC',
  }
  const list = (students: (typeof student)[]) => {
    const file = join(folder, 'list.xml')
    writeFileSync(file, siecleXml({ uai: '9990001X', schoolYear: year, students }))
    return [file, '--school', '9990001X', '--year', String(year), '--json']
  }

  test('tells what it would do, does it, and does it once', async () => {
    expect(await beside(() => sceau('import', ...list([student]), '--dry-run'))).toBe(0)
    expect(json().totals).toMatchObject({ new: 1 })
    expect(await sceau('import', ...list([student]))).toBe(0)
    expect(json().totals).toMatchObject({ new: 1 })
    expect(await sceau('import', ...list([student]))).toBe(0)
    expect(json().totals).toMatchObject({ new: 0, unchanged: 1 })
  })

  test('refuses a list with a wrong row, or leaves the row out if that is asked', async () => {
    const wrong = { ...student, ine: 'x' }
    const other = { ...student, ine: '000000002AA' }
    expect(await sceau('import', ...list([other, wrong]))).toBe(1)
    expect(errors.join()).toContain('Refused rows: 1')
    expect(await sceau('import', ...list([other, wrong]), '--leave-out-refused')).toBe(1)
    expect(json().totals).toMatchObject({ new: 1, refused: 1 })
  })

  test('takes a CSV, by a mapping or by its known header, and tells the columns', async () => {
    const path = join(folder, 'list.csv')
    const birthDate = student.birthDate.split('-').reverse().join('/')
    const row = [student.familyName, student.givenName, birthDate, student.ine, '2PC'].join(';')
    writeFileSync(path, `Nom;Prénom;Né(e) le;N° INE;Classe\n${row}\n`)
    const where = ['--school', '9990001X', '--year', String(year), '--json']
    expect(await sceau('import', path, ...where)).toBe(1)
    expect(errors.join()).toContain('The columns of this CSV are not known')

    const mapping = join(folder, 'mapping.json')
    writeFileSync(mapping, '{"columns": {"INE": "N° INE"}}')
    expect(await sceau('import', path, ...where, '--mapping', mapping)).toBe(1)
    expect(errors.join()).toContain('This is no mapping')
    const columns = {
      ID_NATIONAL: 'N° INE',
      NOM_DE_FAMILLE: 'nom',
      PRENOM: 'prénom',
      DATE_NAISS: 'né(e) le',
      CODE_STRUCTURE: 'classe',
    }
    writeFileSync(mapping, JSON.stringify({ columns, level: '2NDE_PRO' }))
    expect(await sceau('import', path, ...where, '--mapping', mapping)).toBe(0)
    expect(json().totals).toMatchObject({ new: 1 })

    const header =
      'ine;prénom;nom;date_naissance;label_classe;mef_code;année_scolaire;Sexe biologique'
    const wrong = ['000000002BB', 'Noé', 'DÉMO', '31/02/2011', '2PC', student.mef, year, 'h']
    writeFileSync(path, `${header}\n${wrong.join(';')}\n`)
    expect(await sceau('import', path, ...where.slice(0, -1), '--dry-run')).toBe(1)
    expect(errors.join()).toContain('1 (2) DATE_NAISS [4]: There is no such day')
  })

  test('knows the lycée by its UAI', async () => {
    const [file] = list([student])
    expect(await sceau('import', file!, '--school', '9990002Y', '--year', String(year))).toBe(1)
    expect(errors.join()).toContain('9990002Y')
  })
})
