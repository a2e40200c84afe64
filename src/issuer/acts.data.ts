import type { Action } from '../people/permissions.data.js'
import type { DossierState } from './store/dossiers.js'

export type IssuanceAct = Readonly<{
  /** Whoever has this permission; or a job of the service. */
  who: Action | 'job'
  /** EN-01: the person who took this step does not do it. */
  notWho?: 'proposed' | 'assessed'
  from: readonly DossierState[]
  to: DossierState
  /** EN-04: the facts that the dossier names must still hold. */
  factsMustHold?: true
  /** What one transaction holds, beside the line of audit. */
  holds: string
  /** Action of the line of audit. */
  audit: string
}>

const PENDING = ['proposed', 'assessed', 'endorsed'] as const satisfies readonly DossierState[]

/**
 * The acts between a student and a badge. The code takes its steps by this table, and
 * ARCHITECTURE.md shows it; tests hold both against it.
 */
export const ISSUANCE_ACTS = {
  openDossier: {
    who: 'open-dossier',
    from: [],
    to: 'open',
    holds: 'dossier with the random subject of its badge',
    audit: 'dossier.opened',
  },
  propose: {
    who: 'propose-dossier',
    from: ['open'],
    to: 'proposed',
    holds: 'facts by salted digest, digest of the dossier',
    audit: 'dossier.proposed',
  },
  assess: {
    who: 'assess-dossier',
    from: ['proposed'],
    to: 'assessed',
    factsMustHold: true,
    holds: 'who, in which function',
    audit: 'dossier.assessed',
  },
  endorse: {
    who: 'endorse-dossier',
    notWho: 'assessed',
    from: ['assessed'],
    to: 'endorsed',
    factsMustHold: true,
    holds: 'who, in which function, comment',
    audit: 'dossier.endorsed',
  },
  approve: {
    who: 'approve-dossier',
    notWho: 'proposed',
    from: ['endorsed'],
    to: 'approved',
    factsMustHold: true,
    holds: 'badge id, places in two status lists, job',
    audit: 'dossier.approved',
  },
  issueBadge: {
    who: 'job',
    from: ['approved'],
    to: 'issued',
    factsMustHold: true,
    holds: 'release of the signed badge',
    audit: 'badge.released',
  },
  voidApproval: {
    who: 'job',
    from: ['approved'],
    to: 'open',
    holds: 'steps, facts and reserved badge void',
    audit: 'dossier.voided',
  },
  withdraw: {
    who: 'propose-dossier',
    from: [...PENDING, 'refused'],
    to: 'open',
    holds: 'steps and facts void',
    audit: 'dossier.withdrawn',
  },
  reopenDossier: {
    who: 'job',
    from: PENDING,
    to: 'open',
    holds: 'steps and facts void',
    audit: 'dossier.reopened',
  },
  refuseDossier: {
    who: 'refuse-dossier',
    from: PENDING,
    to: 'refused',
    holds: 'who, reason',
    audit: 'dossier.refused',
  },
  revokeBadge: {
    who: 'revoke-badge',
    from: ['issued'],
    to: 'issued',
    holds: 'reason, bit of the status list',
    audit: 'badge.revoked',
  },
} as const satisfies Readonly<Record<string, IssuanceAct>>

export type IssuanceActName = keyof typeof ISSUANCE_ACTS
