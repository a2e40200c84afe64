// Pictures of every page of the demo, for people to look at: node scripts/screenshots.mjs FOLDER [--quick]
// Starts a demo of its own, signs in with each of its accounts, follows the links of the menu and
// one link of each list, and stops the demo. --quick: 320 and 1280 px, light, in French only.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'

const [folder = 'screenshots', mode] = process.argv.slice(2)
const quick = mode === '--quick'
const WIDTHS = quick ? [320, 1280] : [320, 768, 1280]
const SCHEMES = quick ? ['light'] : ['light', 'dark']
const LOCALES = quick ? ['fr-FR'] : ['fr-FR', 'en-GB']
const PUBLIC = [
  '/',
  '/verify',
  '/about',
  '/accessibilite',
  '/confidentialite',
  '/sign-in',
  '/nowhere',
]
const CHROMIUM = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
)
/** Pixels: a page that is taller is reported, and cut. */
const TALLEST = 8_000
/** Pages of one account, so that a crawl ends. */
const MOST = 25

const { demo, stop } = await startDemo()
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  await take('public', undefined, [...PUBLIC, ...Object.values(demo.examples).map(pathOf)])
  for (const account of demo.accounts) await take(account.role, account, ['/'])
} finally {
  await browser.close()
  stop()
}

async function startDemo() {
  const dir = mkdtempSync(join(tmpdir(), 'sceau-screenshots-'))
  const port = process.env.PORT ?? '3210'
  const args = ['dist/cli.js', 'demo', '--json', '--data-dir', dir, '--port', port]
  const child = spawn('node', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) {
    const stop = () => {
      child.once('exit', () => rmSync(dir, { recursive: true, force: true }))
      child.kill('SIGTERM')
    }
    return { demo: JSON.parse(line), stop }
  }
  throw new Error('The demo ended before it was ready.')
}

/** Every page that an account reaches from `paths`, at each width, scheme and language. */
async function take(name, account, paths) {
  const state = account ? await signedIn(account) : undefined
  const found = account ? await crawl(state, paths) : paths
  for (const width of WIDTHS)
    for (const colorScheme of SCHEMES)
      for (const locale of LOCALES) {
        const options = { viewport: { width, height: 900 }, colorScheme, locale }
        const context = await browser.newContext({
          ...options,
          ...(state && { storageState: state }),
        })
        for (const path of found) {
          const page = await context.newPage()
          await page.goto(demo.url + path)
          const file = `${path.replace(/[^\w-]+/g, '_')}-${width}-${colorScheme}-${locale.slice(0, 2)}.png`
          mkdirSync(join(folder, name), { recursive: true })
          const height = await page.evaluate('document.documentElement.scrollHeight')
          if (height > TALLEST) console.log(`${height} px tall at ${width} px: ${name} ${path}`)
          await page.setViewportSize({ width, height: Math.min(height, TALLEST) })
          await page.screenshot({ path: join(folder, name, file) })
          if (await page.evaluate('document.documentElement.scrollWidth > window.innerWidth'))
            console.log(`scrolls sideways at ${width} px: ${name} ${path}`)
          await page.close()
        }
        await context.close()
      }
  console.log(`${name}: ${found.length} pages`)
}

async function signedIn({ email, password }) {
  const context = await browser.newContext({ locale: 'fr-FR' })
  const page = await context.newPage()
  await page.goto(`${demo.url}/sign-in`)
  await page.getByLabel('Adresse électronique').fill(email)
  await page.getByLabel('Mot de passe').fill(password)
  await page.locator('main').getByRole('button', { name: 'Se connecter', exact: true }).click()
  await page.waitForURL(`${demo.url}/`)
  const state = await context.storageState()
  await context.close()
  return state
}

/** The menu's pages, and of pages that differ in an id only the first one. */
async function crawl(state, paths) {
  const context = await browser.newContext({ locale: 'fr-FR', storageState: state })
  const page = await context.newPage()
  const seen = new Map(paths.map((path) => [shapeOf(path), path]))
  for (const path of seen.values()) {
    await page.goto(demo.url + path)
    const links = await page
      .locator('a[href^="/"]')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')))
    for (const link of links) {
      const plain = link.split('#')[0]
      const file = /\.(json|png|svg|yaml|css)$|^\/assets|^\/docs|[?&]lang=/.test(plain)
      if (!file && !seen.has(shapeOf(plain)) && seen.size < MOST) seen.set(shapeOf(plain), plain)
    }
  }
  await context.close()
  return [...seen.values()]
}

function shapeOf(path) {
  return path.replace(/[\w-]{20,}/g, ':id').replace(/=[^&]*/g, '=')
}

function pathOf(url) {
  return new URL(url).pathname
}
