import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pages } from '../../src/app.js'
import { openChromium } from './chromium.js'
import { startDemo, type RunningDemo } from './demo.js'
import { darkFaultsOf, englishFaultsOf, faultsOf, NARROW, watch } from './faults.js'
import { pressOn, tabTo } from './keyboard.js'
import {
  issuedBatch,
  holdKnown,
  makeReady,
  noticeOf,
  privateLink,
  type Ready,
} from './make-ready.js'
import { shapesOf, signIn, walk } from './walk.js'

/**
 * Every page of the demo, as each role comes to it by links: one of each shape. In English and in the dark once.
 * The school's staff come to most of them, and go first.
 */
const shapeOf = shapesOf(pages.map(({ path }) => path))
/** What nobody comes to by a link, and why. */
const OUT_OF_REACH: Readonly<Record<string, string>> = {
  '/sign-out': 'a form alone',
  '/set-up/:token': 'its links are used up when the demo is filled',
  '/sign-in/accept': 'is there for who comes back from a provider, and a demo has none',
  '/recover/:token': 'its links are made by two people with passkeys',
  '/g/:token': 'its links are in mail to guardians alone, sealed in the outbox',
  '/e/:token': 'its links are in mail to people of companies alone, sealed in the outbox',
  '/e/:token/data': 'behind the same links',
  '/d/:token': 'its links are in mail to addresses of companies alone, sealed in the outbox',
  '/docs': 'Swagger UI, which is not ours',
}
/** What is another page for another role: looked at for each, all else for who comes to it first. */
const DIFFERENT = new Set([
  '/',
  '/alerts',
  '/classes/:id',
  '/cohorts/:id',
  '/confirm',
  '/contributions',
  '/cordees/:id',
  '/dossiers/:id',
  '/indicators',
  '/pairs/:id',
  '/people',
  '/placements',
  '/placements/:id',
  '/schemes',
])
const PUBLIC = ['/', '/verify', '/about', '/accessibilite', '/confidentialite', '/sign-in']

let demo: RunningDemo
let browser: Browser
let ready: Ready
const seen = new Set<string>()
const faults: string[] = []
beforeAll(async () => {
  browser = await openChromium()
  demo = await startDemo()
  const teacher = await (await phone()).newPage()
  await signIn(teacher, demo.facts.url, accountOf('school-staff'))
  ready = await makeReady(teacher, demo.facts.url)
  await teacher.context().close()
}, 1_800_000)
afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

test('every page that any role reaches is sound on the narrowest phone', async () => {
  const { url, accounts, examples } = demo.facts
  const shared = Object.values(examples).filter((link) => link !== null)
  const links = [...shared, ready.mentorLink, ready.tutorLink].map((link) => link.replace(url, ''))
  await look('public', PUBLIC)
  for (const link of links) await look('public', [link], { alone: true })
  const staffFirst = accounts.toSorted(
    (one, other) => Number(isStaff(other)) - Number(isStaff(one)),
  )
  for (const account of staffFirst) await look(account.role, ['/'], { account })
  expect(faults).toEqual([])
}, 1_800_000)

test('no page is left out but those that are out of reach', () => {
  const missed = pages.map(({ path }) => path).filter((path) => !seen.has(path))
  expect(missed.filter((path) => !(path in OUT_OF_REACH))).toEqual([])
})

test('menu, recording and the reading of a warning need a keyboard alone', async () => {
  const page = await (await phone()).newPage()
  await signIn(page, demo.facts.url, accountOf('school-staff'))
  await page.goto(`${demo.facts.url}/`)
  await pressOn(page, page.locator('nav a[href="/cohorts"]'), 'Enter')
  await page.waitForURL(/\/cohorts$/)
  await pressOn(page, page.locator('main a[href^="/cohorts/"]').first(), 'Enter')
  await page.waitForURL(/\/cohorts\/[\w-]+$/)
  await pressOn(page, page.locator('a[href$="?like=last"]'), 'Enter')
  await page.waitForURL(/like=last$/)
  // Another kind takes the place of the last one; a topic that nobody agreed to warns.
  await tabTo(page, page.locator('[name=kind]:checked'))
  while ((await page.locator('[name=kind]:checked').inputValue()) !== 'PROJET')
    await page.keyboard.press('ArrowDown')
  await pressOn(page, page.locator('[name=topicAgreed]'), 'Space')
  const record = page.getByRole('button', { name: 'Enregistrer la séance' })
  await pressOn(page, record, 'Enter')
  const warnings = page.locator('[name=acknowledged][type=checkbox]')
  await warnings.first().waitFor()
  for (const box of await warnings.all()) await pressOn(page, box, 'Space')
  await pressOn(page, record, 'Enter')
  await page.waitForURL(/\/sessions\/[\w-]+\/link$/)
  await page.context().close()
})

