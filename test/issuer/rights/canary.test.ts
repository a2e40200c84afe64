import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../../../src/cli/program.js'
import { freePort } from '../../../src/serve.js'
import { tabOf, textOf } from '../../mentoring/browser.js'
import { PASSWORD } from '../../people/people.js'
import { openSmtpServer, subjectOf, textOfMail } from '../../support/smtp-server.js'
import { DAY } from '../../support/world.js'
import { CANARIES, NOW, prepare, SECRETS, WRITTEN } from './canary-story.js'
import { foundIn, startService } from './running-service.js'

/**
 * One student whose every field is a string that stands nowhere else, and a classmate with the same facts, over HTTP: two
 * badges each, shared, named, closed, revoked; errors of every kind; at last an erasure. The tests follow each other.
 */
type Tab = ReturnType<typeof tabOf>
type Student = 'canary' | 'classmate'

let folder: string
let env: Record<string, string>
let url: string
let mails: Awaited<ReturnType<typeof openSmtpServer>>
let service: Awaited<ReturnType<typeof startService>>
let tabs: Record<'teacher' | 'head' | 'tutor' | 'boss' | Student, Tab>
let badgesOf: Record<Student, readonly string[]>
/** What anybody at all could read of each badge, by its form. */
const publicOf: Record<Student, string[]> = { canary: [], classmate: [] }
/** All that left for somebody who may not know who the student is. */
const told: string[] = []
/** What opens something: no log has it. */
const keysToDoors: string[] = []
let templates: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sceau-canary-'))
  mkdirSync(join(folder, 'tmp'))
  mails = await openSmtpServer()
  const port = String(await freePort(0))
  url = `http://127.0.0.1:${port}`
  env = {
    ...{
      DATA_DIR: join(folder, 'data'),
      KEYS_DIR: join(folder, 'keys'),
      TMPDIR: join(folder, 'tmp'),
    },
    ...{ PUBLIC_URL: url, PORT: port, LOG_LEVEL: 'debug', NOW, REQUIRE_PASSKEYS: 'off' },
    ...{ SMTP_URL: mails.url, MAIL_FROM: 'sceau@example.org' },
  }
  templates = await prepare(env)
  service = await startService(env)
  tabs = {
    ...{ teacher: await signedIn('teacher@example.org'), head: await signedIn('head@example.org') },
    ...{ tutor: await signedIn('tutor@example.org'), boss: await signedIn('boss@example.org') },
    ...{
      canary: await signedIn(CANARIES.email),
      classmate: await signedIn('classmate@example.org'),
    },
  }
}, 600_000)
afterAll(async () => {
  await service?.stop()
  await mails?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('two badges of each are issued, over HTTP', async () => {
  badgesOf = {
    classmate: await award('student-2', 'classmate'),
    canary: await award('student', 'canary'),
  }
  expect(new Set([...badgesOf.canary, ...badgesOf.classmate]).size).toBe(4)
}, 600_000)

test('the student, who is 14, shares one without a name and one with it, which ends; contests, objects, and a badge is revoked', async () => {
  await agreedWithGuardian()
  for (const student of ['classmate', 'canary'] as const) {
    for (const badge of badgesOf[student]) {
      await readAsAnybody(student, await opened(student, badge))
      // What is of the moment of reading is of no badge.
      await sleep(1_100)
    }
  }
  const [, second = ''] = badgesOf.canary
  const named = await opened('canary', second, 'named')
  expect(textOf(await anybody().get(named))).toContain(`${CANARIES.given} ${CANARIES.family}`)
  for (const form of ['.json', '.jwt', '.svg', '.png']) told.push(await bytesAt(named + form))
  await closeNamed(second)
  told.push((await anybody().get(named)).text)
  await ok(tabs.canary, '/my-consents', {
    act: 'object',
    processing: 'figures',
    reason: CANARIES.consents,
  })
  await ok(tabs.head, `/badges/${second}`, { reason: 'Délivré par erreur' })
  await contested()
}, 600_000)

test('what is wrong is refused, with the value on the page of who sent it and nowhere else', async () => {
  const statuses = await provoke()
  expect([...new Set(statuses)].toSorted()).toEqual([400, 401, 403, 404, 405, 409])
}, 600_000)

test('SH-03 no public page, file, list, verification, metric or error has any of it', async () => {
  for (const path of [
    '/healthz',
    '/readyz',
    '/',
    '/about',
    '/openapi.yaml',
    '/.well-known/did.json',
  ])
    told.push((await anybody().get(path)).text)
  for (const id of templates) {
    told.push((await anybody().get(`/achievements/${id}`)).text)
    told.push((await anybody().get(`/achievements/${id}/v/1`)).text)
  }
  for (const text of publicOf.canary)
    for (const list of new Set(text.match(/http:\/\/[\d.:]+\/status[^"\\\s]*/g)))
      told.push((await anybody().get(new URL(list.split('#')[0]!).pathname)).text)
  expect(told.length).toBeGreaterThan(15)
  expect(whereOf([...publicOf.canary, ...told])).toEqual([])
  expect(foundIn(join(folder, 'data', 'published'), WRITTEN)).toEqual([])
})

test('MT-07 no line of the log has a name, an address, a token, a password or a badge', () => {
  const log = service.log()
  expect(log.split('\n').length).toBeGreaterThan(100)
  expect(whereOf([log])).toEqual([])
  expect(keysToDoors.length).toBeGreaterThan(8)
  for (const key of [PASSWORD, 'proofValue', '"OpenBadgeCredential"', ...keysToDoors])
    expect(log.includes(key), key).toBe(false)
})

test('nor has a mail, its subject, or a file that was left behind', () => {
  expect(mails.received.map(({ to }) => to).flat()).toContain(CANARIES.guardianEmail)
  for (const mail of mails.received) {
    const own = mail.to.join()
    const secrets = WRITTEN.filter((one) => !own.includes(one))
    const read = [subjectOf(mail), textOfMail(mail), mail.raw].join('\n')
    expect(secrets.filter((one) => read.includes(one))).toEqual([])
  }
  expect(foundIn(join(folder, 'tmp'), WRITTEN)).toEqual([])
})

test('no value links the two badges that is not of the classmate’s as well', () => {
  const [one = new Set<string>(), other = new Set<string>()] = halves('canary').map(valuesIn)
  const common = new Set(publicOf.classmate.flatMap((text) => [...valuesIn(text)]))
  expect(one.size).toBeGreaterThan(100)
  const links = [...one].filter((value) => other.has(value) && !common.has(value))
  expect(links).toEqual([])
})

test('after the erasure nothing is in database, write-ahead log, folder, or a backup that is kept', async () => {
  await backedUp('before')
  // Sealed under the student's own key: readable to whoever restores it with the keys, and in no byte of it.
  expect(foundIn(join(folder, 'data'), SECRETS).length).toBeGreaterThan(3)
  expect(foundIn(join(folder, 'copies'), SECRETS)).toEqual([])
  await ok(tabs.canary, '/my-data', { do: 'ask', badges: 'keep' })
  await ok(tabs.head, '/students/student/data', { do: 'agree' })
  await ok(tabs.teacher, '/students/student/data', { do: 'second' })
  await expect
    .poll(async () => (await tabs.teacher.get('/students/student')).status, { timeout: 120_000 })
    .toBe(404)
  await expect
    .poll(() => foundIn(join(folder, 'data'), SECRETS), { timeout: 120_000, interval: 500 })
    .toEqual([])
  await service.stop()
  expect(whereOf([service.log()])).toEqual([])
  const old = new Date(Date.now() - 31 * DAY)
  utimesSync(join(folder, 'copies', 'before', 'sceau.sqlite'), old, old)
  await backedUp('after', '--delete-old')
  expect(readdirSync(join(folder, 'copies'))).toEqual(['after'])
  for (const place of ['copies', 'data', 'tmp'])
    expect(foundIn(join(folder, place), SECRETS)).toEqual([])
}, 600_000)

async function backedUp(name: string, ...options: string[]): Promise<void> {
  const words = ['backup', join(folder, 'copies', name), ...options]
  const out = { log: () => undefined, error: (line: string) => told.push(line) }
  expect(await runCommand(['node', 'sceau', ...words], env, out)).toBe(0)
}

const anybody = () => tabOf(url)

async function signedIn(email: string): Promise<Tab> {
  const cookies = new Map<string, string>()
  const tab = tabOf(url, cookies)
  const answer = await tab.send('/sign-in', { email, password: PASSWORD })
  expect(answer.status, answer.text).toBe(303)
  keysToDoors.push(...[...cookies.values()].filter((value) => value.length >= 20))
  return tab
}

async function ok(tab: Tab, path: string, fields: Parameters<Tab['send']>[1]) {
  const answer = await tab.send(path, fields)
  expect(answer.status, `${path} ${textOf(answer)}`).toBe(303)
  return answer
}

/** From the dossier to the signature, for both definitions. @returns the ids of the badges */
async function award(studentId: string, student: Student): Promise<string[]> {
  const badges: string[] = []
  for (const template of templates) {
    const made = await ok(tabs.teacher, `/dossiers/new?student=${studentId}`, {
      badge: `${template}.1`,
    })
    const dossier = made.headers['location'] as string
    await ok(tabs.teacher, dossier, { act: 'propose' })
    const digest = /name="digest" value="([^"]+)"/
    const shown = async (tab: Tab) => digest.exec((await tab.get(dossier)).text)?.[1] ?? ''
    const said = { function: 'Tuteur', comment: 'Un travail soigné, du moule au démoulage.' }
    await ok(tabs.tutor, dossier, { act: 'assess', digest: await shown(tabs.tutor), ...said })
    await ok(tabs.boss, dossier, {
      act: 'endorse',
      digest: await shown(tabs.boss),
      entitled: 'yes',
      ...said,
    })
    await ok(tabs.head, dossier, { act: 'approve', digest: await shown(tabs.head) })
    await expect
      .poll(async () => /\/my-badges\/[\w-]+/.test((await tabs[student].get('/my-badges')).text), {
        timeout: 120_000,
      })
      .toBe(true)
    await expect
      .poll(async () => (await listed(student)).length, { timeout: 120_000, interval: 300 })
      .toBe(badges.length + 1)
    badges.push(...(await listed(student)).filter((id) => !badges.includes(id)))
    // Badges that are signed in one second say that second: these are of two.
    await sleep(1_100)
  }
  return badges
}

async function listed(student: Student): Promise<string[]> {
  const { text } = await tabs[student].get('/my-badges')
  return [...new Set([...text.matchAll(/\/my-badges\/([\w-]{10,})/g)].map(([, id = '']) => id))]
}

/** @returns the path of a link that is opened */
async function opened(student: Student, badge: string, shows = 'evidence'): Promise<string> {
  const before = await linksOn(student, badge)
  await ok(tabs[student], `/my-badges/${badge}`, {
    label: student === 'canary' ? CANARIES.label : 'CV',
    life: 'month',
    shows,
  })
  const [made = ''] = (await linksOn(student, badge)).filter((one) => !before.includes(one))
  expect(made).not.toBe('')
  keysToDoors.push(made.slice('/b/'.length))
  return made
}

async function linksOn(student: Student, badge: string): Promise<string[]> {
  const { text } = await tabs[student].get(`/my-badges/${badge}`)
  return [...new Set(text.match(/\/b\/[\w-]{22}\b/g))]
}

/** The guardian agrees to both by letter and code, and looks at the page without a session. */
async function agreedWithGuardian(): Promise<void> {
  const consents = '/students/student/consents'
  const guardian = { name: CANARIES.guardian, email: CANARIES.guardianEmail, language: 'fr' }
  await ok(tabs.teacher, consents, { act: 'add', ...guardian })
  for (const purpose of ['public-page', 'named-link']) {
    const { text } = await tabs.canary.get('/my-consents')
    const [, guardianId = ''] = /name="guardianId"[\s\S]*?<option value="([\w-]+)"/.exec(text) ?? []
    const asked = { act: 'ask', guardianId, purpose, badgeId: '' }
    const shown = await tabs.canary.send('/my-consents', asked)
    const [, code = ''] = /value="(\d{4} \d{4})"/.exec(shown.text) ?? []
    const letters = purpose === 'public-page' ? 1 : 2
    await expect.poll(() => letter().length, { timeout: 120_000 }).toBe(letters)
    const path = /\/g\/[\w-]+/.exec(textOfMail(letter().at(-1)!))![0]
    const page = await anybody().get(path)
    told.push(page.text)
    await ok(anybody(), path, { act: 'answer', answer: 'agreed', code })
    keysToDoors.push(path.slice('/g/'.length), code)
  }
}

const letter = () => mails.received.filter(({ to }) => to.includes(CANARIES.guardianEmail))

async function closeNamed(badge: string): Promise<void> {
  const { text } = await tabs.canary.get(`/my-badges/${badge}`)
  const [, close = ''] = /name="close" value="([^"]+)"/.exec(text)!
  await ok(tabs.canary, `/my-badges/${badge}`, { close })
}

async function bytesAt(path: string): Promise<string> {
  const answer = await fetch(url + path)
  expect(answer.status, path).toBe(200)
  return Buffer.from(await answer.arrayBuffer()).toString('utf8')
}

/** The page, the files, and what a verification says. */
async function readAsAnybody(student: Student, link: string): Promise<void> {
  const page = await anybody().get(link)
  const json = await bytesAt(`${link}.json`)
  const jwt = await bytesAt(`${link}.jwt`)
  const [, payload = ''] = jwt.split('.')
  const report = await fetch(`${url}/verifications`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: json },
  })
  publicOf[student].push(
    [
      ...[
        page.text,
        JSON.stringify(page.headers),
        json,
        Buffer.from(payload, 'base64url').toString(),
      ],
      ...[await bytesAt(`${link}.svg`), await bytesAt(`${link}.png`), await bytesAt(`${link}.pdf`)],
      await report.text(),
    ].join('\n'),
  )
}

