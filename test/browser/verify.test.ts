import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
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
  await page.getByLabel('Le badge ou son lien').fill(JSON.stringify(await signedBadge()))
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
