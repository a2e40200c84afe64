import type { Words } from '../words.js'

/** To whoever's language nobody knows: French first, English below. */
export function textInBoth({ fr, en }: Words): string {
  return `${fr.trimEnd()}\n\n— English —\n\n${en.trimEnd()}\n`
}

/** The same of a subject, in its one line. */
export function subjectInBoth({ fr, en }: Words): string {
  return `${fr} / ${en}`
}
