import { z } from 'zod'
import type { Actor, Context } from '../context.js'
import { authorize, may } from '../people/authorize.js'
import { dayAt } from '../people/days.js'
import { historyOf, lineageOf, type HistoryLine, type Lineage } from './lineage.js'
import { organisationNames, scopeOf, studentName, versionsOf } from './readers.js'
import { noDossier } from './steps.js'
import { findBadgeOfStudent, listBadges, type BadgeOfStudent } from './store/badges-of-students.js'
import type { NoticeAct } from './store/notices.js'
import { withdrawnFrom, type WithdrawnEndorsement } from './withdrawals/see-withdrawals.js'
import type { BadgeState } from './wording.js'

export type BadgeLine = Readonly<{
  publicId: string
  name: string
  student: string
  school: string
  company: string
  /** Of its approval, from which it is valid. */
  day: string
  state: BadgeState
}>

const PAGE = 20

/** The badges of the actor's schools, those that their companies endorsed, or their own. */
export async function seeBadges(
  ctx: Context,
  actor: Actor,
  page: number,
): Promise<{ badges: BadgeLine[]; page: number; more: boolean }> {
  const asked = { limit: PAGE + 1, offset: (page - 1) * PAGE }
  const rows = await listBadges(ctx.db, scopeOf(actor), asked)
  const toLine = await lineMaker(ctx, actor, rows)
  return { badges: rows.slice(0, PAGE).map(toLine), page, more: rows.length > PAGE }
}

/** What of a signed badge a page shows: read from the signed text itself. */
const Signed = z.object({
  id: z.string(),
  validFrom: z.string(),
  validUntil: z.string().optional(),
  issuer: z.object({ id: z.string() }),
  evidence: z.array(z.object({ id: z.string(), name: z.string(), description: z.string() })),
  endorsement: z.array(
    z.object({
      id: z.string(),
      issuer: z.object({ id: z.string(), name: z.string() }),
      credentialSubject: z.object({ endorsementComment: z.string() }),
    }),
  ),
  proof: z.array(z.object({ created: z.string(), verificationMethod: z.string() })),
})
export type Signed = z.infer<typeof Signed>

export type BadgeView = BadgeLine &
  Readonly<{
    dossierId: string
    studentId: string
    picture: string
    /** Undefined while it is being signed. */
    signed: Signed | undefined
    /** JSON text, exactly as it was signed. */
    document: string | null
    approvedAt: string | null
    signedAt: string | null
    releasedAt: string | null
    revocation: Readonly<{ at: string; reason: string }> | undefined
    heldAt: string | null
    lineage: Lineage
    /** What was done to it and by whom, the latest first; none to whoever is not of the school. */
    history: readonly HistoryLine[]
    /** What its company has taken back. */
    withdrawn: readonly WithdrawnEndorsement[]
    /** Whether the actor may take back the company’s endorsement of it. */
    mayWithdraw: boolean
    /** What the actor may do to it now. */
    may: readonly NoticeAct[]
  }>

/**
 * One badge: what was signed, when, and whether it still counts.
 *
 * @throws {DomainError} not-found, for whoever has nothing to do with it
 */
export async function seeBadge(ctx: Context, actor: Actor, publicId: string): Promise<BadgeView> {
  const badge = await findBadgeOfStudent(ctx.db, publicId)
  if (!badge) throw noDossier()
  authorize(actor, 'see-dossier', {
    schoolId: badge.school_id,
    companyIds: [badge.company_id],
    studentPersonId: badge.student_person_id,
  })
  const [line] = [badge].map(await lineMaker(ctx, actor, [badge]))
  if (!line) throw noDossier()
  const lineage = await lineageOf(ctx, badge)
  const withdrawn = await withdrawnFrom(ctx, badge)
  const { templatePublicId, number } = (await versionsOf(ctx, [badge.template_version_id]))(
    badge.template_version_id,
  )
  return {
    ...line,
    dossierId: badge.dossier_public_id,
    studentId: badge.student_public_id,
    picture: `/achievements/${templatePublicId}/v/${number}/image.png`,
    signed: signedOf(badge),
    document: badge.badge_document,
    approvedAt: badge.approved_at,
    signedAt: badge.signed_at,
    releasedAt: badge.released_at,
    revocation:
      badge.revoked_at === null
        ? undefined
        : { at: badge.revoked_at, reason: badge.revocation_reason ?? '' },
    heldAt: badge.held_at,
    lineage,
    history: may(actor, 'open-dossier', { schoolId: badge.school_id })
      ? await historyOf(ctx, badge.id)
      : [],
    withdrawn,
    mayWithdraw: mayWithdraw(actor, badge, withdrawn),
    may: actsFor(actor, badge, lineage),
  }
}

function mayWithdraw(
  actor: Actor,
  badge: BadgeOfStudent,
  withdrawn: readonly WithdrawnEndorsement[],
): boolean {
  if (badge.released_at === null || withdrawn.some((one) => one.of === 'award')) return false
  return may(actor, 'withdraw-endorsement', { companyIds: [badge.company_id] })
}

function actsFor(actor: Actor, badge: BadgeOfStudent, lineage: Lineage): NoticeAct[] {
  if (badge.released_at === null) return []
  const of = { schoolId: badge.school_id }
  const standing = badge.revoked_at === null && may(actor, 'revoke-badge', of)
  return [
    ...(standing ? [badge.held_at === null ? ('hold' as const) : ('restore' as const)] : []),
    ...(lineage.replacedBy === null && may(actor, 'propose-dossier', of)
      ? (['replace'] as const)
      : []),
    ...(standing ? (['revoke'] as const) : []),
  ]
}

async function lineMaker(ctx: Context, actor: Actor, badges: readonly BadgeOfStudent[]) {
  const versionOf = await versionsOf(
    ctx,
    badges.map((one) => one.template_version_id),
  )
  const nameOf = await organisationNames(ctx)
  return (badge: BadgeOfStudent): BadgeLine => ({
    publicId: badge.public_id,
    name: versionOf(badge.template_version_id).definition.name,
    student: studentName(actor, badge),
    school: nameOf(badge.school_id),
    company: nameOf(badge.company_id),
    day: dayAt(new Date(badge.approved_at ?? badge.reserved_at), ctx.config.timeZone),
    state: stateOf(badge, ctx.now()),
  })
}

function stateOf(badge: BadgeOfStudent, now: Date): BadgeState {
  if (badge.revoked_at !== null) return 'revoked'
  if (badge.held_at !== null) return 'suspended'
  const signed = signedOf(badge)
  if (!signed) return 'signing'
  const { validUntil } = signed
  return validUntil !== undefined && Date.parse(validUntil) <= now.getTime() ? 'expired' : 'valid'
}

function signedOf({ badge_document }: BadgeOfStudent): Signed | undefined {
  return badge_document === null ? undefined : Signed.parse(JSON.parse(badge_document))
}
