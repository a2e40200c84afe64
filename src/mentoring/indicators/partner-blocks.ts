import type { Say } from '../../web/say.js'
import type { Words } from '../../words.js'
import { BASES } from './bases.data.js'
import { baseDefinition, countSentence, figure, type Block, type Figure } from './block.js'
import type { OrganisationCode } from './school-codes.js'
import type { IndicatorsView } from './see-indicators.js'

type Line = Readonly<{ code: OrganisationCode; words: Words; definition: Words }>
type Organisation = NonNullable<IndicatorsView['organisation']>

/** P-TECH: what companies give, all of them together; no company is named or ranked. */
export function partnerBlocks(view: IndicatorsView, say: Say): Block[] {
  const { organisation } = view
  if (!organisation || organisation.classes + organisation.companies === 0) return []
  return [
    companyBlock(organisation, say),
    ...(view.sections.school_mentors.whole ? [mentorBlock(view, say)] : []),
    governanceBlock(organisation, say),
  ]
}

const COMPANY_LINES: readonly (Line & Readonly<{ unit?: 'tenths' | 'cents' }>)[] = [
  {
    code: 'person_day_tenths',
    unit: 'tenths',
    words: { fr: 'Jours-personnes donnés', en: 'Person-days given' },
    definition: {
      fr: 'Temps des mentors dans les séances confirmées, 7 heures par jour, et jours de salariés enregistrés à part ; ni argent, ni tutorat de stage (PT-21).',
      en: 'Time of mentors in confirmed sessions, 7 hours a day, and days of employees recorded apart; neither money nor tutoring of placements (PT-21).',
    },
  },
  {
    code: 'promised_days',
    words: { fr: 'Jours-personnes promis', en: 'Person-days promised' },
    definition: {
      fr: 'Engagements des entreprises envers les classes pour l’année scolaire.',
      en: 'What companies promised to classes for the school year.',
    },
  },
  {
    code: 'tutoring_days',
    words: { fr: 'Jours de tutorat de stage', en: 'Days of tutoring of placements' },
    definition: {
      fr: 'Jours de stage confirmés dans ces entreprises, à côté des jours-personnes et non comptés dedans.',
      en: 'Confirmed days of placement in these companies, beside person-days and not counted in them.',
    },
  },
  {
    code: 'equipment_cents',
    unit: 'cents',
    words: { fr: 'Financement de matériel', en: 'Money for equipment' },
    definition: {
      fr: 'Montants enregistrés, en euros ; jamais convertis en jours (PT-22).',
      en: 'Amounts recorded, in euros; never turned into days (PT-22).',
    },
  },
  {
    code: 'promised_cents',
    unit: 'cents',
    words: { fr: 'Financement de matériel promis', en: 'Money for equipment promised' },
    definition: {
      fr: 'Engagements des entreprises pour l’année scolaire, en euros.',
      en: 'What companies promised for the school year, in euros.',
    },
  },
  {
    code: 'companies',
    words: { fr: 'Entreprises qui ont donné ou promis', en: 'Companies that gave or promised' },
    definition: {
      fr: 'Une entreprise qui aide deux lycées compte pour chacun.',
      en: 'A company that helps two lycées counts for each.',
    },
  },
  {
    code: 'renewals',
    words: { fr: 'Accords renouvelés', en: 'Agreements renewed' },
    definition: {
      fr: 'Accords commencés dans l’année scolaire qui en prolongent un autre.',
      en: 'Agreements that began in the school year and take over from another.',
    },
  },
]

function companyBlock(organisation: Organisation, say: Say): Block {
  const figures = COMPANY_LINES.map(({ code, unit, words }): Figure => {
    const count = organisation[code]
    if (unit === undefined) return figure(say, say(words), count)
    const value = unit === 'tenths' ? count / 10 : count / 100
    const text = unit === 'tenths' ? say.number(value) : `${say.number(value)}\u00a0€`
    return { label: say(words), value, text }
  })
  const [given, promised] = figures
  return {
    code: 'companies',
    title: say({ fr: 'Ce que donnent les entreprises', en: 'What companies give' }),
    sentence: say({
      fr: `Toutes entreprises ensemble : ${given?.text ?? ''} jours-personnes donnés, ${promised?.text ?? ''} promis.`,
      en: `All companies together: ${given?.text ?? ''} person-days given, ${promised?.text ?? ''} promised.`,
    }),
    kind: 'table',
    head: [say({ fr: 'Apport', en: 'Contribution' }), say({ fr: 'Total', en: 'Total' })],
    figures,
    definitions: definitionsOf(COMPANY_LINES, say),
  }
}

