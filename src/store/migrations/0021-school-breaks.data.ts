/** Calendars of the school holidays in metropolitan France; Corse and overseas have their own. */
type Calendar = 'A' | 'B' | 'C'

type Holidays = Readonly<{
  code: string
  fr: string
  en: string
  /** First and last day without school; one line for all where the calendars agree. */
  days: Readonly<Partial<Record<Calendar | 'all', readonly [from: string, until: string]>>>
}>

type Year = Readonly<{
  year: number
  source: string
  /** The day on which it was held against its source; null: proposed, to be verified. */
  verifiedOn: string | null
  holidays: readonly Holidays[]
}>

const AUTUMN = { code: 'toussaint', fr: 'Vacances de la Toussaint', en: 'Autumn holidays' }
const CHRISTMAS = { code: 'noel', fr: 'Vacances de Noël', en: 'Christmas holidays' }
const WINTER = { code: 'hiver', fr: 'Vacances d’hiver', en: 'Winter holidays' }
const SPRING = { code: 'printemps', fr: 'Vacances de printemps', en: 'Spring holidays' }
const BRIDGE = { code: 'pont', fr: 'Pont de l’Ascension', en: 'Ascension bridge' }
const SUMMER = { code: 'ete', fr: 'Vacances d’été', en: 'Summer holidays' }

/** What the calendar begins with. People correct it and add to it at its page. */
export const SCHOOL_BREAKS: readonly Year[] = [
  {
    year: 2025,
    source: 'github.com/AntoineAugusti/vacances-scolaires, data.csv',
    verifiedOn: '2026-11-28',
    holidays: [
      { ...AUTUMN, days: { all: ['2025-10-18', '2025-11-02'] } },
      { ...CHRISTMAS, days: { all: ['2025-12-20', '2026-01-04'] } },
      {
        ...WINTER,
        days: {
          A: ['2026-02-07', '2026-02-22'],
          B: ['2026-02-14', '2026-03-01'],
          C: ['2026-02-21', '2026-03-08'],
        },
      },
      {
        ...SPRING,
        days: {
          A: ['2026-04-04', '2026-04-19'],
          B: ['2026-04-11', '2026-04-26'],
          C: ['2026-04-18', '2026-05-03'],
        },
      },
      { ...BRIDGE, days: { all: ['2026-05-15', '2026-05-16'] } },
      { ...SUMMER, days: { all: ['2026-07-04', '2026-08-31'] } },
    ],
  },
  {
    year: 2026,
    source: 'Proposition, sans source officielle',
    verifiedOn: null,
    holidays: [
      { ...AUTUMN, days: { all: ['2026-10-17', '2026-11-01'] } },
      { ...CHRISTMAS, days: { all: ['2026-12-19', '2027-01-03'] } },
      {
        ...WINTER,
        days: {
          A: ['2027-02-13', '2027-02-28'],
          B: ['2027-02-20', '2027-03-07'],
          C: ['2027-02-06', '2027-02-21'],
        },
      },
      {
        ...SPRING,
        days: {
          A: ['2027-04-10', '2027-04-25'],
          B: ['2027-04-17', '2027-05-02'],
          C: ['2027-04-03', '2027-04-18'],
        },
      },
      { ...SUMMER, days: { all: ['2027-07-03', '2027-08-31'] } },
    ],
  },
]
