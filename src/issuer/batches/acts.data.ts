import type { Action } from '../../people/permissions.data.js'
import type { Words } from '../../words.js'

export const BADGE_ACTS = ['hold', 'restore', 'replace', 'revoke'] as const
/** What a batch does to badges; the others take a step with dossiers. */
export type BadgeAct = (typeof BADGE_ACTS)[number]
export const BATCH_ACTS = ['propose', 'assess', 'endorse', 'approve', ...BADGE_ACTS] as const
/** The step that a batch takes for each of its rows. */
export type BatchAct = (typeof BATCH_ACTS)[number]

type Told = Readonly<{
  who: Action
  /** Whose batch it is. */
  by: 'school' | 'company'
  /** Of the batch. */
  title: Words
  /** On the button. */
  verb: Words
  /** Of a row that is done. */
  done: Words
}>

export const BATCHES: Readonly<Record<BatchAct, Told>> = {
  propose: {
    who: 'propose-dossier',
    by: 'school',
    title: { fr: 'Proposer des dossiers', en: 'Propose dossiers' },
    verb: { fr: 'Proposer ces dossiers', en: 'Propose these dossiers' },
    done: { fr: 'Proposé', en: 'Proposed' },
  },
  assess: {
    who: 'assess-dossier',
    by: 'company',
    title: { fr: 'Évaluer des dossiers', en: 'Assess dossiers' },
    verb: { fr: 'Évaluer ces dossiers', en: 'Assess these dossiers' },
    done: { fr: 'Évalué', en: 'Assessed' },
  },
  endorse: {
    who: 'endorse-dossier',
    by: 'company',
    title: { fr: 'Endosser des badges', en: 'Endorse badges' },
    verb: { fr: 'Endosser ces badges', en: 'Endorse these badges' },
    done: { fr: 'Endossé', en: 'Endorsed' },
  },
  approve: {
    who: 'approve-dossier',
    by: 'school',
    title: { fr: 'Approuver et délivrer des badges', en: 'Approve and issue badges' },
    verb: { fr: 'Approuver et délivrer ces badges', en: 'Approve and issue these badges' },
    done: { fr: 'Délivré', en: 'Issued' },
  },
  hold: {
    who: 'revoke-badge',
    by: 'school',
    title: { fr: 'Suspendre des badges', en: 'Suspend badges' },
    verb: { fr: 'Suspendre ces badges', en: 'Suspend these badges' },
    done: { fr: 'Suspendu', en: 'Suspended' },
  },
  restore: {
    who: 'revoke-badge',
    by: 'school',
    title: { fr: 'Lever des suspensions', en: 'Give badges back' },
    verb: { fr: 'Lever ces suspensions', en: 'Give these badges back' },
    done: { fr: 'Suspension levée', en: 'Given back' },
  },
  replace: {
    who: 'propose-dossier',
    by: 'school',
    title: { fr: 'Remplacer des badges', en: 'Replace badges' },
    verb: { fr: 'Ouvrir ces dossiers de remplacement', en: 'Open these dossiers of replacement' },
    done: { fr: 'Dossier ouvert', en: 'Dossier opened' },
  },
  revoke: {
    who: 'revoke-badge',
    by: 'school',
    title: { fr: 'Révoquer des badges', en: 'Revoke badges' },
    verb: { fr: 'Révoquer définitivement ces badges', en: 'Revoke these badges for good' },
    done: { fr: 'Révoqué', en: 'Revoked' },
  },
}

export function isBadgeAct(act: BatchAct): act is BadgeAct {
  return BADGE_ACTS.some((one) => one === act)
}

export function toBatchAct(text: string): BatchAct {
  const act = BATCH_ACTS.find((one) => one === text)
  if (!act) throw new Error(`A batch has no act ${text}.`)
  return act
}
