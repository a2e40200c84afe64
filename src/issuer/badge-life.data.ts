import type { Badge } from './store/packed-badges.js'

export type LifeStage = Readonly<{
  /** What of it is null until a badge has come so far. */
  since: keyof Badge
  /** What the one commit of this stage holds, beside the line of audit. */
  holds: string
  /** Action of the line of audit; null: none. */
  audit: string | null
}>

/**
 * The life of a badge, written ahead: each stage is one commit, made before what follows it begins, so that
 * a badge whose signer died is taken up where it was and ends with the same bytes. Until `released` it may
 * become void instead (`badge.revoked` or `dossier.voided`): its row moves to `voided_badges`.
 */
export const BADGE_LIFE = {
  reserved: {
    since: 'reserved_at',
    holds: 'ids, places in two status lists, job',
    audit: 'dossier.approved',
  },
  endorsementPrepared: {
    since: 'endorsement_preparation',
    holds: 'frozen bytes of the company’s endorsement, their digest, lints, approvals',
    audit: 'badge.endorsing',
  },
  endorsementSigned: {
    since: 'endorsement_document',
    holds: 'the endorsement, signed',
    audit: null,
  },
  prepared: {
    since: 'badge_preparation',
    holds: 'frozen bytes of the badge with the endorsements in it, their digest, lints, approvals',
    audit: 'badge.signing',
  },
  signed: {
    since: 'signed_at',
    holds:
      'the signed badge, the frozen bytes plus a proof, found valid by our verifier; its leaf in the log',
    audit: null,
  },
  released: {
    since: 'released_at',
    holds: 'the badge, for whoever may see it; the dossier, issued',
    audit: 'badge.released',
  },
  revoked: {
    since: 'revoked_at',
    holds: 'reason, bit of the status list',
    audit: 'badge.revoked',
  },
} as const satisfies Readonly<Record<string, LifeStage>>

export type LifeStageName = keyof typeof BADGE_LIFE

/** The furthest stage that a badge has reached. */
export function stageOf(badge: Badge): LifeStageName {
  const names = Object.keys(BADGE_LIFE) as LifeStageName[]
  return names.findLast((name) => badge[BADGE_LIFE[name].since] !== null) ?? 'reserved'
}
