import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import { openSession, sessionCookie } from '../../src/people/sessions.js'
import { findPersonByEmail } from '../../src/people/store.js'
import { freePort, startServer } from '../../src/serve.js'
import { runNextJob } from '../../src/worker.js'
import { issue, type Issued } from '../issuer/share-story.js'
import { bornOn } from '../mentoring/consents/story.js'
import { openSmtpServer, textOfMail } from '../support/smtp-server.js'
import { openWorld, SECOND, type World } from '../support/world.js'
import { openChromium } from './chromium.js'
import { faultsOf, NARROW } from './faults.js'

/**
 * A student of 14 shows a badge by name: on the narrowest phones, with the letter taken off a mail server, and every
 * request of every browser written down. The tests follow each other.
 */
let world: World
let issued: Issued
let url: string
let mails: Awaited<ReturnType<typeof openSmtpServer>>
let server: Awaited<ReturnType<typeof startServer>>
let browser: Browser
let teacher: Page
let student: Page
let guardian: Page
let employer: Page
/** Addresses that were asked for, by whom and from which page. */
const asked: { url: string; referer: string | undefined }[] = []
const errors: string[] = []
let named: string
let nameless: string

const NAMES = /Zoé|Kergu/

beforeAll(async () => {
  mails = await openSmtpServer()
  const port = await freePort(0)
  url = `http://127.0.0.1:${port}`
  const mail = { SMTP_URL: mails.url, MAIL_FROM: 'sceau@example.org' }
  const config = loadConfig({
    ...{ NODE_ENV: 'test', PUBLIC_URL: url, REQUIRE_PASSKEYS: 'off' },
    ...mail,
  })
  world = await openWorld({ config })
  issued = await issue(world)
  // 14 on the day of the tests, 15 on the next.
  await bornOn(world, '2011-11-25')
  server = await startServer(createApp(world), port)
  browser = await openChromium()
  teacher = await tab('teacher@example.org')
  student = await tab('student@example.org')
  guardian = await tab()
  employer = await tab()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await mails?.close()
})

test('alone, the student opens no link, with a name or without', async () => {
  await share('evidence', 'CV')
  expect(await refusals(student)).toContain('Avant 15 ans')
  await share('named', 'Candidature')
  expect(await refusals(student)).toContain('Avant 15 ans')
  expect(await world.db.selectFrom('share_links').selectAll().execute()).toEqual([])
})

test('the lycée notes the guardian, whom the student asks: a letter for them, a code for the student', async () => {
  await open(teacher, `/students/${issued.studentId}/consents`)
  await teacher.getByText('Ajouter un responsable légal').click()
  await teacher.getByLabel('Nom', { exact: true }).fill('Ariane Le Gall')
  await teacher.getByLabel('Adresse électronique').fill('ariane@example.net')
  await press(teacher, 'Ajouter ce responsable légal')
  expect(await teacher.content()).toContain('ariane@example.net')
  await askFor('Montrer un badge par un lien')
  const { link } = await newestLetter()
  await open(guardian, link)
  expect(await guardian.content()).toContain('Rien de votre enfant n’est public aujourd’hui.')
})

test('when both agree to show the badge, a link shows it, and no name', async () => {
  await agree(await askFor('Montrer un badge par un lien'))
  nameless = await shared('evidence', 'CV')
  await open(employer, nameless)
  expect(await employer.getByText(/Vérifié à l’instant/).count()).toBe(1)
  expect(await employer.content()).not.toMatch(NAMES)
  await share('named', 'Candidature')
  expect(await refusals(student)).toContain('Avant 15 ans')
})

test('EM-03 the code of a letter answers no later one, and nothing is agreed to without it', async () => {
  const old = await askFor('Ajouter le nom à un lien')
  const code = await askFor('Ajouter le nom à un lien')
  await answer('Oui, je suis d’accord', old)
  expect(await refusals(guardian)).not.toBe('')
  await share('named', 'Candidature')
  expect(await refusals(student)).toContain('Avant 15 ans')
  await agree(code)
})

test('SH-03 once both agree to the name, the named link alone shows it', async () => {
  named = await shared('named', 'Candidature')
  await open(employer, named)
  expect(await employer.locator('main').innerText()).toMatch(/Zoé\s+Kergu/)
  expect(await employer.title()).not.toMatch(NAMES)
  await open(employer, nameless)
  expect(await employer.content()).not.toMatch(NAMES)
  await open(guardian, new URL(guardian.url()).pathname)
  expect(await guardian.locator('main').innerText()).toContain('24 novembre 2026')
  expect(await guardian.content()).not.toMatch(/Candidature|Zoé|Kergu/)
})