function mentorBlock(view: IndicatorsView, say: Say): Block {
  const shown = view.sections.school_mentors.whole?.shown ?? {}
  return {
    code: 'mentors',
    title: say(BASES.school_mentors.words),
    sentence: countSentence(view, say, 'school_mentors'),
    kind: 'stack',
    head: [say(BASES.school_mentors.words), say({ fr: 'Nombre', en: 'Number' })],
    figures: [
      figure(say, say({ fr: 'Nouveaux', en: 'New' }), shown['new_mentors']),
      figure(say, say({ fr: 'Déjà mentors', en: 'Mentors before' }), shown['known_mentors']),
    ],
    definitions: [baseDefinition(say, 'school_mentors')],
  }
}

const STATE_LINES: readonly Line[] = [
  {
    code: 'classes',
    words: { fr: 'Classes P-TECH', en: 'P-TECH classes' },
    definition: { fr: 'Classes ouvertes au lycée.', en: 'Classes that the lycée has opened.' },
  },
  {
    code: 'without_liaison',
    words: {
      fr: 'Classes à l’agent de liaison à régler',
      en: 'Classes whose liaison officer is to be settled',
    },
    definition: {
      fr: 'Sans agent de liaison, avec plusieurs, ou avec un agent que l’entreprise principale ne finance pas (PT-10).',
      en: 'Without a liaison officer, with several, or with one whom the principal company does not pay (PT-10).',
    },
  },
  {
    code: 'without_referent',
    words: { fr: 'Classes sans référent académique', en: 'Classes without an academic referent' },
    definition: {
      fr: 'Aucun référent académique attaché à la classe (PT-16).',
      en: 'No academic referent attached to the class (PT-16).',
    },
  },
  {
    code: 'without_agreement',
    words: { fr: 'Classes sans accord-cadre', en: 'Classes without a framework agreement' },
    definition: {
      fr: 'Aucun accord-cadre P-TECH enregistré (PT-14).',
      en: 'No P-TECH framework agreement recorded (PT-14).',
    },
  },
  {
    code: 'agreements_ending',
    words: { fr: 'Accords à renouveler', en: 'Agreements to be renewed' },
    definition: {
      fr: 'Terminés, ou finissant dans moins de douze mois, que rien ne renouvelle (PT-14).',
      en: 'Ended, or ending within twelve months, which nothing renews (PT-14).',
    },
  },
  {
    code: 'cohorts_uncovered',
    words: { fr: 'Cohortes à couvrir', en: 'Cohorts to be covered' },
    definition: {
      fr: 'En cours, et dont la dernière année dépasse l’accord-cadre (PT-14).',
      en: 'Under way, whose last year outlives the framework agreement (PT-14).',
    },
  },
  {
    code: 'progression_current',
    words: { fr: 'Progressions à jour', en: 'Progressions up to date' },
    definition: {
      fr: 'Classes dont la progression pédagogique couvre toutes les cohortes en cours, avec un inspecteur (PT-17).',
      en: 'Classes whose progression pédagogique covers all cohorts under way, with an inspector (PT-17).',
    },
  },
  {
    code: 'plan_unsigned',
    words: { fr: 'Plans de contributions à signer', en: 'Contributions plans to be signed' },
    definition: {
      fr: 'Classes sans plan sur cinq ans, ou dont le plan n’est pas signé des deux côtés (PT-18).',
      en: 'Classes without a five-year plan, or whose plan is not signed on both sides (PT-18).',
    },
  },
]

function governanceBlock(organisation: Organisation, say: Say): Block {
  const { classes, agreements_ending: ending, cohorts_uncovered: uncovered } = organisation
  return {
    code: 'governance',
    title: say({ fr: 'Pilotage des classes', en: 'How the classes are run' }),
    sentence: say({
      fr: `Classes P-TECH : ${classes} ; accords à renouveler : ${ending} ; cohortes à couvrir : ${uncovered}.`,
      en: `P-TECH classes: ${classes}; agreements to be renewed: ${ending}; cohorts to be covered: ${uncovered}.`,
    }),
    kind: 'table',
    head: [say({ fr: 'Constat', en: 'Finding' }), say({ fr: 'Nombre', en: 'Number' })],
    figures: STATE_LINES.map(({ code, words }) => figure(say, say(words), organisation[code])),
    definitions: [
      ...definitionsOf(STATE_LINES, say),
      {
        term: say({ fr: 'Date', en: 'Date' }),
        text: say({
          fr: 'État du jour du calcul ; pour une année passée, du dernier calcul fait dans cette année. Des nombres de classes, de cohortes et d’accords, jamais de personnes.',
          en: 'As of the day of counting; of a past year, of the last count made in it. Numbers of classes, cohorts and agreements, never of persons.',
        }),
      },
    ],
  }
}

function definitionsOf(lines: readonly Line[], say: Say): Block['definitions'] {
  return lines.map(({ words, definition }) => ({ term: say(words), text: say(definition) }))
}
