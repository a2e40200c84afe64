import type { Actor } from '../context.js'
import { may, type Action } from '../people/authorize.js'
import type { Words } from '../words.js'
import { ISSUANCE_ACTS, type IssuanceAct } from './acts.data.js'
import { expiredWords, isExpired } from './rules.js'
import type { Dossier } from './store/dossiers.js'

/** The four steps that persons take, in their order. */
export const MOVES = ['propose', 'assess', 'endorse', 'approve'] as const
export type Move = (typeof MOVES)[number]

/** What comes next for a dossier; and unless the actor may do it now, why not. */
export type NextMove = Readonly<{ move: Move | undefined; why: Words | undefined }>

export type Moment = Readonly<{
  /** For which a step waits for the next one. */
  days: number
  now: Date
  /** Whether the actor may assess because the company has one person only. */
  standsIn?: boolean
}>

export function nextMoveOf(
  dossier: Dossier,
  actor: Actor,
  { days, now, standsIn = false }: Moment,
): NextMove {
  const move = MOVES.find((one) => fromOf(one).includes(dossier.state))
  if (!move) return { move, why: AT_REST[dossier.state] }
  const resource = { schoolId: dossier.school_id, companyIds: [dossier.company_id] }
  if (isStale(dossier, days, now)) return { move, why: expiredWords(days) }
  const asSecond = move === 'assess' && standsIn
  if (!asSecond && !may(actor, actionOf(move), resource)) return { move, why: BY_OTHERS[move] }
  const taken = stepOf(dossier, actor, { move, asSecond })
  if (taken)
    return { move, why: move === 'approve' && taken !== 'proposed' ? BY_SCHOOL : BY_ANOTHER[move] }
  return { move, why: undefined }
}

/** EN-01: which step the actor has taken that whoever takes this one must not have taken. */
function stepOf(
  dossier: Dossier,
  { personId }: Actor,
  { move, asSecond }: Readonly<{ move: Move; asSecond: boolean }>,
): 'proposed' | 'assessed' | 'endorsed' | undefined {
  const { notWho }: IssuanceAct = ISSUANCE_ACTS[move]
  const own =
    move === 'approve'
      ? ([notWho, 'assessed', 'endorsed'] as const)
      : [asSecond ? 'proposed' : notWho]
  return own.find((step) => step && dossier[`${step}_by_id`] === personId)
}

/** EN-08: whether the last step has waited too long for the next one. */
export function isStale(dossier: Dossier, days: number, now: Date): boolean {
  const since = {
    proposed: dossier.proposed_at,
    assessed: dossier.assessed_at,
    endorsed: dossier.endorsed_at,
  }[dossier.state]
  return typeof since === 'string' && isExpired(since, days, now)
}

/** The permission that a step takes. */
export function actionOf(move: Move): Action {
  return ISSUANCE_ACTS[move].who
}

export function fromOf(move: Move): readonly string[] {
  return ISSUANCE_ACTS[move].from
}

const AT_REST: Readonly<Record<string, Words>> = {
  approved: {
    fr: 'Ce badge est en cours de signature. Rouvrez cette page dans un instant.',
    en: 'This badge is being signed. Open this page again in a moment.',
  },
  issued: { fr: 'Le badge est délivré.', en: 'The badge is issued.' },
  refused: {
    fr: 'Ce dossier est refusé. Le lycée peut le reprendre pour le compléter.',
    en: 'This dossier is refused. The school may take it back to complete it.',
  },
}

const BY_OTHERS: Readonly<Record<Move, Words>> = {
  propose: {
    fr: 'Quand rien ne manque, un enseignant propose ce dossier à l’entreprise.',
    en: 'When nothing is missing, a teacher proposes this dossier to the company.',
  },
  assess: {
    fr: 'Ensuite, une personne de l’entreprise qui a vu l’élève travailler évalue ce dossier.',
    en: 'Next, somebody of the company who saw the student work assesses this dossier.',
  },
  endorse: {
    fr: 'Ensuite, une personne habilitée à engager l’entreprise endosse ce badge.',
    en: 'Next, somebody entitled to commit the company endorses this badge.',
  },
  approve: {
    fr: 'Ensuite, la direction du lycée approuve et délivre ce badge.',
    en: 'Next, the head of the school approves and issues this badge.',
  },
}

const BY_ANOTHER: Readonly<Record<Move, Words>> = {
  ...BY_OTHERS,
  endorse: {
    fr: 'Vous avez évalué ce dossier : une autre personne habilitée de l’entreprise doit l’endosser.',
    en: 'You assessed this dossier: another entitled person of the company must endorse it.',
  },
  assess: {
    fr: 'Vous avez proposé ce dossier : une autre personne doit l’évaluer pour l’entreprise.',
    en: 'You proposed this dossier: somebody else must assess it for the company.',
  },
  approve: {
    fr: 'Vous avez proposé ce dossier : une autre personne de la direction doit l’approuver.',
    en: 'You proposed this dossier: another approver of the school must approve it.',
  },
}

const BY_SCHOOL: Words = {
  fr: 'Vous avez évalué ou endossé ce dossier pour l’entreprise : une autre personne de la direction du lycée doit l’approuver.',
  en: 'You assessed or endorsed this dossier for the company: another approver of the school must approve it.',
}
