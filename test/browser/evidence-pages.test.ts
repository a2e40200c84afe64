import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChromium } from './chromium.js'
import { startDemo, type RunningDemo } from './demo.js'

/** Where a teacher begins: of what these pages link to, one of each shape is opened as well. */
const STARTS = ['/', '/cohorts', '/classes', '/schemes', '/mentors', '/placements', '/alerts']
const OTHERS = ['/sites', '/grids', '/indicators', '/exports', '/calendar', '/account/mail']
const OF_THE_BOOK =
  /^\/(cohorts|sessions|mentors|schemes|groups|pairs|classes|agreements|openings|contributions|placements|students|calendar|confirm)\b[^.?#]*$/
/** Pages, so that the crawl ends. */
const MOST = 50

let demo: RunningDemo
let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
  demo = await startDemo()
})
afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

test('what a teacher opens on a phone has nothing for axe to find, one title, and no sideways scroll', async () => {
  const page = await teacher()
  const seen = new Map([...STARTS, ...OTHERS].map((path) => [path, path]))
  const faults: string[] = []
  for (const [shape, path] of seen) {
    const answer = await page.goto(demo.facts.url + path)
    if (answer?.status() === 200) faults.push(...(await faultsOf(page, shape)))
    else faults.push(`${shape}: ${answer?.status()}`)
    for (const link of await linksOf(page))
      if (!seen.has(shapeOf(link)) && seen.size < MOST) seen.set(shapeOf(link), link)
  }
  expect(faults).toEqual([])
  expect([...seen.keys()]).toEqual(expect.arrayContaining(['/cohorts/:id', '/classes/:id']))
  await page.context().close()
  // Some two seconds a page.
}, 600_000)

async function teacher(): Promise<Page> {
  const context = await browser.newContext({
    locale: 'fr-FR',
    viewport: { width: 320, height: 700 },
  })
  const page = await context.newPage()
  const { email, password } = demo.facts.accounts.find(({ role }) => role === 'school-staff')!
  await page.goto(`${demo.facts.url}/sign-in`)
  await page.getByLabel('Adresse électronique').fill(email)
  await page.getByLabel('Mot de passe').fill(password)
  await page.locator('main').getByRole('button', { name: 'Se connecter', exact: true }).click()
  await page.waitForURL(`${demo.facts.url}/`)
  return page
}

async function faultsOf(page: Page, shape: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(({ id, nodes }) => `${shape}: ${id} ${nodes[0]?.html}`)
  const width = Number(await page.evaluate('document.documentElement.scrollWidth'))
  if (width > 320) found.push(`${shape}: ${width} px wide`)
  const titles = await page.locator('h1').count()
  if (titles !== 1) found.push(`${shape}: ${titles} h1`)
  if (process.env.SHOTS)
    await page.screenshot({
      path: `${process.env.SHOTS}/${shape.replaceAll(/\W+/g, '-')}.png`,
      fullPage: true,
    })
  return found
}

async function linksOf(page: Page): Promise<string[]> {
  const all = await page.getByRole('link').all()
  const hrefs = await Promise.all(all.map((link) => link.getAttribute('href')))
  return hrefs.filter((href): href is string => href !== null && OF_THE_BOOK.test(href))
}

function shapeOf(path: string): string {
  return path.replaceAll(/[\w-]{20,}/g, ':id').replaceAll(/\d{4}-\d\d-\d\d/g, ':day')
}
