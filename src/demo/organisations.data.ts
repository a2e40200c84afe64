/** UAI of a département that does not exist (999), SIRET whose SIREN begin with 000: nobody's. */
export type SchoolFact = Readonly<{ uai: string; name: string; city: string }>

export const SCHOOLS: readonly SchoolFact[] = (
  [
    ['9990001X', 'des Tilleuls', 'Bourg-Démo'],
    ['9990002Y', 'de la Verrière', 'Bourg-Démo'],
    ['9990003Z', 'du Pont-Neuf', 'Rives-Démo'],
    ['9990004A', 'des Trois-Moulins', 'Rives-Démo'],
    ['9990005B', 'de la Halle', 'Plateau-Démo'],
    ['9990006C', 'du Belvédère', 'Plateau-Démo'],
    ['9990007D', 'des Ateliers', 'Val-Démo'],
    ['9990008E', 'de la Combe', 'Val-Démo'],
    ['9990009F', 'du Canal', 'Écluse-Démo'],
    ['9990010G', 'des Fonderies', 'Écluse-Démo'],
    ['9990011H', 'de la Source', 'Source-Démo'],
    ['9990012J', 'du Mail', 'Source-Démo'],
    ['9990013K', 'des Coteaux', 'Coteaux-Démo'],
    ['9990014L', 'de la Plaine', 'Plaine-Démo'],
    ['9990015M', 'du Vieux-Port', 'Plaine-Démo'],
  ] as const
).map(([uai, name, city]) => ({ uai, name: `Lycée professionnel DÉMO ${name}`, city }))

/** Whose students are in cordées: they go on with the numbers of the lycées. */
export const COLLEGES: readonly SchoolFact[] = [
  { uai: '9990016N', name: 'Collège DÉMO de l’Orée', city: 'Rives-Démo' },
  { uai: '9990017P', name: 'Collège DÉMO des Remparts', city: 'Écluse-Démo' },
]

export type CompanyFact = Readonly<{ siret: string; name: string; city: string; mail: string }>

export const COMPANIES: readonly CompanyFact[] = [
  { siret: '00099001000019', name: 'Composites du Lac DÉMO', city: 'Bourg-Démo', mail: 'lac' },
  { siret: '00099002800011', name: 'Plastiform DÉMO', city: 'Rives-Démo', mail: 'plastiform' },
  {
    siret: '00099003600014',
    name: 'Outillage et Mesure DÉMO',
    city: 'Val-Démo',
    mail: 'outillage',
  },
  {
    siret: '00099004400018',
    name: 'Recyclage des Plaines DÉMO',
    city: 'Plaine-Démo',
    mail: 'recyclage',
  },
]

/** Of an academy that is none, in zone A: all schools are in it. */
export const ACADEMY = {
  kind: 'academy',
  name: 'Académie de démonstration DÉMO',
  academyCode: '99',
} as const

/** Who runs other schemes. */
export const UNIVERSITY = {
  kind: 'higher-education',
  type: 'UNIVERSITE',
  name: 'Université DÉMO des Deux-Rives',
  city: 'Rives-Démo',
} as const
export const STRUCTURE = {
  kind: 'mentoring-structure',
  type: 'ASSOCIATION',
  name: 'Association DÉMO Passerelles',
  siret: '00099005100013',
  city: 'Bourg-Démo',
} as const

/** How many cohorts a school has, and how many students each: 15 lycées, 34 cohorts, 300 students. */
export const SIZES: readonly Readonly<{ schools: number; cohorts: number; students: number }>[] = [
  { schools: 2, cohorts: 5, students: 8 },
  { schools: 3, cohorts: 3, students: 10 },
  { schools: 5, cohorts: 2, students: 10 },
  { schools: 5, cohorts: 1, students: 6 },
]

/** The filière of the class of every school but one. */
export const TRACK = {
  name: 'P-TECH Plastiques et composites',
  track: 'Plastiques et composites',
  mefs: {
    '2NDE_PRO': '2472250331',
    '1RE_PRO': '2472250332',
    TLE_PRO: '2472250333',
    BTS1: '3112250621',
    BTS2: '3112250622',
  },
  divisions: {
    '2NDE_PRO': '2PC',
    '1RE_PRO': '1PC',
    TLE_PRO: 'TPC',
    BTS1: '1EPC',
    BTS2: '2EPC',
  },
} as const

/** Of the same bac pro, on the way to the other option of its BTS (DOMAIN.md 2.1). */
const TOOLING = {
  name: 'P-TECH Conception d’outillage',
  track: 'Plastiques et composites, conception d’outillage',
  mefs: { ...TRACK.mefs, BTS1: '3112250521', BTS2: '3112250522' },
  divisions: {
    '2NDE_PRO': '2CO',
    '1RE_PRO': '1CO',
    TLE_PRO: 'TCO',
    BTS1: '1ECO',
    BTS2: '2ECO',
  },
} as const

/** The school whose class is of a filière of its own: few girls are in it (PT-24). */
const TOOLING_SCHOOL = 1

/** The filière of the class of a school, by its place. */
export function trackOf(school: number) {
  return school === TOOLING_SCHOOL ? TOOLING : TRACK
}
