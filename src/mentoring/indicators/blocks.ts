import type { Say } from '../../web/say.js'
import type { Words } from '../../words.js'
import { LEVEL_WORDS, LEVELS, type LevelCode } from '../levels.js'
import { schoolYearLabel } from '../school-year.js'
import { SESSION_FORMATS, type SessionFormat } from '../schemes/scheme.js'
import { BASES, BREAKDOWNS, SHARES, VOLUMES, type Base } from './measures.data.js'
import { formatCode, kindCode, levelCode, partCode, sessionLevelCode } from './read-figures.js'
import type { IndicatorsView } from './see-indicators.js'

/** A number, and how it is written; undefined: not published. */
export type Figure = Readonly<{ label: string; value: number | undefined; text: string }>

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

/** What a page, a report or an export tells of some indicators, in this order. */
export function blocksOf(view: IndicatorsView, say: Say): Block[] {
  const { followed, sessions, placements } = view.sections
  return [
    levelBlock(view, say, 'followed'),
    ...(view.history.length > 1 ? [historyBlock(view, say)] : []),
    ...(followed.whole ? BREAKDOWNS.map((one) => breakdownBlock(view, say, one)) : []),
    ...(sessions.whole ? sessionBlocks(view, say) : []),
    ...(followed.whole ? [sharesBlock(view, say)] : []),
    ...(placements.whole ? [placementBlock(view, say)] : []),
  ]
}

export function levelWords(level: string): Words {
  return level === '' ? UNKNOWN_LEVEL : LEVEL_WORDS[level as LevelCode]
}

export function baseDefinition(say: Say, base: Base): Block['definitions'][number] {
  return { term: say(BASES[base].words), text: say(BASES[base].definition) }
}

function figure(say: Say, label: string, value: number | undefined): Figure {
  return { label, value, text: value === undefined ? say(NOT_PUBLISHED) : say.number(value) }
}

/** A base by level; of one level, when the reader asked for one. Levels that nobody is at are left out. */
function levelBlock(view: IndicatorsView, say: Say, base: 'followed' | 'sessions'): Block {
  const { whole } = view.sections[base]
  const code = base === 'followed' ? levelCode : sessionLevelCode
  const levels = view.level === undefined ? [...LEVELS, ''] : [view.level]
  const figures = levels.flatMap((level) => {
    const value = whole?.shown[code(level)]
    return whole === undefined || value === 0 ? [] : figure(say, say(levelWords(level)), value)
  })
  return {
    code: `${base}-level`,
    title: `${say(BASES[base].words)}, ${say({ fr: 'par niveau', en: 'by level' })}`,
    sentence: whole ? countSentence(view, say, base) : tooFew(view, say),
    kind: 'bars',
    head: [say({ fr: 'Niveau', en: 'Level' }), say(BASES[base].words)],
    figures,
    definitions: [baseDefinition(say, base)],
  }
}

