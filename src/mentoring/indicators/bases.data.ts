import type { Words } from '../../words.js'

/** What a table is a table of: a school with fewer than 5 of them does not stand in it alone. */
export type Base =
  | 'followed'
  | 'sessions'
  | 'placements'
  | 'school_mentors'
  | 'badges'
  | 'endorsed'
  | 'bac'
  | 'bts'
  | 'next'

export type Said = Readonly<{
  code: string
  words: Words
  /** What exactly is counted: stands below every figure. */
  definition: Words
}>

export const BASES: Readonly<Record<Base, Said>> = {
  followed: {
    code: 'followed',
    words: { fr: 'Élèves suivis', en: 'Students followed' },
    definition: {
      fr: 'Élèves inscrits dans une cohorte un jour au moins de l’année scolaire, jusqu’au jour du calcul. Qui change de cohorte dans l’année compte dans chacune. Le lycée et le niveau sont ceux de son dernier jour.',
      en: 'Students enrolled in a cohort for one day or more of the school year, until the day of counting. Who changes cohort within the year counts in each. School and level are those of their last day.',
    },
  },
  sessions: {
    code: 'sessions',
    words: { fr: 'Séances', en: 'Sessions' },
    definition: {
      fr: 'Séances enregistrées, confirmées ou non ; celles que tous leurs élèves contestent, ou que leur mentor dit ne pas avoir eu lieu, ne comptent pas. Une séance compte une fois, au lycée et au niveau du plus grand nombre de ses élèves.',
      en: 'Sessions recorded, confirmed or not; those that all their students contest, or of which their mentor says that they did not take place, do not count. A session counts once, at the school and the level of most of its students.',
    },
  },
  placements: {
    code: 'placements',
    words: { fr: 'PFMP', en: 'Placements (PFMP)' },
    definition: {
      fr: 'Périodes de formation en milieu professionnel commencées dans l’année scolaire, dont les jours faits sont connus, non contestées.',
      en: 'Periods of training in a company that began in the school year, whose days done are known, not contested.',
    },
  },
  school_mentors: {
    code: 'school_mentors',
    words: { fr: 'Mentors', en: 'Mentors' },
    definition: {
      fr: 'Personnes qui ont mené une séance P-TECH au moins dans l’année scolaire. Qui intervient dans deux lycées compte dans chacun. Un mentor est nouveau s’il n’avait mené aucune séance P-TECH avant cette année.',
      en: 'Persons who led one P-TECH session or more in the school year. Who works with two lycées counts in each. A mentor is new who had led no P-TECH session before this year.',
    },
  },
  badges: {
    code: 'badges',
    words: { fr: 'Badges délivrés', en: 'Badges issued' },
    definition: {
      fr: 'Badges délivrés par le lycée dans l’année scolaire, tous dispositifs confondus, ceux qui ont été révoqués depuis compris. Chacun est validé par une entreprise. Qui regarde un badge n’est jamais compté.',
      en: 'Badges that the lycée issued in the school year, whatever the scheme, those revoked since among them. Each is endorsed by a company. Who looks at a badge is never counted.',
    },
  },
  endorsed: {
    code: 'endorsed',
    words: { fr: 'Dossiers validés par une entreprise', en: 'Dossiers endorsed by a company' },
    definition: {
      fr: 'Dossiers de badge qu’une entreprise a validés dans l’année scolaire, que le badge soit déjà délivré ou pas encore.',
      en: 'Badge dossiers that a company endorsed in the school year, whether the badge is issued yet or not.',
    },
  },
  bac: {
    code: 'bac',
    words: { fr: 'Résultats du baccalauréat', en: 'Results of the baccalauréat' },
    definition: {
      fr: 'Élèves dont le lycée a noté le résultat au baccalauréat professionnel dans l’année scolaire.',
      en: 'Students whose lycée noted their result at the baccalauréat professionnel in the school year.',
    },
  },
  bts: {
    code: 'bts',
    words: { fr: 'Résultats du BTS', en: 'Results of the BTS' },
    definition: {
      fr: 'Étudiants dont le lycée a noté le résultat au BTS dans l’année scolaire.',
      en: 'Students whose lycée noted their result at the BTS in the school year.',
    },
  },
  next: {
    code: 'next',
    words: { fr: 'Suites de parcours', en: 'What students went on to' },
    definition: {
      fr: 'Élèves dont le lycée a noté la suite du parcours dans l’année scolaire, ou le départ par embauche ou décrochage. Un contrat dans une entreprise partenaire est une possibilité, jamais une promesse (PT-23).',
      en: 'Students of whom the lycée noted what came next in the school year, or that they left for employment or left education. A contract in a partner company is a possibility, never a promise (PT-23).',
    },
  },
}
