import type { Actor, Context } from '../../context.js'
import { assertAllowed, may } from '../authorize.js'
import { listOrganisations, type Organisation } from '../store.js'
import type { Waiting } from '../../web/components/journey.js'
import { isDue, type Known } from './rules.js'
import { howWeKnow } from './see-authority.js'

export type ProofLine = Readonly<{
  organisation: Organisation
  known: readonly Known[]
  /** How many proofs are missing, over, or end soon. */
  due: number
  /** When the first of those that count ends; null: none counts. */
  endsAt: string | null
}>

export type ProofsSeen = Readonly<{
  lines: readonly ProofLine[]
  /** Companies of which a proof is due. */
  due: number
  page: number
  pages: number
}>

const PAGE_LENGTH = 25

/**
 * How each company is known: first those of which the most is missing, then those whose proofs end the soonest.
 *
 * @throws {DomainError} not-found or forbidden
 */
export async function seeProofs(
  ctx: Context,
  actor: Actor,
  asked: Readonly<{ only: 'due' | 'all'; page: number }>,
): Promise<ProofsSeen> {
  assertAllowed(actor, 'see-organisations', {})
  const all = (await readLines(ctx)).toSorted(
    (a, b) => b.due - a.due || (a.endsAt ?? '').localeCompare(b.endsAt ?? ''),
  )
  const due = all.filter((one) => one.due > 0)
  const chosen = asked.only === 'due' ? due : all
  const pages = Math.max(1, Math.ceil(chosen.length / PAGE_LENGTH))
  const page = Math.min(asked.page, pages)
  const lines = chosen.slice((page - 1) * PAGE_LENGTH, page * PAGE_LENGTH)
  return { lines, due: due.length, page, pages }
}

/** Companies whose SIRET the platform’s administrator has to look up, or again. */
export async function proofsWaiting(ctx: Context, actor: Actor): Promise<Waiting[]> {
  if (!may(actor, 'manage-organisations', {})) return []
  const now = ctx.now()
  const lines = await readLines(ctx)
  const count = lines.filter(({ known }) =>
    known.some((one) => one.kind === 'siret' && isDue(one, now)),
  ).length
  return [{ words: WAITING, href: '/organisations/proofs', count }]
}

const WAITING = {
  fr: 'Entreprises dont le SIRET est à vérifier',
  en: 'Companies whose SIRET is to be looked up',
}

async function readLines(ctx: Context): Promise<ProofLine[]> {
  const companies = await listOrganisations(ctx.db, 'company')
  const now = ctx.now()
  const lines: ProofLine[] = []
  // One after the other: a hundred companies at once would hold every connection of the store.
  for (const organisation of companies) {
    const known = (await howWeKnow(ctx, organisation.id)) ?? []
    const ends = known.flatMap(({ state, proof }) =>
      proof && (state === 'proved' || state === 'declared') ? [proof.expiresAt] : [],
    )
    const due = known.filter((one) => isDue(one, now)).length
    lines.push({ organisation, known, due, endsAt: ends.toSorted()[0] ?? null })
  }
  return lines
}
