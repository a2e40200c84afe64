import { createHash } from 'node:crypto'
import { approve } from '../../src/issuer/approve.js'
import { assess } from '../../src/issuer/assess.js'
import { endorse } from '../../src/issuer/endorse.js'
import { gatherEvidence, toCommitted } from '../../src/issuer/evidence.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { propose } from '../../src/issuer/propose.js'
import { currentStatusList } from '../../src/issuer/status.js'
import { getDossier } from '../../src/issuer/store/dossiers.js'
import { listFactsOfDossiers } from '../../src/issuer/store/dossier-facts.js'
import { didDocumentOf } from '../../src/people/keys.js'
import { listOrganisations } from '../../src/people/store.js'
import { runNextJob } from '../../src/worker.js'
import { tell } from '../issuer/story.js'
import { keysFrom, memoryKeys } from '../support/keys.js'
import { openWorld, type World } from '../support/world.js'
import { firstBadge } from '../issuer/stored.js'

type Json = Record<string, unknown>

/** What stands in docs/golden/: a badge, what it is checked with, and what its digests are made from. */
export type Golden = Readonly<{
  badge: Json
  /** DID documents and status lists, by what asks for them. */
  answers: Json
  /** The values behind each digest. */
  inputs: Inputs
}>
export type Inputs = Readonly<{
  definition: unknown
  template: Readonly<{ id: string; version: number; digest: string }>
  subject: string
  facts: readonly Readonly<{ values: Json; salt: string; digest: string }>[]
  dossierDigest: string
}>

/** The journey from a recorded placement to a badge, in a world where nothing is left to chance. */
export async function makeGolden(): Promise<Golden> {
  const world = await openWorld(memoryKeys(keysFrom('golden badge')))
  const story = await tell(world)
  const dossierId = await openDossier(world, story.teacher, story)
  await propose(world, story.teacher, dossierId)
  const row = await world.db
    .selectFrom('dossiers')
    .select(['id', 'digest'])
    .executeTakeFirstOrThrow()
  const step = { dossierId, digest: row.digest ?? '' }
  await assess(world, story.tutor, { ...step, function: 'Tutrice' })
  await endorse(world, story.boss, {
    ...step,
    function: 'Directeur',
    comment: 'Une pièce conforme, stratifiée seule du démoulant au démoulage.',
  })
  await approve(world, story.head, step)
  while (await runNextJob(world));
  const { badge_document } = await firstBadge(world.db)
  const badge = JSON.parse(badge_document ?? '') as Json
  return { badge, answers: await answersFor(world, badge), inputs: await inputsOf(world, row.id) }
}

/** Every address and DID that a verifier of the badge asks for, with its answer. */
async function answersFor(world: World, badge: Json): Promise<Json> {
  const lists = [...new Set(JSON.stringify(badge).match(/https:[^"#]+\/status\/[^"#]+/g))]
  const answers: Json = {}
  for (const { slug } of await listOrganisations(world.db)) {
    const document = await didDocumentOf(world, slug)
    answers[String(document.id)] = document
  }
  for (const url of lists) {
    const text = await currentStatusList(world, url.slice(url.lastIndexOf('/') + 1))
    answers[url] = JSON.parse(text ?? 'null') as unknown
  }
  return answers
}

async function inputsOf(world: World, dossierId: number): Promise<Inputs> {
  const dossier = await getDossier(world.db, dossierId)
  const { version, facts } = await gatherEvidence(world, dossier, '2026-11-24')
  const named = await listFactsOfDossiers(world.db, [dossierId])
  return {
    definition: version.definition,
    template: { id: version.templatePublicId, version: version.number, digest: version.digest },
    subject: dossier.subject,
    facts: named.map(({ kind, fact_id, salt, digest }) => {
      const fact = facts.find((one) => one.kind === kind && one.id === fact_id)
      if (!fact) throw new Error('A fact of the golden dossier is missing.')
      return { values: toCommitted(fact), salt, digest }
    }),
    dossierDigest: dossier.digest ?? '',
  }
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
