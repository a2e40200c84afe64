import { z } from 'zod'
import type { Words } from '../../words.js'

/** What two versions of a session differ in: before and after, as they are kept. */
export type Change = Readonly<{ field: Words; before: string; after: string }>

const Content = z.object({
  kind: z.string(),
  day: z.string(),
  minutes: z.number(),
  topic: z.string(),
  mentors: z.array(z.string()),
  students: z.array(z.string()),
})
type Content = z.infer<typeof Content>

const FIELDS: readonly Readonly<{ words: Words; of: (content: Content) => string }>[] = [
  { words: { fr: 'Type', en: 'Kind' }, of: ({ kind }) => kind },
  { words: { fr: 'Jour', en: 'Day' }, of: ({ day }) => day },
  {
    words: { fr: 'Durée en minutes', en: 'Duration in minutes' },
    of: ({ minutes }) => `${minutes}`,
  },
  { words: { fr: 'Sujet', en: 'Topic' }, of: ({ topic }) => topic },
  { words: { fr: 'Nombre de mentors', en: 'Mentors' }, of: ({ mentors }) => `${mentors.length}` },
  { words: { fr: 'Nombre d’élèves', en: 'Students' }, of: ({ students }) => `${students.length}` },
]

/**
 * What a correction of a session changed, people by their number alone.
 *
 * @param before JSON of a version; `after` of the next
 */
export function changesBetween(before: string, after: string): Change[] {
  const [old, now] = [before, after].map((text) => Content.parse(JSON.parse(text)))
  return FIELDS.flatMap(({ words, of }) => {
    const [was, is] = [old ? of(old) : '', now ? of(now) : '']
    return was === is ? [] : [{ field: words, before: was, after: is }]
  })
}
