import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { seeMyBadge } from '../../src/issuer/my-badges.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { startServer } from '../../src/serve.js'
import { issue } from '../issuer/share-story.js'
import { signedBadge } from '../support/badges.js'
import { openWorld, type World } from '../support/world.js'
import { openChromium } from './chromium.js'

let browser: Browser
let server: Awaited<ReturnType<typeof startServer>>
let address: string
let world: World
beforeAll(async () => {
  world = await openWorld()
  server = await startServer(createApp(world), 0)
  address = `http://127.0.0.1:${server.port}`
  browser = await openChromium()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** Phones and screens, by day and by night. */
const VIEWS: [string, BrowserContextOptions][] = [
  ['320 px, light', { viewport: { width: 320, height: 640 } }],
  ['320 px, dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
  ['1280 px, light', { viewport: { width: 1280, height: 800 } }],
  [
    '1280 px, dark, in English',
    { viewport: { width: 1280, height: 800 }, colorScheme: 'dark', locale: 'en-GB' },
  ],
]

describe.each(VIEWS)('in Chromium at %s', (_, options) => {
  test.each([
    '/',
    '/verify',
    '/about',
    '/accessibilite',
    '/confidentialite',
    '/sign-in',
    '/nowhere',
  ])(
    '%s has nothing for axe to find, asks no other host and does not scroll sideways',
    async (path) => {
      const context = await browser.newContext({ locale: 'fr-FR', ...options })
      const page = await context.newPage()
      const hosts = new Set<string>()
      page.on('request', (request) => hosts.add(new URL(request.url()).host))
      await page.goto(address + path)
      expect(
        (await new AxeBuilder({ page }).analyze()).violations.map(
          ({ id, nodes }) => `${id} ${nodes[0]?.html}`,
        ),
      ).toEqual([])
      expect([...hosts]).toEqual([new URL(address).host])
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(
        true,
      )
      await context.close()
    },
  )
})

test('an employer pastes a badge and reads what was checked, and what could not be', async () => {
  const context = await browser.newContext({ locale: 'fr-FR' })
  const page = await context.newPage()
  await page.goto(`${address}/verify`)
  await page.getByLabel('Le lien, le code ou le badge').fill(JSON.stringify(await signedBadge()))
  await page.getByRole('button', { name: 'Vérifier ce badge' }).click()
  expect(await page.getByRole('status').textContent()).toContain(
    'n’a pas pu être vérifié entièrement',
  )
  expect(await page.getByText('endosse cette attribution').isVisible()).toBe(true)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await context.close()
})

test('SH-04 a shared badge asks no other host, and opens to what was checked without script', async () => {
  const { student, badgeId } = await issue(world)
  const { url } = await shareBadge(world, student, { badgeId, label: 'CV' })
  for (const [, options] of VIEWS) {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const hosts = new Set<string>()
    page.on('request', (request) => hosts.add(new URL(request.url()).host))
    await page.goto(address + new URL(url).pathname)
    for (const group of await page.locator('.checks > li > details > summary').all())
      await group.click()
    expect(await page.locator('details[open]').count()).toBe(5)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    expect([...hosts]).toEqual([new URL(address).host])
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(
      true,
    )
    await context.close()
  }
})

test('an employer types the code that was read out, and saves the report as a PDF', async () => {
  const shared = await openWorld()
  const { student, badgeId, document } = await issue(shared)
  await shareBadge(shared, student, { badgeId, label: 'CV' })
  const { links } = await seeMyBadge(shared, student, badgeId)
  const served = await startServer(createApp(shared), 0)
  const context = await browser.newContext({ locale: 'fr-FR' })
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${served.port}/verify`)
  const typed = links[0]?.code?.toLowerCase().replace('-', ' ') ?? ''
  await page.getByLabel('Le lien, le code ou le badge').fill(typed)
  await page.getByRole('button', { name: 'Vérifier ce badge' }).click()
  expect(await page.getByRole('status').textContent()).toContain('Ce badge est valide')
  expect(page.url()).toBe(`http://127.0.0.1:${served.port}/verify`)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Enregistrer le rapport (PDF)' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('rapport-de-verification-2026-11-24.pdf')
  const pdf = readFileSync(await download.path(), 'latin1')
  expect(pdf).toMatch(/^%PDF-1\.7/)
  expect(pdf).not.toContain(document.slice(0, 60))
  await page.getByRole('link', { name: 'Vérifier un autre badge' }).click()
  expect(await page.getByLabel('Le lien, le code ou le badge').inputValue()).toBe('')
  await context.close()
  await served.stop()
})

const CAMERA = 'Lire un code QR avec la caméra'
/** A reader of QR codes as some browsers have it: it sees the same text in whatever it is shown. */
const reader = (seen: string | undefined) => `window.BarcodeDetector = class {
  static async getSupportedFormats() { return ['qr_code'] }
  async detect() { return ${seen === undefined ? '[]' : `[{ rawValue: ${JSON.stringify(seen)} }]`} }
}`

test('no camera is offered where the browser reads no QR code', async () => {
  const context = await browser.newContext({ locale: 'fr-FR' })
  const page = await context.newPage()
  await page.addInitScript('delete window.BarcodeDetector')
  await page.goto(`${address}/verify`)
  await page.waitForLoadState('load')
  expect(await page.getByRole('button', { name: CAMERA }).count()).toBe(0)
  await context.close()
})

test('a QR code before the camera is verified, and the camera stopped', async () => {
  const context = await browser.newContext({ locale: 'fr-FR', permissions: ['camera'] })
  const page = await context.newPage()
  const answer = await page.goto(`${address}/verify`)
  expect(answer?.headers()['permissions-policy']).toBe('camera=(self)')
  await page.addInitScript(reader('0000-0000'))
  await page.reload()
  await page.getByRole('button', { name: CAMERA }).click()
  await page.waitForSelector('[role=alert]')
  expect(await page.getByRole('alert').textContent()).toContain('Aucun badge partagé n’a ce code')
  expect(await page.getByLabel('Le lien, le code ou le badge').inputValue()).toBe('0000-0000')
  await context.close()
})

test('the camera is stopped by a button, and one that is refused says what to do', async () => {
  const context = await browser.newContext({ locale: 'fr-FR', permissions: ['camera'] })
  const page = await context.newPage()
  await page.addInitScript(reader(undefined))
  await page.goto(`${address}/verify`)
  await page.getByRole('button', { name: CAMERA }).click()
  await page.getByText('Tenez le code QR devant la caméra.').waitFor()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  const live = "document.querySelector('video').srcObject?.getTracks().length ?? 0"
  expect(await page.evaluate(live)).toBe(1)
  await page.keyboard.press('Enter')
  await page.getByText('La caméra est arrêtée.').waitFor()
  expect(await page.evaluate(live)).toBe(0)
  await context.clearPermissions()
  await page.addInitScript(
    `navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError') }`,
  )
  await page.reload()
  await page.getByRole('button', { name: CAMERA }).click()
  await page.getByText('La caméra n’a pas été autorisée.').waitFor()
  await context.close()
})

test('a file is given by the keyboard alone, and works without script', async () => {
  const context = await browser.newContext({ locale: 'fr-FR', javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${address}/verify`)
  await page
    .getByLabel('Ou son fichier')
    .setInputFiles({ name: 'badge.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
  await page.getByRole('button', { name: 'Vérifier ce badge' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/verify')
  expect(await page.getByRole('status').textContent()).toContain('Ce badge n’est pas valide')
  await context.close()
})
