import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChromium } from './chromium.js'
import { startDemo, type RunningDemo } from './demo.js'

/** A head of school with a passkey, where passkeys are required. The tests follow each other, in one browser. */
let demo: RunningDemo
let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await openChromium()
  demo = await startDemo({ REQUIRE_PASSKEYS: 'on' })
  page = await (await browser.newContext({ locale: 'fr-FR' })).newPage()
  const device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
})
afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

test('is led to register a passkey, and registers it', async () => {
  await byPassword()
  await page.waitForURL(`${demo.facts.url}/account`)
  await isAccessible()
  await page.getByLabel('Nom de la clé').fill('Ordinateur du lycée')
  await page.getByRole('button', { name: 'Enregistrer une clé d’accès' }).click()
  await page.getByText('La clé d’accès est enregistrée.').waitFor()
  expect(await page.getByRole('rowheader', { name: 'Ordinateur du lycée' }).count()).toBe(1)
  await isAccessible()
})

test('signs out, and signs in again with the passkey alone', async () => {
  await signOut()
  await page.goto(`${demo.facts.url}/sign-in?next=/people`)
  expect(await page.getByText(/demandent JavaScript/).isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click()
  await page.waitForURL(`${demo.facts.url}/people`)
})

test('by password reads, and steps up before badges are issued: what was sent then goes on', async () => {
  await signOut()
  await byPassword()
  await page.waitForURL(`${demo.facts.url}/`)
  await page.goto(`${demo.facts.url}/batches/new?act=approve`)
  await page.getByRole('button', { name: 'Approuver et délivrer ces badges' }).click()
  await page.getByRole('heading', { name: 'Confirmez que c’est vous' }).waitFor()
  await isAccessible()
  await page.getByRole('button', { name: 'Confirmer avec une clé d’accès' }).click()
  await page.waitForURL(/\/batches\/[\w-]{20,}$/)
  expect(await page.getByRole('alert').allTextContents()).toEqual([])
})

async function byPassword(): Promise<void> {
  const { email, password } = demo.facts.accounts.find(({ role }) => role === 'school-approver')!
  await page.goto(`${demo.facts.url}/sign-in`)
  await page.getByLabel('Adresse électronique').fill(email)
  await page.getByLabel('Mot de passe').fill(password)
  await page.locator('main').getByRole('button', { name: 'Se connecter', exact: true }).click()
}

async function signOut(): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Se déconnecter' }).click()
  await page.getByText('Vous êtes déconnecté.').waitFor()
}

async function isAccessible(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
}
