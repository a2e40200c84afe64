import type { Say } from '../../web/say.js'
import type { Words } from '../../words.js'
import { SESSION_FORMATS, type SessionFormat } from '../schemes/scheme.js'
import { BASES } from './bases.data.js'
import { baseDefinition, countSentence, figure, NOT_PUBLISHED, type Block } from './block.js'
import { VOLUMES } from './measures.data.js'
import type { IndicatorsView } from './see-indicators.js'
import { formatCode, kindCode, PLACE_CODES } from './splits.js'
import { levelBlock } from './student-blocks.js'

const FORMAT_WORDS: Readonly<Record<SessionFormat, Words>> = {
  INDIVIDUEL: { fr: 'Individuel', en: 'One to one' },
  PETIT_GROUPE: { fr: 'Petit groupe', en: 'Small group' },
  CLASSE: { fr: 'Classe', en: 'Class' },
}

export function sessionBlocks(view: IndicatorsView, say: Say): Block[] {
  return [
    kindBlock(view, say),
    placeBlock(view, say),
    formatBlock(view, say),
    levelBlock(view, say, 'sessions'),
  ]
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

const PLACE_WORDS: Readonly<Record<(typeof PLACE_CODES)[number], Words>> = {
  'place:company': { fr: 'Dans l’entreprise', en: 'In the company' },
  'place:elsewhere': {
    fr: 'Au lycée, à distance ou ailleurs',
    en: 'At the lycée, online or elsewhere',
  },
}

/** Visits and job shadowing are not told apart: what is recorded is where a session took place. */
function placeBlock({ sections }: IndicatorsView, say: Say): Block {
  const shown = sections.sessions.whole?.shown ?? {}
  return {
    code: 'sessions-place',
    title: say({ fr: 'Séances dans l’entreprise', en: 'Sessions in the company' }),
    sentence: say({
      fr: 'Visites, ateliers et observations en entreprise, et ce qui se fait ailleurs.',
      en: 'Visits, workshops and job shadowing in companies, and what takes place elsewhere.',
    }),
    kind: 'stack',
    head: [say({ fr: 'Lieu', en: 'Place' }), say(BASES.sessions.words)],
    figures: PLACE_CODES.map((code) => figure(say, say(PLACE_WORDS[code]), shown[code])),
    definitions: [
      baseDefinition(say, 'sessions'),
      {
        term: say({ fr: 'Lieu', en: 'Place' }),
        text: say({
          fr: 'Celui qui est enregistré avec la séance, quel que soit son type.',
          en: 'The one that is recorded with the session, whatever its kind.',
        }),
      },
    ],
  }
}

export function placementBlock(view: IndicatorsView, say: Say): Block {
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
