import type { Config } from '../config.js'
import { DomainError } from '../errors.js'
import type { Words } from '../words.js'
import type { NumberSetting, Setting } from './settings.data.js'

/** What was typed: one field, or one for each language. */
export type Typed = Readonly<{ value?: string; fr?: string; en?: string }>

/**
 * A value as it is kept, of what somebody typed.
 *
 * @throws {DomainError} invalid-request, with the field, the value and the cure
 */
export function toKept(setting: Setting, typed: Typed): string {
  if (setting.kind === 'words') return wordsKept(setting.most, typed)
  const text = (typed.value ?? '').normalize('NFC').trim()
  const fault = faultOf(setting, text)
  if (fault) throw wrong('value', fault)
  return setting.kind === 'number' ? String(Number(text)) : text
}

/** The value of what is kept, if it is still one: what is not sound counts as never set. */
export function toValue(setting: Setting, kept: string): string | number | Words | undefined {
  if (setting.kind === 'words') return wordsIn(setting.most, kept)
  if (faultOf(setting, kept)) return undefined
  return setting.kind === 'number' ? Number(kept) : kept
}

/** Whether the environment says it: then nobody changes it at a page. */
export function isFixed({ env }: Setting, config: Config): boolean {
  return env !== undefined && config.given[env]
}

/** Where nobody has set anything. */
export function usualOf(setting: Setting, config: Config): string | number | Words | null {
  return typeof setting.usual === 'function' ? setting.usual(config) : setting.usual
}

function faultOf(setting: Exclude<Setting, { kind: 'words' }>, text: string): Words | undefined {
  if (setting.kind === 'choice')
    return Object.hasOwn(setting.options, text) ? undefined : noChoice(setting.options)
  if (setting.kind === 'number') return isWithin(setting, text) ? undefined : outside(setting, text)
  if (text.length > setting.most) return tooLong(setting.most, text.length)
  if (isUnfit(text)) return UNFIT
  const isAddress = setting.kind !== 'email' || text === '' || ADDRESS.test(text)
  return isAddress ? undefined : noAddress(text)
}

const ADDRESS = /^[^\s@<>()",;:\\]+@[^\s@<>()",;:\\]+\.[^\s@.<>()",;:\\]{2,}$/

function isWithin({ least, most }: NumberSetting, text: string): boolean {
  return /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most
}

function isUnfit(text: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)
}

function wordsKept(most: number, typed: Typed): string {
  const fr = (typed.fr ?? '').normalize('NFC').trim()
  const en = (typed.en ?? '').normalize('NFC').trim()
  for (const [field, text] of [
    ['fr', fr],
    ['en', en],
  ] as const) {
    if (text.length > most) throw wrong(field, tooLong(most, text.length))
    if (isUnfit(text)) throw wrong(field, UNFIT)
  }
  if ((fr === '') !== (en === '')) throw wrong(fr === '' ? 'fr' : 'en', BOTH)
  return fr === '' ? '' : JSON.stringify({ fr, en })
}

function wordsIn(most: number, kept: string): Words | undefined {
  try {
    const { fr, en } = JSON.parse(kept) as Partial<Words>
    const sound = [fr, en].every(
      (text) => typeof text === 'string' && text !== '' && text.length <= most && !isUnfit(text),
    )
    return sound ? ({ fr, en } as Words) : undefined
  } catch {
    return undefined
  }
}

function wrong(field: string, words: Words): DomainError {
  return new DomainError('invalid-request', words, { fields: [{ pointer: `/${field}`, words }] })
}

const shown = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

function noChoice(options: Readonly<Record<string, Words>>): Words {
  const list = (language: keyof Words) =>
    Object.entries(options)
      .map(([value, words]) => `${words[language]} (${value})`)
      .join(', ')
  return { fr: `Choisissez : ${list('fr')}.`, en: `Choose one of: ${list('en')}.` }
}

function outside({ least, most }: NumberSetting, text: string): Words {
  return {
    fr: `« ${shown(text)} » ne va pas ici : donnez un nombre entier de ${least} à ${most}.`,
    en: `“${shown(text)}” does not go here: give a whole number from ${least} to ${most}.`,
  }
}

function tooLong(most: number, length: number): Words {
  return {
    fr: `Ce texte a ${length} caractères ; le maximum est ${most}. Abrégez-le.`,
    en: `This text has ${length} characters; the most is ${most}. Shorten it.`,
  }
}

function noAddress(text: string): Words {
  return {
    fr: `« ${shown(text)} » n’est pas une adresse électronique : elle s’écrit nom@domaine.fr.`,
    en: `“${shown(text)}” is not an e-mail address: it is written name@domain.fr.`,
  }
}

const UNFIT: Words = {
  fr: 'Ce texte a plusieurs lignes ou des caractères invisibles : retapez-le sur une ligne.',
  en: 'This text has several lines or invisible characters: type it again on one line.',
}
const BOTH: Words = {
  fr: 'Écrivez le texte dans les deux langues, ou dans aucune.',
  en: 'Write the text in both languages, or in none.',
}