function countSentence(view: IndicatorsView, say: Say, base: Base): string {
  const section = view.sections[base]
  const count = say.number(section.whole?.count ?? 0)
  const year = schoolYearLabel(view.year)
  const scheme = say(view.scheme.words)
  const what = say(BASES[base].words).toLowerCase()
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

function tooFew(view: IndicatorsView, say: Say): string {
  const year = schoolYearLabel(view.year)
  return say({
    fr: `En ${year}, aucun élève n’est suivi ici dans ce dispositif, ou ils sont trop peu nombreux pour que leurs chiffres soient publiés.`,
    en: `In ${year} nobody is followed here in this scheme, or they are too few for their figures to be published.`,
  })
}

function historyBlock({ history }: IndicatorsView, say: Say): Block {
  const figures = history.map(({ year, followed }) => figure(say, schoolYearLabel(year), followed))
  const last = figures.at(-1)
  const first = figures[0]
  return {
    code: 'history',
    title: say({ fr: 'D’une année à l’autre', en: 'From year to year' }),
    sentence: say({
      fr: `Élèves suivis : ${first?.text ?? ''} en ${first?.label ?? ''}, ${last?.text ?? ''} en ${last?.label ?? ''}.`,
      en: `Students followed: ${first?.text ?? ''} in ${first?.label ?? ''}, ${last?.text ?? ''} in ${last?.label ?? ''}.`,
    }),
    kind: 'line',
    head: [
      say({ fr: 'Année scolaire', en: 'School year' }),
      say(BASES.followed.words),
      say({ fr: 'Heures de séance', en: 'Hours of sessions' }),
    ],
    figures,
    more: history.map(({ minutes }) =>
      minutes === undefined ? say(NOT_PUBLISHED) : say.hours(minutes),
    ),
    definitions: [baseDefinition(say, 'followed')],
  }
}

function breakdownBlock(
  { sections }: IndicatorsView,
  say: Say,
  { code, words, definition, parts }: (typeof BREAKDOWNS)[number],
): Block {
  const shown = sections.followed.whole?.shown ?? {}
  const figures = parts.map((part) => figure(say, say(part.words), shown[partCode(part.code)]))
  const total = say.number(sections.followed.whole?.count ?? 0)
  const said = figures.filter(({ value }) => value !== undefined)
  const list = say.list(said.map(({ label, text }) => `${label} ${text}`))
  return {
    code,
    title: say(words),
    sentence:
      said.length > 0
        ? say({
            fr: `Sur ${total} élèves suivis : ${list}.`,
            en: `Of ${total} students followed: ${list}.`,
          })
        : say({
            fr: `Sur ${total} élèves suivis, ces nombres sont trop petits pour être publiés.`,
            en: `Of ${total} students followed, these numbers are too small to be published.`,
          }),
    kind: parts.length === 2 ? 'stack' : 'bars',
    head: [say(words), say(BASES.followed.words)],
    figures,
    definitions: [{ term: say(words), text: say(definition) }],
  }
}

const FORMAT_WORDS: Readonly<Record<SessionFormat, Words>> = {
  INDIVIDUEL: { fr: 'Individuel', en: 'One to one' },
  PETIT_GROUPE: { fr: 'Petit groupe', en: 'Small group' },
  CLASSE: { fr: 'Classe', en: 'Class' },
}

function sessionBlocks(view: IndicatorsView, say: Say): Block[] {
  return [kindBlock(view, say), formatBlock(view, say), levelBlock(view, say, 'sessions')]
}

function kindBlock(view: IndicatorsView, say: Say): Block {
  const { whole } = view.sections.sessions
  const { kinds } = view.scheme
  const figures = kinds.map(({ code, words }) =>
    figure(say, say(words), whole?.shown[kindCode(code)]),
  )
  const hours = VOLUMES.filter(({ base }) => base === 'sessions')
  const total = say.hours(whole?.counts['minutes'] ?? 0)
  const studentHours = say.hours(whole?.counts['student_minutes'] ?? 0)
  return {
    code: 'sessions-kind',
    title: say({ fr: 'Séances par type', en: 'Sessions by kind' }),
    sentence: `${countSentence(view, say, 'sessions')} ${say({
      fr: `Elles font ${total}, et ${studentHours} en heures-élèves.`,
      en: `They make ${total}, and ${studentHours} in student hours.`,
    })}`,
    kind: 'bars',
    head: [
      say({ fr: 'Type', en: 'Kind' }),
      say(BASES.sessions.words),
      say({ fr: 'Heures', en: 'Hours' }),
    ],
    figures,
    more: kinds.map(({ code }, at) =>
      figures[at]?.value === undefined
        ? say(NOT_PUBLISHED)
        : say.hours(whole?.counts[`minutes:${code}`] ?? 0),
    ),
    definitions: [
      baseDefinition(say, 'sessions'),
      ...hours.map(({ words, definition }) => ({ term: say(words), text: say(definition) })),
    ],
  }
}

function formatBlock({ sections }: IndicatorsView, say: Say): Block {
  const shown = sections.sessions.whole?.shown ?? {}
  return {
    code: 'sessions-format',
    title: say({ fr: 'Séances par format', en: 'Sessions by format' }),
    sentence: say({
      fr: 'Avec combien d’élèves les séances ont lieu, tel qu’elles sont enregistrées.',
      en: 'With how many students sessions take place, as they were recorded.',
    }),
    kind: 'bars',
    head: [say({ fr: 'Format', en: 'Format' }), say(BASES.sessions.words)],
    figures: SESSION_FORMATS.map((format) =>
      figure(say, say(FORMAT_WORDS[format]), shown[formatCode(format)]),
    ),
    definitions: [baseDefinition(say, 'sessions')],
  }
}

function sharesBlock({ shares, scheme }: IndicatorsView, say: Say): Block {
  const known = SHARES.filter(({ schemes }) => schemes?.includes(scheme.code) ?? true)
  const figures = known.map(({ code, words }) => {
    const value = shares[code]
    const text = value === undefined ? say(NOT_PUBLISHED) : percent(say, value)
    return { label: say(words), value, text }
  })
  const first = figures.find(({ value }) => value !== undefined)
  return {
    code: 'shares',
    title: say({ fr: 'Parts', en: 'Shares' }),
    sentence: first
      ? say({
          fr: `Par exemple, ${first.label.toLowerCase()} : ${first.text}. Aucune part n’est donnée sur moins de 20.`,
          en: `For instance, ${first.label.toLowerCase()}: ${first.text}. No share is given of fewer than 20.`,
        })
      : say({
          fr: 'Aucune part n’est donnée sur moins de 20.',
          en: 'No share is given of fewer than 20.',
        }),
    kind: 'bars',
    head: [say({ fr: 'Part', en: 'Share' }), say({ fr: 'Pourcentage', en: 'Percentage' })],
    figures,
    definitions: known.map(({ words, definition }) => ({
      term: say(words),
      text: say(definition),
    })),
  }
}

export function percent(say: Say, value: number): string {
  return say({ fr: `${value}\u00a0%`, en: `${value}%` })
}

function placementBlock(view: IndicatorsView, say: Say): Block {
  const { whole } = view.sections.placements
  const days = VOLUMES.find(({ base }) => base === 'placements')
  const label = say(BASES.placements.words)
  return {
    code: 'placements',
    title: label,
    sentence: countSentence(view, say, 'placements'),
    kind: 'table',
    head: [label, say({ fr: 'Nombre', en: 'Number' }), say({ fr: 'Jours', en: 'Days' })],
    figures: [figure(say, label, whole?.count)],
    more: [say.number(whole?.counts['placement_days'] ?? 0)],
    definitions: [
      baseDefinition(say, 'placements'),
      ...(days ? [{ term: say(days.words), text: say(days.definition) }] : []),
    ],
  }
}