/** What is to be read of each of the two badges. */
const halves = (student: Student) => publicOf[student]

/** Words, ids, hashes, keys, addresses, places in lists and times that a text holds. */
function valuesIn(text: string): Set<string> {
  // Strokes of a drawing, widths of letters and offsets in a PDF are the same by chance.
  const said = text
    .replaceAll(/ d="[^"]*"/g, '')
    .replaceAll(/\nxref[\s\S]*?trailer|\b\d+\.\d+\b/g, '')
  return new Set(said.match(/[\p{L}\p{N}_:./$#=+-]{6,}/gu))
}

const whereOf = (texts: readonly string[]) =>
  texts.flatMap((text) =>
    WRITTEN.flatMap((secret) => {
      const at = text.indexOf(secret)
      return at < 0 ? [] : [text.slice(Math.max(0, at - 80), at + 80)]
    }),
  )

async function contested(): Promise<void> {
  const { text } = await tabs.canary.get('/my-record')
  const [, fact = ''] = /href="(\/my-record\/session\/[\w-]+\/contest)"/.exec(text)!
  await ok(tabs.canary, fact, { do: 'contest', version: '1', reason: CANARIES.contest })
}

/** @returns the statuses of what was asked, each with something of the student in the request */
async function provoke(): Promise<number[]> {
  const { given, family, email, ine, contest } = CANARIES
  const [first = ''] = badgesOf.canary
  const name = encodeURIComponent(`${given} ${family}`)
  const statuses: number[] = []
  for (const path of [
    `/b/${name}`,
    `/students/${name}`,
    `/${name}`,
    `/verify?badge=${name}`,
    `/achievements/${name}`,
  ]) {
    const answer = await anybody().get(path)
    statuses.push(answer.status)
    if (answer.status >= 400) told.push(JSON.stringify(answer.headers))
  }
  const wrong = await anybody().send('/sign-in', { email, password: `${family}-2026` })
  statuses.push(wrong.status)
  for (const [path, body, token] of [
    ['/verifications', `{"badge":"${family}`, ''],
    ['/verifications', JSON.stringify({ url: `${url}/b/${family}`, extra: contest }), ''],
    ['/v1/dossiers', JSON.stringify({ studentId: ine }), `${given}${ine}`],
  ] as const) {
    const answer = await fetch(url + path, {
      ...{ method: 'POST', body },
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
    })
    statuses.push(answer.status)
    told.push(await answer.text())
  }
  const revoked = badgesOf.canary[1] ?? ''
  for (const [tab, path, fields] of [
    [tabs.teacher, '/students/student', { email }],
    [
      tabs.teacher,
      '/students/student/consents',
      { act: 'add', name: family, email: given, language: contest },
    ],
    [tabs.canary, `/my-badges/${first}`, { label: `${family}\u0007`, life: contest }],
    [tabs.head, `/badges/${revoked}`, { reason: `Demandé par ${given} ${family}` }],
    [tabs.head, `/badges/${first}`, { reason: `Demandé par ${given} ${family}` }],
    [tabs.canary, '/erasures', {}],
    [tabs.tutor, '/students/student/data', { do: 'ask', badges: family }],
  ] as const) {
    const answer = await tab.send(path, fields)
    statuses.push(answer.status)
  }
  return statuses.filter((status) => status >= 400)
}
