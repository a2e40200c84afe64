import type { Page } from 'playwright-core'
import { csvOf, otherRows, pixRows } from '../support/csv.js'
import { demoIne, demoStudents } from '../support/siecle.js'

/** Addresses that a teacher of the demo has made, and that no list links to. */
export type Ready = Readonly<{
  /** Where a mentor and a tutor answer without an account. */
  mentorLink: string
  tutorLink: string
  /** Of the teacher. */
  starts: readonly string[]
}>

/** Does what the demo has not done: pages that stand behind a form are in reach afterwards. */
export async function makeReady(teacher: Page, url: string): Promise<Ready> {
  const placement = await planToday(teacher, url)
  const tutorLink = await tutorsLink(teacher)
  const { sessionLink, mentorLink } = await mentorsLink(teacher, url)
  const pair = await openPair(teacher, url)
  const cordee = await openCordee(teacher, url)
  const receipt = await importOne(teacher, url)
  const columns = await holdUnknownColumns(teacher, url)
  const corrected = await confirmedPlacement(teacher, url)
  const batch = await startBatch(teacher, url)
  const starts = [placement, sessionLink, pair, cordee, receipt, `${receipt}/leavers`, batch]
  const behind = [`${columns}/columns`, `${corrected}/correct`, cordee.replace('cordees', 'groups')]
  return { mentorLink, tutorLink, starts: [...starts, ...behind] }
}

/** For the first student who is free today. */
async function planToday(page: Page, url: string): Promise<string> {
  const day = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Paris' }).format(new Date())
  for (const student of await studentsOf(page, url)) {
    await page.goto(`${url}${student}/placements/plan`)
    await page.locator('main a[href*="?company="]').first().click()
    await page.getByLabel('Une personne déjà connue').selectOption({ index: 1 })
    await page.getByLabel('Premier jour').fill(day)
    await page.getByLabel('Dernier jour').fill(day)
    await page.getByLabel('Début de la journée').fill('08:30')
    await page.getByLabel('Fin de la journée').fill('16:30')
    await page.getByLabel('Heures par jour').fill('7 h')
    await page.getByLabel('Heures par semaine').fill('35 h')
    await sendRead(page, 'Prévoir cette période')
    if (/\/placements\/[\w-]{20,}$/.test(page.url())) return pathOf(page)
  }
  throw new Error('No student of the demo is free today.')
}

async function studentsOf(page: Page, url: string): Promise<string[]> {
  await page.goto(`${url}/dossiers/new`)
  const hrefs = await page
    .locator('main a[href*="student="]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  return hrefs.map((href) => `/students/${new URL(href, url).searchParams.get('student')}`)
}

async function tutorsLink(page: Page): Promise<string> {
  await press(page, 'Faire le lien pour le tuteur')
  return page.getByLabel('Lien du bilan').inputValue()
}

/** Of the first session that nobody has confirmed yet. */
async function mentorsLink(page: Page, url: string) {
  await page.goto(`${url}/cohorts`)
  const cohorts = await hrefsOf(page, 'main a[href^="/cohorts/"]')
  for (const cohort of cohorts) {
    await page.goto(url + cohort)
    const [sessionLink] = await hrefsOf(page, 'main a[href$="/link"]')
    if (sessionLink === undefined) continue
    await page.goto(url + sessionLink)
    await page
      .getByRole('button', { name: /^Créer le lien pour/ })
      .first()
      .click()
    return { sessionLink, mentorLink: await page.getByLabel('Adresse à envoyer').inputValue() }
  }
  throw new Error('The demo has no session that waits to be confirmed.')
}

async function openPair(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/pairs/new`)
  await page.locator('main a[href*="?structure="]').first().click()
  await page.getByLabel('Mentor', { exact: true }).selectOption({ index: 1 })
  await page.getByLabel('Jeune', { exact: true }).selectOption({ index: 1 })
  await page.locator('[name=subject]').first().check()
  await sendRead(page, 'Ouvrir le binôme')
  return pathOf(page)
}

async function openCordee(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/schemes/CORDEES/new`)
  await page.getByLabel('Tête de cordée').selectOption({ label: await universityOf(page) })
  await page.getByLabel('Nom', { exact: true }).fill('Cordée DÉMO des pages')
  await page.getByLabel('Lycée professionnel DÉMO des Tilleuls').check()
  await sendRead(page, 'Ouvrir')
  return pathOf(page)
}

