import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import { lookupsOf } from '../../src/issuer/own-lookups.js'
import { makeServiceKey, serviceDid, serviceDidDocument } from '../../src/people/service-keys.js'
import { freePort, startServer } from '../../src/serve.js'
import { checkArchive } from '../../src/verifier/archive/check-archive.js'
import { keysOfController } from '../../src/verifier/issuer-documents.js'
import type { Lookups } from '../../src/verifier/lookups.js'
import { runNextJob } from '../../src/worker.js'
import { close, inTerminale, PRIVATE } from '../issuer/leaving/story.js'
import type { Issued } from '../issuer/share-story.js'
import { PASSWORD } from '../people/people.js'
import { openSmtpServer, textOfMail } from '../support/smtp-server.js'
import { openWorld, type World } from '../support/world.js'
import { openChromium } from './chromium.js'
import { faultsOf, NARROW } from './faults.js'
import { signIn } from './walk.js'

/**
 * A student of Terminale leaves, on the narrowest phone, with mails taken off a mail server, and every request of every
 * browser written down. The tests follow each other.
 */
const SCHOOL = 'student@example.org'
const NEW = 'Une-phrase-pour-apres-2'
let world: World
let issued: Issued
let url: string
let mails: Awaited<ReturnType<typeof openSmtpServer>>
let server: Awaited<ReturnType<typeof startServer>>
let browser: Browser
let student: Page
let shared: string
const asked: { url: string; referer: string | undefined }[] = []
const errors: string[] = []

beforeAll(async () => {
  mails = await openSmtpServer()
  const port = await freePort(0)
  url = `http://127.0.0.1:${port}`
  const settings = { NODE_ENV: 'test', PUBLIC_URL: url, REQUIRE_PASSKEYS: 'off' }
  const mail = { SMTP_URL: mails.url, MAIL_FROM: 'sceau@example.org' }
  world = await openWorld({ config: loadConfig({ ...settings, ...mail }) })
  await makeServiceKey(world)
  issued = await inTerminale(world)
  server = await startServer(createApp(world), port)
  browser = await openChromium()
  student = await phone()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await mails?.close()
})

test('LV-01 in Terminale the page of one’s badges asks for a private address', async () => {
  await signIn(student, url, { email: SCHOOL, password: PASSWORD })
  await open(student, '/my-badges')
  await student.getByRole('link', { name: 'Donner une adresse privée' }).click()
  await student.waitForURL(`${url}/my-contact`)
  await isSound(student)
  await student.getByLabel('Adresse électronique privée').fill(PRIVATE)
  await press(student, 'Envoyer le lien')
  expect(await student.locator('main').innerText()).toContain('Un courriel est parti')
})

test('LV-02 its link is mailed there, and confirms it once it is pressed', async () => {
  const link = await mailedTo(PRIVATE, /http:\S+\/private-contact\/[\w-]+/)
  await open(student, link)
  expect(await student.locator('main').innerText()).toContain(PRIVATE)
  await press(student, 'Confirmer cette adresse')
  expect(await student.locator('main').innerText()).toContain('Cette adresse est confirmée')
  await open(student, '/my-badges')
  expect(await student.getByRole('link', { name: 'Donner une adresse privée' }).count()).toBe(0)
})

test('LV-03 the archive holds every badge, and its signature is the service’s', async () => {
  const lookups = (): Lookups => {
    const own = lookupsOf(world)
    return {
      ...own,
      issuerKeys: async (issuer, method) =>
        issuer === serviceDid(url)
          ? keysOfController(await serviceDidDocument(world), issuer)
          : own.issuerKeys(issuer, method),
    }
  }
  const bytes = await taken(student, () => press(student, 'Télécharger le dossier (ZIP)', false))
  const report = await checkArchive(bytes, { lookups, now: world.now(), language: 'fr' })
  expect(report).toMatchObject({ verdict: 'valid' })
})

