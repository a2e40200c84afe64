// Pictures of every page of the demo, for people to look at: node scripts/screenshots.mjs FOLDER
//   --data-dir DIR   the demo to show, filled at the first start and kept; otherwise one that is thrown away
//   --port PORT      of that demo (3210)
//   --url URL        a demo that runs already, with the folder named by --data-dir
//   --widths 390,1280   pixels
//   --dark, --english   the same in dark, in English
//   --role ROLE      of one role alone; `public` for the pages without account
// Signs in with each account of the demo and opens one page of each shape that is in reach; first does as a teacher
// what the demo has not done, so that pages behind a form and links that are used once are in reach too.
import { spawn } from 'node:child_process'
import { registerHooks } from 'node:module'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { pages } from '../dist/app.js'
import { shapesOf, signIn, walk } from '../test/browser/walk.ts'

// What the tests import as `.js` is `.ts` here: they run from their sources.
registerHooks({
  resolve(specifier, context, next) {
    const isSource = /\/(?:test|src)\//.test(context.parentURL ?? '') && specifier.startsWith('.')
    return next(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, context)
  },
})
const { holdKnown, makeReady } = await import('../test/browser/make-ready.ts')

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'data-dir': { type: 'string' },
    port: { type: 'string', default: '3210' },
    url: { type: 'string' },
    widths: { type: 'string', default: '390,1280' },
    dark: { type: 'boolean', default: false },
    english: { type: 'boolean', default: false },
    role: { type: 'string' },
  },
})
const [folder = 'screenshots'] = positionals
const widths = options.widths.split(',').map(Number)
const colorScheme = options.dark ? 'dark' : 'light'
const locale = options.english ? 'en-GB' : 'fr-FR'
const PUBLIC = ['/', '/verify', '/about', '/accessibilite', '/confidentialite', '/sign-in']
/** Pixels: a page that is taller is reported, and cut. */
const TALLEST = 8_000
const CHROMIUM = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
)

const shapeOf = shapesOf(pages.map(({ path }) => path))
const { demo, stop } = options.url ? running() : await startDemo()
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const ready = await getReady()
  const once = [demo.examples.shared, ready.mentorLink, ready.tutorLink]
  await take('public', undefined, [...PUBLIC, ...once.map((url) => new URL(url).pathname)])
  for (const [at, account] of demo.accounts.entries()) {
    const before = demo.accounts.slice(0, at).filter(({ role }) => role === account.role).length
    const more = account.role === 'school-staff' ? ready.starts : []
    await take(`${account.role}${before > 0 ? before + 1 : ''}`, account, ['/', ...more])
  }
} finally {
  await browser.close()
  stop()
}

function running() {
  const { facts } = JSON.parse(readFileSync(join(options['data-dir'], 'demo.json'), 'utf8'))
  return { demo: { ...facts, url: options.url }, stop: () => undefined }
}

async function startDemo() {
  const kept = options['data-dir']
  const dir = kept ?? mkdtempSync(join(tmpdir(), 'sceau-screenshots-'))
  const args = ['dist/cli.js', 'demo', '--json', '--data-dir', dir, '--port', options.port]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) {
    const stop = () => {
      if (!kept) child.once('exit', () => rmSync(dir, { recursive: true, force: true }))
      child.kill('SIGTERM')
    }
    return { demo: JSON.parse(line), stop }
  }
  throw new Error('The demo ended before it was ready.')
}

/** Addresses of pages that no list links to. */
async function getReady() {
  const context = await browser.newContext({ locale: 'fr-FR' })
  const page = await context.newPage()
  await signIn(
    page,
    demo.url,
    demo.accounts.find(({ role }) => role === 'school-staff'),
  )
  const ready = await makeReady(page, demo.url)
  await context.close()
  return ready
}

/** One page of each shape that is in reach, at each width. */
async function take(name, account, starts) {
  if (options.role && !name.startsWith(options.role)) return
  const context = await browser.newContext({ locale: 'fr-FR', colorScheme })
  const page = await context.newPage()
  if (account) await signIn(page, demo.url, account)
  const held = name === 'school-approver' ? [await holdKnown(page, demo.url)] : []
  if (locale !== 'fr-FR') await page.goto(`${demo.url}/?lang=en`)
  mkdirSync(join(folder, name), { recursive: true })
  let count = 0
  const walked = { url: demo.url, shapeOf, starts: [...starts, ...held] }
  await walk(page, walked, async (shape, path, status) => {
    count += 1
    if (status !== 200) console.log(`${status}: ${name} ${path}`)
    for (const width of widths) await picture(page, name, shape, width)
  })
  await context.close()
  console.log(`${name}: ${count} pages`)
}

async function picture(page, name, shape, width) {
  await page.setViewportSize({ width, height: 900 })
  const [height, wide] = await page.evaluate(
    '[document.documentElement.scrollHeight, document.documentElement.scrollWidth]',
  )
  if (height > TALLEST) console.log(`${height} px tall at ${width} px: ${name} ${shape}`)
  if (wide > width) console.log(`scrolls sideways at ${width} px: ${name} ${shape}`)
  const file = `${shape.replaceAll(/\W+/g, '_')}-${width}-${colorScheme}-${locale.slice(0, 2)}.png`
  await page.setViewportSize({ width, height: Math.min(height, TALLEST) })
  await page.screenshot({ path: join(folder, name, file) })
}
