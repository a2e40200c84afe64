export type Zone = 'A' | 'B' | 'C'

export type Academy = Readonly<{
  /** Two digits. */
  code: string
  name: string
  /** Of the school holidays; Corse and overseas have their own calendars. */
  zone: Zone | null
}>

/** Codes as the ministry's software has them; zones by the arrêté of 15 December 2020. */
export const ACADEMIES: readonly Academy[] = (
  [
    ['01', 'Paris', 'C'],
    ['02', 'Aix-Marseille', 'B'],
    ['03', 'Besançon', 'A'],
    ['04', 'Bordeaux', 'A'],
    ['06', 'Clermont-Ferrand', 'A'],
    ['07', 'Dijon', 'A'],
    ['08', 'Grenoble', 'A'],
    ['09', 'Lille', 'B'],
    ['10', 'Lyon', 'A'],
    ['11', 'Montpellier', 'C'],
    ['12', 'Nancy-Metz', 'B'],
    ['13', 'Poitiers', 'A'],
    ['14', 'Rennes', 'B'],
    ['15', 'Strasbourg', 'B'],
    ['16', 'Toulouse', 'C'],
    ['17', 'Nantes', 'B'],
    ['18', 'Orléans-Tours', 'B'],
    ['19', 'Reims', 'B'],
    ['20', 'Amiens', 'B'],
    ['22', 'Limoges', 'A'],
    ['23', 'Nice', 'B'],
    ['24', 'Créteil', 'C'],
    ['25', 'Versailles', 'C'],
    ['27', 'Corse', null],
    ['28', 'La Réunion', null],
    ['31', 'Martinique', null],
    ['32', 'Guadeloupe', null],
    ['33', 'Guyane', null],
    ['40', 'Nouvelle-Calédonie', null],
    ['41', 'Polynésie française', null],
    ['43', 'Mayotte', null],
    ['44', 'Saint-Pierre-et-Miquelon', null],
    ['70', 'Normandie', 'B'],
    // No academy has it: for demonstrations.
    ['99', 'Démonstration', 'A'],
  ] as const
).map(([code, name, zone]) => ({ code, name, zone }))

export function academyOf(code: string): Academy | undefined {
  return ACADEMIES.find((academy) => academy.code === code)
}
