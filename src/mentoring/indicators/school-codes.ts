/** Codes of what is counted of a school as a whole. */
export const publicCode = (of: string) => `public:${of}`
/** Those followed who are not of a public, where it is known. */
export const othersCode = (of: string) => `others:${of}`
/** All outcomes of a kind: `bac`, `bts`, `next`. */
export const outcomeBase = (kind: string) => kind.toLowerCase()
export const outcomeCode = (kind: string, outcome: string) => `${kind}:${outcome}`
export const themeCode = (theme: string) => `theme:${theme}`

/** A theme of somebody's own, whose words are nobody's to publish. */
export const OTHER_THEME = 'AUTRE'

/** Of the classes as they are today: what a past school year keeps is the last day that it was counted. */
export const STATE_CODES = [
  'classes',
  'without_liaison',
  'without_referent',
  'without_agreement',
  'agreements_ending',
  'cohorts_uncovered',
  'progression_current',
  'plan_unsigned',
] as const

/** What is no number of persons: days, money, companies, agreements, and how classes stand. */
export const ORGANISATION_CODES = [
  'person_day_tenths',
  'promised_days',
  'tutoring_days',
  'equipment_cents',
  'promised_cents',
  'companies',
  'renewals',
  ...STATE_CODES,
] as const
export type OrganisationCode = (typeof ORGANISATION_CODES)[number]

/** Numbers by code; what is not there is nought, but for `public:`: there it is not known. */
export type SchoolFigures = Readonly<Record<string, number>>
