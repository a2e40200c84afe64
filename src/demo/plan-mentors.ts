import { ENDORSERS } from './cast.data.js'
import { isWomanAt } from './shares.data.js'

/** A cohort in a school year, and the company whose people lead a session of it. */
type Led = Readonly<{ cohort: string; year: number; company: number }>

const PLACES = Array.from({ length: ENDORSERS }, (_, place) => place)

/**
 * Who of a company leads a session: each in turn, and one mentor in five a woman (PT-24), as indicators count
 * mentors: once in each cohort and school year.
 *
 * @returns the place of the endorser
 */
export function mentorChooser(): (led: Led) => number {
  const counts = new Map<number, number>()
  const met = new Map<string, number[]>()
  let turn = 0
  return ({ cohort, year, company }) => {
    const key = `${cohort} ${year} ${company}`
    const known = met.get(key) ?? []
    const count = counts.get(year) ?? 0
    // The third of each five, so that the share is nowhere far from a fifth.
    const asksWoman = count % 5 === 2
    const fresh = PLACES.filter((place) => isWomanAt(place) === asksWoman && !known.includes(place))
    turn += 1
    const chosen = at(fresh, turn)
    // Somebody who is there already changes no share.
    if (chosen === undefined) return at(known, turn) ?? 0
    counts.set(year, count + 1)
    met.set(key, [...known, chosen])
    return chosen
  }
}

function at(places: readonly number[], turn: number): number | undefined {
  return places[turn % places.length]
}
