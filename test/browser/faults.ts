import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright-core'

/** Pixels: the narrowest phone. */
export const NARROW = 320

/** Codes and days as the store has them: people are shown words. */
const RAW = [
  /\b[A-Z]{2,}_[A-Z_]+\b/,
  /\b(?:CARRIERE|PROJET|IMMERSION|INDIVIDUEL|ORDINARY|REGULATED|PAPER|SCHOOL|COMPANY)\b/,
  /\b20\d\d-\d\d-\d\d\b/,
  /\bundefined\b|\bnull\b|\[object |NaN/,
]
/** Settings that who runs the service is told to give. */
const SETTINGS = /\b(?:SMTP_URL|MAIL_FROM)\b/g
/** Details of the audit are shown as they were hashed. */
const DETAILS = /\{"[^}]*\}/g
/** Words of the interface; names, topics and criteria are French in every language. */
const FRENCH =
  /\b(?:vous|votre|vos|aucune?|facultatif|depuis|choisissez|enregistrer|saisir|confirmée?s?|élèves|séances|établissement|retour|avant le|à partir|ou bien|jours)\b/i

/** What is wrong with the page that is open, in French, on the narrowest phone. */
export async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  const found = violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)
  const { text, ...seen } = await read(page)
  const shown = text.replaceAll(SETTINGS, '').replaceAll(DETAILS, '')
  const raw = RAW.flatMap((code) => code.exec(shown)?.[0] ?? [])
  return [...found, ...shapeFaults(seen, 'fr'), ...raw.map((code) => `shows ${code}`)]
}

/** The same in the dark: only what colour can change. */
export async function darkFaultsOf(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' })
  const axe = new AxeBuilder({ page }).setLegacyMode().withRules(['color-contrast'])
  const { violations } = await axe.analyze()
  await page.emulateMedia({ colorScheme: 'light' })
  return violations.map(({ id, nodes }) => `dark: ${id} ${nodes[0]?.html}`)
}

/** The same page in English, opened beside it. */
export async function englishFaultsOf(english: Page, address: string): Promise<string[]> {
  await english.goto(address)
  const { text, written, ...seen } = await read(english)
  const left = text.split('\n').find((line) => FRENCH.test(line) && !written.includes(line))
  const french = left === undefined ? [] : [`French: ${left}`]
  return [...shapeFaults(seen, 'en'), ...french].map((fault) => `English: ${fault}`)
}

/** Told of every error on a console, and of every request that leaves the service. */
export function watch(context: BrowserContext, url: string, tell: (fault: string) => void): void {
  context.on('weberror', (error) => tell(`error: ${error.error().message}`))
  context.on('console', (line) => {
    if (line.type() === 'error') tell(`console: ${line.text()}`)
  })
  context.on('request', (asked) => {
    if (!/^(?:data|blob|about):/.test(asked.url()) && !asked.url().startsWith(`${url}/`))
      tell(`asks ${asked.url()}`)
  })
}

type Seen = Readonly<{ lang: string; title: string; titles: number; width: number }>

/** `written`: the lines that people have written in French, and that say so. */
async function read(page: Page): Promise<Seen & { text: string; written: string[] }> {
  return page.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title,
    titles: document.querySelectorAll('h1').length,
    width: document.documentElement.scrollWidth,
    text: document.querySelector('main')?.innerText ?? '',
    written: [...document.querySelectorAll<HTMLElement>('main [lang=fr]')].map(
      ({ innerText }) => innerText,
    ),
  }))
}

function shapeFaults({ lang, title, titles, width }: Seen, expected: string): string[] {
  return [
    ...(lang === expected ? [] : [`lang is ${lang}`]),
    ...(title.length > ' · Sceau'.length ? [] : ['no title']),
    ...(titles === 1 ? [] : [`${titles} h1`]),
    ...(width <= NARROW ? [] : [`${width} px wide`]),
  ]
}
