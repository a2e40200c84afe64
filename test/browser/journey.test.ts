import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../../src/context.js'
import { openChromium } from './chromium.js'
import { startDemo, type RunningDemo } from './demo.js'

/**
 * What a newcomer does with the accounts that the demo prints: from a recorded fact to a badge that an
 * employer verifies. The tests follow each other.
 */
let demo: RunningDemo
let browser: Browser
/** For files that are dropped: the browser reads them when the form is sent. */
let folder: string
let dossier: string
let shared: string
let json: string
let png: Buffer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sceau-dropped-'))
  browser = await openChromium()
  demo = await startDemo()
})
afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('a teacher opens a dossier for a student and proposes it', async () => {
  const page = await signedIn('school-staff')
  await page.goto(`${demo.facts.url}/dossiers/new`)
  await page.getByRole('link', { name: account('student').name }).click()
  await page.getByLabel(/drapage.*Rien ne manque/).check()
  await press(page, 'Ouvrir le dossier')
  dossier = page.url()
  await press(page, 'Proposer ce dossier')
  await isAccessible(page)
  await page.context().close()
})

test('two persons of the company assess and endorse it, and nobody both', async () => {
  const tutor = await signedIn('company-endorser', 0)
  await tutor.goto(dossier)
  expect(await tutor.content()).not.toContain(account('student').name)
  await tutor.getByLabel('Votre fonction dans l’entreprise').fill('Tuteur')
  await press(tutor, 'Évaluer ce dossier')
  expect(await tutor.getByRole('button', { name: 'Endosser ce badge' }).count()).toBe(0)
  await tutor.context().close()
  const boss = await signedIn('company-endorser', 1)
  await boss.goto(dossier)
  await boss.getByLabel('Votre fonction dans l’entreprise').fill('Directrice')
  await boss
    .getByLabel('Ce que vous avez vu faire')
    .fill('Un drapage soigné, sans fuite, selon la gamme.')
  await boss.getByLabel(/en droit d’engager/).check()
  await isAccessible(boss)
  await press(boss, 'Endosser ce badge')
  await boss.context().close()
})

test('the head of the school approves, and the badge is signed', async () => {
  const page = await signedIn('school-approver')
  await page.goto(dossier)
  await press(page, 'Approuver et délivrer')
  await expect
    .poll(
      async () => {
        await page.goto(dossier)
        return page.getByText('Badge délivré').count()
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBeGreaterThan(0)
  await page.context().close()
})

test('the student opens a link, and takes the badge away as files', async () => {
  const page = await signedIn('student')
  await page.goto(`${demo.facts.url}/my-badges`)
  await isAccessible(page)
  await page
    .getByRole('link', { name: /drapage/ })
    .first()
    .click()
  await page.getByLabel('Pour qui est ce lien ?').fill('Candidature à l’atelier')
  await press(page, 'Ouvrir un lien')
  shared = await page.getByLabel('Adresse à donner').inputValue()
  expect(new URL(shared).pathname).toMatch(/^\/b\/[\w-]{22}$/)
  await page.context().close()
})

test('an employer reads the page, which says what was checked, and nothing of who the student is', async () => {
  const page = await anybody()
  await page.goto(shared)
  expect(await page.getByText(/Vérifié à l’instant/).count()).toBe(1)
  for (const word of account('student').name.split(' '))
    expect(await page.content()).not.toContain(word)
  await isAccessible(page)
  png = await download(page, 'Image PNG')
  json = (await download(page, 'Fichier signé (JSON)')).toString('utf8')
  await page.context().close()
})

test('and verifies it by link, by pasted JSON and by dropped PNG', async () => {
  const page = await anybody()
  for (const give of [
    () => page.getByLabel('Le lien, le code ou le badge').fill(shared),
    () => page.getByLabel('Le lien, le code ou le badge').fill(json),
    () => drop(page, png),
  ]) {
    await page.goto(`${demo.facts.url}/verify`)
    await give()
    await page.getByRole('button', { name: 'Vérifier ce badge' }).click()
    expect(await page.getByRole('status').first().textContent()).toContain('Ce badge est valide')
    await isAccessible(page)
  }
  await page.context().close()
})

test('a badge that was changed by one letter is not valid', async () => {
  const page = await anybody()
  await page.goto(`${demo.facts.url}/verify`)
  await page.getByLabel('Le lien, le code ou le badge').fill(json.replace('drapage', 'drappage'))
  await page.getByRole('button', { name: 'Vérifier ce badge' }).click()
  expect(await page.getByRole('status').first().textContent()).toContain('n’est pas valide')
  await page.context().close()
})

test('when the school revokes it, the same page turns red, and so does every verification', async () => {
  const head = await signedIn('school-approver')
  await head.goto(dossier)
  await head.getByRole('link', { name: /Voir le badge/ }).click()
  await head.getByText('Révoquer ce badge').click()
  await head.getByLabel('Raison').fill('Délivré par erreur')
  await press(head, 'Révoquer définitivement')
  await head.context().close()
  const page = await anybody()
  await page.goto(shared)
  expect(await page.getByRole('status').first().textContent()).toContain('Révoqué')
  expect(await page.getByText('Délivré par erreur').count()).toBe(1)
  expect(await page.getByText(/Vérifié à l’instant/).count()).toBe(0)
  await isAccessible(page)
  await page.goto(`${demo.facts.url}/verify`)
  await page.getByLabel('Le lien, le code ou le badge').fill(json)
  await page.getByRole('button', { name: 'Vérifier ce badge' }).click()
  expect(await page.getByRole('status').first().textContent()).toContain('n’est pas valide')
  await page.context().close()
})

test('a link that the student closes leads nowhere', async () => {
  const page = await signedIn('student')
  await page.goto(`${demo.facts.url}/my-badges`)
  await page
    .getByRole('link', { name: /drapage/ })
    .first()
    .click()
  await page.locator('summary', { hasText: 'Fermer ce lien' }).click()
  await press(page, /Fermer/)
  expect((await page.goto(shared))?.status()).toBe(410)
  await page.context().close()
})

function account(role: Role, at = 0) {
  const found = demo.facts.accounts.filter((one) => one.role === role)[at]
  if (!found) throw new Error(`The demo has no account ${at} for ${role}.`)
  return found
}

async function anybody(): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', acceptDownloads: true })
  return context.newPage()
}

async function signedIn(role: Role, at = 0): Promise<Page> {
  const page = await anybody()
  const { email, password } = account(role, at)
  await page.goto(`${demo.facts.url}/sign-in`)
  await page.getByLabel('Adresse électronique').fill(email)
  await page.getByLabel('Mot de passe').fill(password)
  await page.locator('main').getByRole('button', { name: 'Se connecter', exact: true }).click()
  await page.waitForURL(`${demo.facts.url}/`)
  return page
}

/** Presses a button of the page, and sees that nothing was refused. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.locator('main').getByRole('button', { name }).first().click()
  await page.waitForLoadState()
  expect(await page.getByRole('alert').allTextContents()).toEqual([])
}

async function download(page: Page, link: string): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link }).click(),
  ])
  return readFile(await file.path())
}

/** Drags a file from outside the browser and lets it go over the frame, as a mouse does. */
async function drop(page: Page, bytes: Buffer): Promise<void> {
  const file = join(folder, 'badge.png')
  await writeFile(file, bytes)
  const box = await page.getByLabel('Ou son fichier').boundingBox()
  if (!box) throw new Error('The frame for files is not shown.')
  const session = await page.context().newCDPSession(page)
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...at, data })
  await expect.poll(() => page.getByLabel('Ou son fichier').inputValue()).toContain('badge.png')
}

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
}
