import type { Say } from '../../web/say.js'
import type { Words } from '../../words.js'
import { LEVEL_WORDS, type LevelCode } from '../levels.js'
import { schoolYearLabel } from '../school-year.js'
import { BASES, type Base } from './bases.data.js'
import type { IndicatorsView } from './see-indicators.js'

/** A number, and how it is written; undefined: not published, or no plain number. */
export type Amount = Readonly<{ value: number | undefined; text: string }>
export type Figure = Amount & Readonly<{ label: string }>

export type Block = Readonly<{
  code: string
  title: string
  /** What the figures say, in words. */
  sentence: string
  kind: 'bars' | 'line' | 'stack' | 'table'
  /** Of the table beside: what is in its rows, then in its columns. */
  head: readonly string[]
  figures: readonly Figure[]
  /** A second number of each row, such as hours. */
  more?: readonly string[]
  definitions: readonly Readonly<{ term: string; text: string }>[]
}>

export const NOT_PUBLISHED: Words = { fr: 'non publié', en: 'not published' }
const UNKNOWN_LEVEL: Words = { fr: 'Niveau inconnu', en: 'Level not known' }

export function levelWords(level: string): Words {
  return level === '' ? UNKNOWN_LEVEL : LEVEL_WORDS[level as LevelCode]
}

export function baseDefinition(say: Say, base: Base): Block['definitions'][number] {
  return { term: say(BASES[base].words), text: say(BASES[base].definition) }
}

export function figure(say: Say, label: string, value: number | undefined): Figure {
  return { label, value, text: value === undefined ? say(NOT_PUBLISHED) : say.number(value) }
}

export function countSentence(view: IndicatorsView, say: Say, base: Base): string {
  const section = view.sections[base]
  const count = say.number(section.whole?.count ?? 0)
  const year = schoolYearLabel(view.year)
  const scheme = say(view.scheme.words)
  const what = withinSentence(say(BASES[base].words))
  const schools = section.lines.reduce((sum, { schoolIds }) => sum + schoolIds.length, 0)
  const where =
    schools > 0
      ? say({
          fr: ` dans ${schools} établissement${schools > 1 ? 's' : ''}`,
          en: ` in ${schools} school${schools > 1 ? 's' : ''}`,
        })
      : ''
  return say({
    fr: `En ${year}, ${scheme} : ${count} ${what}${where}.`,
    en: `In ${year}, ${scheme}: ${count} ${what}${where}.`,
  })
}

/** « élèves suivis », but « PFMP ». */
export function withinSentence(text: string): string {
  return /^\p{Lu}\p{Lu}/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
}

export function percent(say: Say, value: number): string {
  return say({ fr: `${value}\u00a0%`, en: `${value}%` })
}
