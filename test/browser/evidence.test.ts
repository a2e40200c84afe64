import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChromium } from './chromium.js'
import { startDemo, type RunningDemo } from './demo.js'

/**
 * A teacher on a phone does what an alert asks for, and a mentor without an account confirms it. The tests
 * follow each other.
 */
let demo: RunningDemo
let browser: Browser
let teacher: Page
/** Of the cohort that the alert is about. */
let cohort: string
let alert: string
let link: string
beforeAll(async () => {
  browser = await openChromium()
  demo = await startDemo()
  teacher = await onAPhone()
  const { email, password } = demo.facts.accounts.find(({ role }) => role === 'school-staff')!
  await teacher.goto(`${demo.facts.url}/sign-in`)
  await teacher.getByLabel('Adresse électronique').fill(email)
  await teacher.getByLabel('Mot de passe').fill(password)
  const form = teacher.locator('main')
  await form.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await teacher.waitForURL(`${demo.facts.url}/`)
})
afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

test('an alert says which cohort lacks a career session, and leads there', async () => {
  await teacher.goto(`${demo.facts.url}/alerts`)
  const first = teacher.locator('ul.checks li', { hasText: 'sans séance Carrière' }).first()
  alert = await first.innerText()
  await isSound(teacher)
  await first.getByRole('link').click()
  cohort = teacher.url()
  expect(cohort).toMatch(/\/cohorts\/[\w-]+$/)
})

test('one form records the group session, with fifteen actions at most', async () => {
  const [, month = '', year = ''] = /depuis le 1(?:er)? (\S+) (\d{4})/.exec(alert) ?? []
  const names = await studentsWithout(teacher)
  await teacher.getByRole('link', { name: 'Enregistrer une séance' }).click()
  let actions = 1
  const act = async (done: Promise<unknown>) => {
    await done
    actions += 1
  }
  await act(teacher.getByLabel('Carrière', { exact: true }).check())
  await act(teacher.getByLabel('Jour de la séance').fill(`${year}-${MONTHS[month]}-15`))
  for (const box of await teacher.locator('[name=studentIds]').all()) {
    const label = await box.locator('xpath=..').innerText()
    if (!names.some((name) => label.includes(name))) await act(box.uncheck())
  }
  await act(teacher.locator('[name=mentorIds]').first().check())
  await act(teacher.getByLabel(/Un adulte de l’établissement/).check())
  await act(teacher.getByLabel('Sujet', { exact: true }).fill('Préparer sa recherche de stage'))
  await act(teacher.getByRole('button', { name: 'Enregistrer la séance' }).click())
  await teacher.waitForURL(/\/sessions\/[\w-]+\/link$/)
  expect(actions).toBeLessThanOrEqual(15)
  await isSound(teacher)
})

test('the mentor’s link is made, and shown as an address and a code', async () => {
  await teacher.getByRole('button', { name: /^Créer le lien pour/ }).click()
  const address = teacher.getByLabel('Adresse à envoyer')
  link = (await address.inputValue().catch(() => address.innerText())).trim()
  expect(link).toMatch(/\/a\/[\w-]{40,}$/)
  await isSound(teacher)
})

test('a mentor without an account answers by the keyboard, once', async () => {
  const mentor = await onAPhone()
  await mentor.goto(link)
  await isSound(mentor)
  await mentor.getByRole('button', { name: 'Oui, elle a eu lieu' }).focus()
  await mentor.keyboard.press('Enter')
  await mentor.getByRole('heading', { level: 1, name: /Merci/ }).waitFor()
  await isSound(mentor)
  const again = await mentor.goto(link)
  expect(again?.status()).toBe(410)
  await mentor.context().close()
})

test('the alert is gone, and the session stands confirmed', async () => {
  await teacher.goto(`${demo.facts.url}/alerts`)
  const lines = await teacher.locator('ul.checks li').allInnerTexts()
  expect(lines).not.toContain(alert)
  await teacher.goto(cohort)
  const session = teacher.locator('table tr', { hasText: 'Préparer sa recherche de stage' })
  expect(await session.first().innerText()).toContain('Confirmée')
  await teacher.context().close()
})

const MONTHS: Readonly<Record<string, string>> = {
  septembre: '09',
  octobre: '10',
  novembre: '11',
  décembre: '12',
  janvier: '01',
  février: '02',
  mars: '03',
  avril: '04',
  mai: '05',
  juin: '06',
}

/** The names of the students beside whom a month is missing. */
async function studentsWithout(page: Page): Promise<string[]> {
  const rows = await page.locator('table tr', { hasText: 'Sans séance' }).all()
  return Promise.all(rows.map((row) => row.getByRole('link').first().innerText()))
}

async function onAPhone(): Promise<Page> {
  const context = await browser.newContext({
    locale: 'fr-FR',
    viewport: { width: 320, height: 700 },
  })
  return context.newPage()
}

/** Nothing for axe to find, one title, no sideways scroll. */
async function isSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  expect(await page.locator('h1').count()).toBe(1)
  expect(Number(await page.evaluate('document.documentElement.scrollWidth'))).toBeLessThan(321)
}