async function universityOf(page: Page): Promise<string> {
  const names = await page.locator('select option').allInnerTexts()
  return names.find((name) => name.startsWith('Université'))!
}

/** Of the last group of the list. */
async function confirmedPlacement(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/placements`)
  return (await hrefsOf(page, 'main table a[href^="/placements/"]')).at(-1)!
}

/** A list of one new student: the others are then proposed as leavers. */
async function importOne(page: Page, url: string): Promise<string> {
  await give(page, url, csvOf(pixRows(unknown(1))))
  const box = page.locator('[name=leaveOutRefused]')
  if ((await box.count()) > 0) await box.check()
  await page.locator('main form button').last().click()
  await page.waitForURL(/\/imports\/[\w-]+$/)
  return pathOf(page)
}

async function holdUnknownColumns(page: Page, url: string): Promise<string> {
  await give(page, url, csvOf(otherRows(unknown(3))))
  return pathOf(page)
}

/** A list whose columns are known, before it is imported. */
export async function holdKnown(page: Page, url: string): Promise<string> {
  await give(page, url, csvOf(pixRows(unknown(2))))
  return pathOf(page)
}

/** Students whom the demo does not have: an INE that it knows is another's. */
function unknown(count: number) {
  return demoStudents(count).map((one, at) => ({ ...one, ine: demoIne(900_000_000 + at) }))
}

async function give(page: Page, url: string, bytes: Uint8Array): Promise<void> {
  await page.goto(`${url}/import`)
  const file = { name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(bytes) }
  await page.getByLabel('Liste des élèves').setInputFiles(file)
  await press(page, 'Voir l’aperçu')
}

/** For the first badge for which somebody lacks nothing. */
async function startBatch(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/batches/new?act=propose`)
  for (const cohort of await hrefsOf(page, 'main a[href*="cohort="]')) {
    await page.goto(url + cohort)
    for (const badge of await hrefsOf(page, 'main a[href*="badge="]')) {
      await page.goto(url + badge)
      if ((await page.locator('main [name=rows]').count()) === 0) continue
      await press(page, 'Proposer ces dossiers')
      return pathOf(page)
    }
  }
  throw new Error('No student of the demo lacks nothing for any badge.')
}

/** Of the approver, who has the badges issued that wait for it: what may be done with them stands on its page. */
export async function issuedBatch(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/batches/new?act=approve`)
  await press(page, 'Approuver et délivrer ces badges')
  const onIssued = page.locator('main a[href*="/badges/hold"]')
  for (let tries = 0; tries < 60 && (await onIssued.count()) === 0; tries++) {
    await page.waitForTimeout(500)
    await page.reload()
  }
  return pathOf(page)
}

/** Of a student in Terminale, who gives a private address: the demo shows what a mail would bring. */
export async function privateLink(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/my-contact`)
  await page.getByLabel('Adresse électronique privée').fill('moi.apres.le.lycee@example.org')
  await press(page, 'Envoyer le lien')
  const [link = ''] = await hrefsOf(page, 'main a[href*="/private-contact/"]')
  return new URL(link, url).pathname
}

/** What is said to whoever is signed in stands above every page; its own page is where its form was refused. */
export async function noticeOf(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/`)
  const form = page.locator('form[action^="/announcements/"]').first()
  return (await form.getAttribute('action')) ?? ''
}

/** Sends a form; where it warns, everything is ticked as read, and it is sent again. */
async function sendRead(page: Page, button: string): Promise<void> {
  await press(page, button)
  const asked = await page.locator('input[name=acknowledged][type=checkbox]').all()
  for (const box of asked) await box.check()
  if (asked.length > 0) await press(page, button)
}

async function press(page: Page, name: string): Promise<void> {
  await page.locator('main').getByRole('button', { name, exact: true }).click()
  await page.waitForLoadState()
}

async function hrefsOf(page: Page, links: string): Promise<string[]> {
  const all = await page
    .locator(links)
    .evaluateAll((found) => found.map((one) => one.getAttribute('href')))
  return all.filter((href) => href !== null)
}

function pathOf(page: Page): string {
  return new URL(page.url()).pathname
}
