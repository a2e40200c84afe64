import type { Language, Words } from '../words.js'

/** Sentences, dates and numbers in one language. No clock in it. */
export type Say = ((words: Words) => string) &
  Readonly<{
    language: Language
    /** 'YYYY-MM-DD' → « 2 mars 2026 » */
    day(day: string): string
    /** 'YYYY-MM' → « mars 2026 » */
    month(month: string): string
    /** An instant, in the time zone of the service. */
    instant(iso: string): string
    number(value: number): string
    /** Minutes → « 8 h 30 » */
    hours(minutes: number): string
    /** « projet, immersion et carrière » */
    list(items: readonly string[]): string
    /** A sentence that is in this language already, as it is set in type. */
    text(sentence: string): string
  }>

const LOCALES: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' }

export function sayIn(language: Language, timeZone = 'Europe/Paris'): Say {
  const locale = LOCALES[language]
  const dayFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const monthFormat = new Intl.DateTimeFormat(locale, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const instantFormat = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  })
  const numbers = new Intl.NumberFormat(locale)
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  const text = language === 'fr' ? setInFrench : (sentence: string) => sentence
  const ordinal = language === 'fr' ? firstInFrench : (date: string) => date
  const say = (words: Words) => text(words[language])
  return Object.assign(say, {
    language,
    text,
    day: (day: string) => ordinal(dayFormat.format(new Date(`${day}T00:00:00Z`))),
    month: (month: string) => monthFormat.format(new Date(`${month}-01T00:00:00Z`)),
    instant: (iso: string) => ordinal(instantFormat.format(new Date(iso))),
    number: (value: number) => numbers.format(value),
    list: (items: readonly string[]) => lists.format(items),
    hours: (minutes: number) => {
      const rest = minutes % 60
      return `${numbers.format(Math.floor(minutes / 60))} h${rest === 0 ? '' : ` ${String(rest).padStart(2, '0')}`}`
    },
  })
}

/** « 1er mars 2026 »: in French the first of a month is no plain number. */
export function firstInFrench(date: string): string {
  return date.replace(/(?<!\d)1 (?=\p{L})/u, '1er ')
}

/** French signs of two parts stay with their word: no line begins with one. */
function setInFrench(sentence: string): string {
  return sentence.replaceAll(/ (?=[:;?!»])/g, '\u00a0').replaceAll('« ', '«\u00a0')
}
