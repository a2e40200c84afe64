import type { Db } from '../store/schema.js'
import type { Words } from '../words.js'

/** What an id stands for. A person is told as one, without a name: the audit is read without names. */
export type Named = Readonly<{ words: Words; href?: string }>

const PERSON = { fr: 'une personne', en: 'a person' }

/** What the ids of organisations, persons and processes stand for; of all others the id has to do. */
export async function nameIds(db: Db, ids: readonly string[]): Promise<Map<string, Named>> {
  const asked = [...new Set(ids)]
  const named = new Map<string, Named>()
  for (const id of asked) if (PROCESSES[id]) named.set(id, { words: PROCESSES[id] })
  if (asked.length === 0) return named
  const [organisations, persons] = await Promise.all([
    db
      .selectFrom('organisations')
      .select(['public_id', 'name'])
      .where('public_id', 'in', asked)
      .execute(),
    db.selectFrom('persons').select('public_id').where('public_id', 'in', asked).execute(),
  ])
  for (const { public_id: id, name } of organisations)
    named.set(id, { words: { fr: name, en: name }, href: `/organisations/${id}` })
  for (const { public_id: id } of persons) named.set(id, { words: PERSON, href: `/people/${id}` })
  return named
}

const PROCESSES: Readonly<Record<string, Words>> = {
  operator: { fr: 'l’exploitant, en ligne de commande', en: 'the operator, at the command line' },
  service: { fr: 'le service', en: 'the service' },
  audit: { fr: 'l’audit', en: 'the audit' },
  store: { fr: 'la base', en: 'the store' },
  issuer: { fr: 'le service, en délivrant', en: 'the service, when it issues' },
  keys: { fr: 'le service, pour ses clés', en: 'the service, for its keys' },
  'vc-api': { fr: 'la VC-API', en: 'the VC-API' },
  visitor: { fr: 'un visiteur', en: 'a visitor' },
  consents: { fr: 'le service, par un accord retiré', en: 'the service, by a consent withdrawn' },
}
