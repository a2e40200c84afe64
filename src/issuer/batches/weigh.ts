import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import type { Words } from '../../words.js'
import { gatherEvidence, namedFactsHold } from '../evidence.js'
import { MOVES, nextMoveOf } from '../next-move.js'
import { obstacleOf } from '../obstacles.js'
import { changedWords } from '../rules.js'
import { isBadgeAct, type BadgeAct, type BatchAct } from './acts.data.js'
import type { Candidate } from './candidates.js'

export const PROSPECTS = ['ready', 'awarded', 'waiting', 'missing', 'refused'] as const
/** What a row of a batch would end in now. */
export type Prospect = (typeof PROSPECTS)[number]
export type Weighed = Readonly<{ prospect: Prospect; why: Words | undefined }>

/** What would become of a row if the batch were started now, and why it would not be done. */
export async function weigh(
  ctx: Context,
  actor: Actor,
  act: BatchAct,
  candidate: Candidate,
): Promise<Weighed> {
  if (isBadgeAct(act)) return weighBadge(act, candidate)
  const { dossier } = candidate
  if (dossier && AWARDED.includes(dossier.state)) return { prospect: 'awarded', why: AWARDED_WORDS }
  if (!dossier) return act === 'propose' ? weighEvidence(ctx, candidate) : NOT_OPENED
  const around = { days: ctx.config.limits.approvalDays, now: ctx.now() }
  const { move, why } = nextMoveOf(dossier, actor, around)
  if (move === undefined) return { prospect: 'refused', why }
  if (move === act && why === undefined) {
    return act === 'propose' ? weighEvidence(ctx, candidate) : weighFacts(ctx, candidate)
  }
  return { prospect: 'waiting', why: move === act ? why : LATER[move] }
}

const AWARDED: readonly string[] = ['approved', 'issued']
const AWARDED_WORDS: Words = {
  fr: 'Cet élève a déjà ce badge, ou il est en cours de signature.',
  en: 'This student has this badge already, or it is being signed.',
}

const NOT_OPENED: Weighed = {
  prospect: 'waiting',
  why: {
    fr: 'Aucun dossier n’est ouvert : le lycée le propose d’abord.',
    en: 'No dossier is open: the school proposes it first.',
  },
}

const LATER: Readonly<Record<(typeof MOVES)[number], Words>> = {
  propose: {
    fr: 'Le lycée doit d’abord proposer ce dossier.',
    en: 'The school must propose this dossier first.',
  },
  assess: {
    fr: 'Ce dossier est proposé : il attend l’évaluation de l’entreprise.',
    en: 'This dossier is proposed: it waits for the company’s assessment.',
  },
  endorse: {
    fr: 'Ce dossier est évalué : il attend l’endossement de l’entreprise.',
    en: 'This dossier is assessed: it waits for the company’s endorsement.',
  },
  approve: {
    fr: 'Ce badge est endossé : il attend l’approbation du lycée.',
    en: 'This badge is endorsed: it waits for the school’s approval.',
  },
}

async function weighEvidence(ctx: Context, candidate: Candidate): Promise<Weighed> {
  const { student, versionId } = candidate
  const of = { student_id: student.id, template_version_id: versionId }
  const evidence = await gatherEvidence(ctx, of, today(ctx))
  const { publishedAt, archivedAt, withdrawal } = evidence.version
  if (publishedAt === null || archivedAt !== null || withdrawal !== null)
    return { prospect: 'refused', why: NOT_IN_USE }
  const why = obstacleOf(evidence)
  const lacks = evidence.weighed.some(({ met }) => !met)
  return why ? { prospect: lacks ? 'missing' : 'refused', why } : READY
}

async function weighFacts(ctx: Context, { dossier }: Candidate): Promise<Weighed> {
  if (!dossier || (await namedFactsHold(ctx.db, dossier))) return READY
  return { prospect: 'refused', why: changedWords(dossier.state) }
}

function weighBadge(act: BadgeAct, { badge }: Candidate): Weighed {
  if (!badge || badge.released_at === null) return act === 'revoke' && badge ? READY : NO_BADGE
  if (act === 'replace') return READY
  if (badge.revoked_at !== null) return NO_BADGE
  if (act === 'hold' && badge.held_at !== null) return HELD_ALREADY
  return act === 'restore' && badge.held_at === null ? NOT_HELD : READY
}

const READY: Weighed = { prospect: 'ready', why: undefined }
const NOT_IN_USE: Words = {
  fr: 'Ce badge n’est pas publié, ou il est archivé : il ne peut pas être attribué.',
  en: 'This badge is not published, or it is archived: it can’t be awarded.',
}
const NO_BADGE: Weighed = {
  prospect: 'refused',
  why: {
    fr: 'Ce badge est déjà révoqué, ou il n’existe pas.',
    en: 'This badge is revoked already, or there is none.',
  },
}
const HELD_ALREADY: Weighed = {
  prospect: 'awarded',
  why: { fr: 'Ce badge est déjà suspendu.', en: 'This badge is suspended already.' },
}
const NOT_HELD: Weighed = {
  prospect: 'awarded',
  why: { fr: 'Ce badge n’est pas suspendu.', en: 'This badge is not suspended.' },
}
