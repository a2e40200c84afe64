import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { startServer } from '../../src/serve.js'
import { defineTemplate } from '../../src/templates/define-template.js'
import { EXAMPLE_DEFINITIONS } from '../../src/templates/examples.js'
import { publishVersion } from '../support/publish.js'
import { findVersion } from '../../src/templates/store.js'
import { aCompany, asActor, PASSWORD, somebody } from '../people/people.js'
import { openWorld } from '../support/world.js'
import { openChromium } from './chromium.js'

const EMAIL = 'admin@example.org'

let browser: Browser
let server: Awaited<ReturnType<typeof startServer>>
let address: string
let draft: string
let published: string
beforeAll(async () => {
  const world = await openWorld()
  const company = await aCompany(world, 'Composites du Lac DÉMO')
  const held = { role: 'company-admin', organisationId: company.id } as const
  const admin = await asActor(world, await somebody(world, EMAIL, held))
  const [first, second] = EXAMPLE_DEFINITIONS.map((definition) => ({
    companyId: company.id,
    definition,
  }))
  const made = await defineTemplate(world, admin, first!)
  await publishVersion(world, admin, made.versionId)
  published = (await findVersion(world.db, made.versionId))!.templatePublicId
  draft = (await defineTemplate(world, admin, second!)).publicId
  server = await startServer(createApp(world), 0)
  address = `http://localhost:${server.port}`
  browser = await openChromium()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const VIEWS: [string, BrowserContextOptions][] = [
  ['320 px, light', { viewport: { width: 320, height: 640 } }],
  ['1280 px, dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
]

async function signedIn(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', ...options })
  const page = await context.newPage()
  await page.goto(`${address}/sign-in`)
  await page.getByLabel('Adresse électronique').fill(EMAIL)
  await page.getByLabel('Mot de passe').fill(PASSWORD)
  await page.getByRole('main').getByRole('button', { name: 'Se connecter', exact: true }).click()
  return page
}

async function assertSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(
    true,
  )
}

describe.each(VIEWS)('the pages of badge definitions at %s', (name, options) => {
  test('have nothing for axe to find and do not scroll sideways', async () => {
    const page = await signedIn(options)
    const paths = [
      '/definitions',
      '/definitions/examples',
      '/definitions/new',
      '/definitions/new?example=3',
      `/definitions/${draft}`,
      `/definitions/${draft}/edit`,
      `/definitions/${published}`,
      `/achievements/${published}/v/1`,
    ]
    for (const path of paths) {
      await page.goto(address + path)
      await assertSound(page)
      await shoot(page, `${name}${path}`)
    }
    await page.goto(`${address}/definitions/new`)
    await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click()
    await assertSound(page)
    await shoot(page, `${name} refused`)
    await page.context().close()
  })
})

test('a badge is designed by keyboard, without script: the return key draws it and saves nothing', async () => {
  const page = await signedIn({ javaScriptEnabled: false })
  await page.goto(`${address}/definitions/new`)
  await page.getByLabel('Texte (facultatif)').fill('Zéro rebut')
  await page.getByRole('radio', { name: 'rouille' }).check()
  await page.getByLabel('Texte (facultatif)').press('Enter')
  await page.waitForLoadState()
  const drawn = page.getByRole('img', { name: 'Un sceau rouille' })
  expect(await drawn.getAttribute('aria-label')).toContain('«\u00a0Zéro rebut\u00a0»')
  expect(await page.getByRole('radio', { name: 'rouille' }).isChecked()).toBe(true)
  await page.goto(`${address}/definitions`)
  expect(await page.getByRole('row').count()).toBe(3)
  await page.context().close()
})

/** With SHOTS=<folder>, for whoever wants to look at the pages. */
async function shoot(page: Page, name: string): Promise<void> {
  if (!process.env.SHOTS) return
  const file = name.replaceAll(/[^a-z0-9]+/gi, '-')
  await page.screenshot({ path: `${process.env.SHOTS}/${file}.png`, fullPage: true })
}