test('and the printed sheet has a code, which opens the badge to anybody', async () => {
  await open(student, '/my-codes')
  await press(student, 'Préparer la feuille')
  const code = await student.locator('main table code').first().innerText()
  const sheet = student.getByRole('link', { name: 'Télécharger la feuille (PDF)' })
  const pdf = await taken(student, () => sheet.click())
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  const employer = await phone()
  await open(employer, '/verify')
  await employer.getByLabel('Le lien, le code ou le badge').fill(code)
  await employer.getByRole('button', { name: 'Vérifier ce badge' }).click()
  expect(await employer.getByRole('status').first().innerText()).toContain('Ce badge est valide')
  await employer.context().close()
  await open(student, `/my-badges/${issued.badgeId}`)
  await student.getByLabel('Pour qui est ce lien ?').fill('CV')
  await press(student, 'Ouvrir un lien')
  shared = await student
    .getByRole('region', { name: 'CV' })
    .getByLabel('Adresse à donner')
    .inputValue()
})

test('LV-05 the school closes the account: the session that is open sees one’s own badges, and the link still works', async () => {
  await close(world, issued)
  await open(student, '/my-badges')
  expect(await student.locator('main').innerText()).toContain('Votre lycée a fermé votre accès')
  await linkWorks()
  await student.context().close()
})

test('a lost password is chosen anew by a link to the private address, which then signs in', async () => {
  const former = await phone()
  await open(former, '/sign-in/private')
  await former.getByLabel('Adresse électronique privée').fill(PRIVATE)
  await press(former, 'Envoyer le lien')
  await open(former, await mailedTo(PRIVATE, /http:\S+\/set-up\/[\w-]+/))
  await former.getByLabel('Mot de passe').fill(NEW)
  await former.locator('main form button').last().click()
  await former.waitForLoadState()
  await former.context().close()
  const later = await phone()
  await signIn(later, url, { email: PRIVATE, password: NEW })
  await open(later, '/my-badges')
  await later.locator(`main a[href="/my-badges/${issued.badgeId}"]`).first().click()
  await later.waitForURL(/\/my-badges\/[\w-]+$/)
  await isSound(later)
  await open(later, '/my-contact')
  for (const path of ['/students', '/dossiers/new', '/leavers', '/people'])
    expect((await later.goto(url + path))?.status(), path).toBeGreaterThanOrEqual(403)
  await later.context().close()
  await linkWorks()
})

test('no browser asked anybody else for anything, or took a secret address along to another page', () => {
  expect(asked.length).toBeGreaterThan(50)
  expect(asked.filter((one) => !one.url.startsWith(`${url}/`))).toEqual([])
  const took = asked.filter((one) => {
    const from = one.referer ?? ''
    return /\/(?:b|set-up|private-contact)\/./.test(from) && !one.url.startsWith(from)
  })
  expect(took).toEqual([])
  expect(errors).toEqual([])
})

async function linkWorks(): Promise<void> {
  const employer = await phone()
  await open(employer, shared)
  expect(await employer.getByText(/Vérifié à l’instant/).count()).toBe(1)
  expect(await employer.content()).not.toMatch(/Zoé|Kergu/)
  await employer.context().close()
}

/** The link of the newest mail, which is to this address alone. */
async function mailedTo(address: string, link: RegExp): Promise<string> {
  while (await runNextJob(world)) continue
  const mail = mails.received.findLast(({ to }) => to.includes(address))
  expect(mail?.to).toEqual([address])
  const text = mail ? textOfMail(mail) : ''
  expect(text).not.toMatch(/Zoé|Kergu/)
  return link.exec(text)?.[0] ?? ''
}

async function phone(): Promise<Page> {
  const viewport = { width: NARROW, height: 700 }
  const context = await browser.newContext({ locale: 'fr-FR', viewport, acceptDownloads: true })
  context.on('request', (one) => {
    if (!/^(?:data|blob):/.test(one.url()))
      asked.push({ url: one.url(), referer: one.headers()['referer'] })
  })
  context.on('weberror', (error) => errors.push(error.error().message))
  return context.newPage()
}

async function open(page: Page, address: string): Promise<void> {
  const answered = await page.goto(new URL(address, url).href)
  expect(answered?.status(), address).toBe(200)
  await isSound(page)
}

async function isSound(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([])
}

async function press(page: Page, name: string, leads = true): Promise<void> {
  await page.locator('main').getByRole('button', { name }).first().click()
  if (!leads) return
  await page.waitForLoadState()
  expect(await page.getByRole('alert').allInnerTexts()).toEqual([])
  await isSound(page)
}

async function taken(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()])
  return readFile(await file.path())
}