test('SH-02 the guardian withdraws, and the name is gone at the next look; the badge stays', async () => {
  world.clock.advance(SECOND)
  await withdraw('Ajouter le nom à un lien')
  const answered = await employer.goto(named)
  expect(answered?.status()).toBe(200)
  expect(await employer.content()).not.toMatch(NAMES)
  expect(await employer.getByText(/Vérifié à l’instant/).count()).toBe(1)
  await isSound(employer)
  await open(student, `/my-badges/${issued.badgeId}`)
  const mine = student.getByText(/sans votre nom\s*: l’accord au nom est retiré/)
  expect(await mine.count()).toBe(1)
})

test('and then the badge too: both links are gone, before any job has run', async () => {
  world.clock.advance(SECOND)
  await withdraw('Montrer un badge par un lien')
  for (const link of [named, nameless]) {
    expect((await employer.goto(link))?.status()).toBe(410)
    expect(await employer.content()).not.toMatch(NAMES)
    await isSound(employer)
  }
})

test('no browser asked anybody else for anything, or took a secret address along to another page', () => {
  expect(asked.length).toBeGreaterThan(50)
  expect(asked.filter((one) => !one.url.startsWith(`${url}/`))).toEqual([])
  const took = asked.filter(({ referer }) => /\/(?:b|g)\/./.test(referer ?? ''))
  expect(took).toEqual([])
  expect(errors).toEqual([])
})

/** A phone of somebody, who is signed in if they have an account here. */
async function tab(email?: string): Promise<Page> {
  const viewport = { width: NARROW, height: 700 }
  const context = await browser.newContext({ locale: 'fr-FR', viewport })
  writeDown(context)
  if (email !== undefined) {
    const person = await findPersonByEmail(world.db, email)
    const value = await openSession(world, world.db, person!.id)
    await context.addCookies([{ name: sessionCookie(url).name, value, url }])
  }
  return context.newPage()
}

/** Unlike `watch`, it lets a page say that something was refused. */
function writeDown(context: BrowserContext): void {
  context.on('request', (one) => {
    if (!one.url().startsWith('data:'))
      asked.push({ url: one.url(), referer: one.headers()['referer'] })
  })
  context.on('weberror', (error) => errors.push(error.error().message))
}

async function open(page: Page, address: string): Promise<void> {
  const answered = await page.goto(new URL(address, url).href)
  expect(answered?.status()).toBe(200)
  await isSound(page)
}

async function isSound(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([])
}

async function press(page: Page, name: string): Promise<void> {
  await page.locator('main').getByRole('button', { name }).first().click()
  await page.waitForLoadState()
  await isSound(page)
}

async function refusals(page: Page): Promise<string> {
  return (await page.getByRole('alert').allInnerTexts()).join(' ')
}

async function share(shows: 'evidence' | 'named', label: string): Promise<void> {
  await open(student, `/my-badges/${issued.badgeId}`)
  await student.getByLabel('Pour qui est ce lien ?').fill(label)
  await student.locator(`[name=shows][value=${shows}]`).check()
  await press(student, 'Ouvrir un lien')
}

async function shared(shows: 'evidence' | 'named', label: string): Promise<string> {
  await share(shows, label)
  expect(await refusals(student)).toBe('')
  const link = student.getByRole('region', { name: label })
  return link.getByLabel('Adresse à donner').inputValue()
}

/** @returns the code, which the student reads once and hands over */
async function askFor(purpose: string): Promise<string> {
  await open(student, '/my-consents')
  await student.getByLabel('Pour quoi').selectOption({ label: purpose })
  await press(student, 'Demander par courriel')
  const code = await student.getByLabel('Code à donner').inputValue()
  expect(code).toMatch(/^\d{4} \d{4}$/)
  return code
}

/** What the guardian reads, off the mail server. */
async function newestLetter(): Promise<{ text: string; link: string }> {
  while (await runNextJob(world)) continue
  const mail = mails.received.at(-1)!
  expect(mail.to).toEqual(['ariane@example.net'])
  const text = textOfMail(mail)
  const link = /http:\S+\/g\/[\w-]+/.exec(text)?.[0] ?? ''
  expect(text).not.toMatch(NAMES)
  expect(text).not.toMatch(/\d{4} \d{4}/)
  return { text, link }
}

async function answer(button: string, code: string): Promise<void> {
  const { link } = await newestLetter()
  await open(guardian, link)
  await guardian.getByLabel('Code à 8 chiffres').fill(code)
  await press(guardian, button)
}

async function agree(code: string): Promise<void> {
  await answer('Oui, je suis d’accord', code)
  expect(await refusals(guardian)).toBe('')
  expect(await guardian.content()).toContain('Votre accord est noté')
}

async function withdraw(purpose: string): Promise<void> {
  await open(guardian, guardian.url())
  const row = guardian.getByRole('row', { name: purpose })
  await row.getByRole('button', { name: /Retirer mon accord/ }).click()
  await guardian.waitForLoadState()
  expect(await guardian.content()).toContain('Votre accord est retiré')
  await isSound(guardian)
}
