/** PT-24: who is a girl and who is a woman is set, not thrown, so that shares can be told in advance. */

/** Of each school's cohorts, the oldest first: 120 of the 300. */
export const GIRLS: readonly (readonly number[])[] = [
  [1, 1, 4, 4, 4],
  // The filière with few girls: 6 of 40, 15 %.
  [1, 1, 1, 1, 2],
  [4, 4, 5],
  [4, 4, 5],
  [4, 4, 5],
  [4, 5],
  [4, 5],
  [4, 5],
  [4, 5],
  [4, 5],
  [3],
  [3],
  [3],
  [3],
  [4],
]

/** Of every five mentors, tutors or endorsers of an organisation, from 0: the one who is a woman. */
const WOMAN = 4
const OF = 5

/** Whether the mentor at a place, from 0, is a woman: one in five is. */
export function isWomanAt(place: number): boolean {
  return place % OF === WOMAN
}

/**
 * Spreads girls over a group.
 *
 * @returns whether the one at a place, from 0, is a girl
 */
export function isGirlAt(place: number, girls: number, size: number): boolean {
  return Math.floor(((place + 1) * girls) / size) > Math.floor((place * girls) / size)
}
