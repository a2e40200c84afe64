import type { Say } from '../../web/say.js'
import { LEVELS } from '../levels.js'
import { schoolYearLabel } from '../school-year.js'
import { BASES } from './bases.data.js'
import {
  baseDefinition,
  countSentence,
  figure,
  levelWords,
  NOT_PUBLISHED,
  percent,
  type Block,
  withinSentence,
} from './block.js'
import { SHARES, type BREAKDOWNS } from './measures.data.js'
import type { IndicatorsView } from './see-indicators.js'
import { levelCode, partCode, sessionLevelCode } from './splits.js'

/** A base by level; of one level, when the reader asked for one. Levels that nobody is at are left out. */
export function levelBlock(view: IndicatorsView, say: Say, base: 'followed' | 'sessions'): Block {
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

function tooFew(view: IndicatorsView, say: Say): string {
  const year = schoolYearLabel(view.year)
  return say({
    fr: `En ${year}, aucun élève n’est suivi ici dans ce dispositif, ou ils sont trop peu nombreux pour que leurs chiffres soient publiés.`,
    en: `In ${year} nobody is followed here in this scheme, or they are too few for their figures to be published.`,
  })
}

export function historyBlock({ history }: IndicatorsView, say: Say): Block {
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

export function breakdownBlock(
  { sections }: IndicatorsView,
  say: Say,
  { code, words, definition, parts }: (typeof BREAKDOWNS)[number],
): Block {
  const shown = sections.followed.whole?.shown ?? {}
  const figures = parts.map((part) => figure(say, say(part.words), shown[partCode(part.code)]))
  const total = say.number(sections.followed.whole?.count ?? 0)
  const said = figures.filter(({ value }) => value !== undefined)
  const list = say.list(said.map(({ label, text }) => `${text} ${withinSentence(label)}`))
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

export function sharesBlock({ shares, scheme }: IndicatorsView, say: Say): Block {
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
