/** What is planned of the cordées: 40 collégiens in three of them, each in one. */

/** Schools by their place among the collèges: one may be in several cordées. */
export type CordeeFact = Readonly<{
  name: string
  charter: string
  colleges: readonly number[]
  /** The school year in which it opened, before this one. */
  yearsAgo: number
}>

export const CORDEES: readonly CordeeFact[] = [
  { name: 'Cordée DÉMO des Deux-Rives', charter: 'DEMO-C1', colleges: [0], yearsAgo: 1 },
  { name: 'Cordée DÉMO Sciences et industrie', charter: 'DEMO-C2', colleges: [0, 1], yearsAgo: 1 },
  { name: 'Cordée DÉMO Prendre la parole', charter: 'DEMO-C3', colleges: [1], yearsAgo: 0 },
]

/** How many entered from where; those in 3e who entered the year before are followed for two years (CO-07). */
export const ENTRIES: readonly Readonly<{
  cordee: number
  college: number
  level: '4E' | '3E'
  yearsAgo: 0 | 1
  count: number
}>[] = [
  { cordee: 0, college: 0, level: '3E', yearsAgo: 1, count: 8 },
  { cordee: 0, college: 0, level: '4E', yearsAgo: 0, count: 8 },
  { cordee: 1, college: 0, level: '4E', yearsAgo: 0, count: 8 },
  { cordee: 1, college: 1, level: '3E', yearsAgo: 1, count: 6 },
  { cordee: 2, college: 1, level: '4E', yearsAgo: 0, count: 5 },
  { cordee: 2, college: 1, level: '3E', yearsAgo: 0, count: 5 },
]

/** The day on which they said that they volunteer (CO-04), and their first day in the cordée. MM-DD */
export const VOLUNTEERED = '09-04'
export const ENTERED = '09-07'

/** Of the tête de cordée: students who tutor. Each collégien has one of them. */
export const TUTORS_OF_TETE = 10

type Action = Readonly<{ date: string; kind: string; minutes: number; topic: string }>

/** CO-06, for all of a cordée; the days are the first school days from these on. */
export const COLLECTIVE: readonly Action[] = [
  {
    date: '10-05',
    kind: 'DECOUVERTE_LIEU_SECTEUR',
    minutes: 180,
    topic: 'Une journée à l’université : amphithéâtre, laboratoire, restaurant',
  },
  {
    date: '11-12',
    kind: 'MUSEE',
    minutes: 150,
    topic: 'Visite du musée des techniques, une question par groupe',
  },
  {
    date: '01-21',
    kind: 'PRISE_DE_PAROLE',
    minutes: 120,
    topic: 'Parler trois minutes d’un métier devant le groupe',
  },
  {
    date: '03-25',
    kind: 'DECOUVERTE_LIEU_SECTEUR',
    minutes: 180,
    topic: 'Découverte d’un atelier de composites',
  },
  {
    date: '05-20',
    kind: 'AUTRE_ACTION',
    minutes: 120,
    topic: 'Bilan de l’année avec les familles',
  },
]

/** CO-06, one to one, with the tutor of each. */
export const TUTORING: readonly Action[] = [
  ['10-01', 'Faire connaissance, choisir trois objectifs'],
  ['11-16', 'Apprendre à apprendre : fiches et emploi du temps'],
  ['12-14', 'Préparer un exposé'],
  ['01-25', 'Voies après la 3e : en parler, comparer'],
  ['03-10', 'Écrire une lettre pour un stage d’observation'],
  ['05-12', 'Ce que j’ai appris cette année'],
].map(([date = '', topic = '']) => ({ date, kind: 'TUTORAT_ETUDIANT', minutes: 60, topic }))

/** CO-06, one to one with people of a company, each of its endorsers once. */
export const BY_PROFESSIONALS = {
  cordee: 0,
  company: 0,
  action: {
    date: '11-09',
    kind: 'MENTORAT_PROFESSIONNEL',
    minutes: 60,
    topic: 'Mon métier, mon parcours : questions à une personne de l’atelier',
  },
} as const

/** CO-05: what the collèges are, and how many of their collégiens in a cordée are of which public. */
export const PUBLICS: readonly Readonly<{
  cordee: number
  college: number
  traits: readonly string[]
  QPV: string
  BOURSIER: string
}>[] = [
  { cordee: 0, college: 0, traits: ['EDUCATION_PRIORITAIRE'], QPV: '9', BOURSIER: '7' },
  { cordee: 1, college: 1, traits: ['RURAL_ISOLE'], QPV: '', BOURSIER: '5' },
]