test('a tutor fills in the grid and sends it with a keyboard alone', async () => {
  const page = await (await phone()).newPage()
  await page.goto(ready.tutorLink)
  const radios = page.locator('main [type=radio]')
  const all = await radios.evaluateAll((found) => found.map((one) => one.getAttribute('name')))
  for (const name of new Set(all))
    await pressOn(page, page.locator(`[name="${name}"]`).first(), 'Space')
  await tabTo(page, page.locator('[name=daysDone]'))
  await page.keyboard.type('1')
  await pressOn(page, page.getByRole('button', { name: 'Envoyer le bilan' }), 'Enter')
  await page.getByRole('heading', { level: 1, name: 'Merci' }).waitFor()
  await page.context().close()
})

/** Where else a role begins: what stands behind a form, or is linked to only in trouble. */
const BEHIND: Readonly<Record<string, (page: Page) => Promise<readonly string[]>>> = {
  'school-staff': async () => ready.starts,
  'school-approver': async (page) => [
    await holdKnown(page, demo.facts.url),
    await issuedBatch(page, demo.facts.url),
    `${await firstOf(page, '/dossiers?state=proposed', '/dossiers/')}/ask`,
  ],
  student: async (page) => [await privateLink(page, demo.facts.url)],
  'liaison-officer': async (page) => [await noticeOf(page, demo.facts.url)],
  'company-admin': async (page) => [`${await definitionOf(page)}/versions/1/endorsement`],
  'platform-admin': async () => ['/mail', '/step-up', '/sign-in/passkey'],
}

/** The first link of a list to one of its lines. */
async function firstOf(page: Page, list: string, prefix: string): Promise<string> {
  await page.goto(demo.facts.url + list)
  const links = page.locator(`main a[href^="${prefix}"]:not([href$="/new"])`)
  return (await links.first().getAttribute('href')) ?? ''
}

/** The definition of the newest badge that a company endorsed. */
async function definitionOf(page: Page): Promise<string> {
  await page.goto(demo.facts.url + (await firstOf(page, '/badges', '/badges/')))
  const image = await page.locator('main img[src^="/achievements/"]').first().getAttribute('src')
  return `/definitions/${image?.split('/')[2] ?? ''}`
}

type Who = Readonly<{ account?: ReturnType<typeof accountOf>; alone?: boolean }>

async function look(name: string, starts: readonly string[], who: Who = {}): Promise<void> {
  const { url } = demo.facts
  const { account, alone = false } = who
  const context = await phone()
  const page = await context.newPage()
  if (account) await signIn(page, url, account)
  const inEnglish = await phone('en-GB', await context.storageState())
  const english = await inEnglish.newPage()
  const more = (await BEHIND[name]?.(page)) ?? []
  let here = ''
  const say = (fault: string) => faults.push(`${name} ${here}: ${fault}`)
  watch(context, url, say)
  const isDrawn = (shape: string) => alone || !seen.has(shape) || DIFFERENT.has(shape)
  const walked = { url, shapeOf, starts: [...starts, ...more], onlyStarts: alone, isDrawn }
  await walk(page, walked, async (shape, path, status) => {
    here = shape
    if (status !== 200) return void say(`${status} ${path}`)
    const isNew = !seen.has(shape) || alone
    seen.add(shape)
    if (shape in OUT_OF_REACH) return
    for (const fault of await faultsOf(page)) say(fault)
    if (!isNew) return
    for (const fault of await darkFaultsOf(page)) say(fault)
    for (const fault of await englishFaultsOf(english, url + path)) say(fault)
  })
  await inEnglish.close()
  await context.close()
}

function isStaff({ role }: { role: string }): boolean {
  return role === 'school-staff'
}

function accountOf(role: string) {
  return demo.facts.accounts.find((account) => account.role === role)!
}

type Kept = Awaited<ReturnType<BrowserContext['storageState']>>

function phone(locale = 'fr-FR', storageState?: Kept): Promise<BrowserContext> {
  const viewport = { width: NARROW, height: 700 }
  return browser.newContext({ locale, viewport, ...(storageState && { storageState }) })
}
