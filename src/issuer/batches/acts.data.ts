import type { Action } from '../../people/permissions.data.js'
import type { Words } from '../../words.js'

export const BATCH_ACTS = ['propose', 'assess', 'endorse', 'approve', 'revoke'] as const
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
  revoke: {
    who: 'revoke-badge',
    by: 'school',
    title: { fr: 'Révoquer des badges', en: 'Revoke badges' },
    verb: { fr: 'Révoquer définitivement ces badges', en: 'Revoke these badges for good' },
    done: { fr: 'Révoqué', en: 'Revoked' },
  },
}

export function toBatchAct(text: string): BatchAct {
  const act = BATCH_ACTS.find((one) => one === text)
  if (!act) throw new Error(`A batch has no act ${text}.`)
  return act
}
