import type { Actor, Context } from '../context.js'
import { authorize, may } from '../people/authorize.js'
import { WAYS, type Way } from '../people/second-person.js'
import { findPerson } from '../people/store.js'
import type { Version } from '../templates/store.js'
import type { Words } from '../words.js'
import { ISSUANCE_ACTS, type IssuanceActName } from './acts.data.js'
import { isSecondPerson } from './committer.js'
import { isStale, nextMoveOf, type NextMove } from './next-move.js'
import { reasonWords } from './notice-words.js'
import { organisationNames, scopeOf, studentName } from './readers.js'
import { requirementView, restsOn, type RequirementView } from './rests-on.js'
import { stateOf } from './see-dossiers.js'
import { noDossier, REOPEN_REASONS, type ReopenReason } from './steps.js'
import { findBadgeOfDossier, getBadge } from './store/badges.js'
import { findDossierOfStudent, type DossierOfStudent, type DossierState } from './store/dossiers.js'

export type StepName = 'proposed' | 'assessed' | 'endorsed' | 'approved'
export type StepView = Readonly<{
  step: StepName
  /** Undefined for a student: the function is enough. */
  person: string | undefined
  /** As they said it; undefined for the school's own steps. */
  function: string | undefined
  organisation: string
  /** How they came to it, where it was not at an account of the company. */
  way: Way | undefined
  at: string
}>

export type DossierView = Readonly<{
  publicId: string
  state: DossierState
  studentId: string
  student: string
  version: Version
  school: string
  company: string
  requirements: RequirementView[]
  /** What is missing, or what changed since; undefined: nothing stands against the next step. */
  obstacle: Words | undefined
  steps: StepView[]
  comment: string | null
  digest: string | null
  next: NextMove
  /** Whether the reader may assess as the second person of a company that has one. */
  standsIn: boolean
  /** Whether the reader may ask somebody of the company without an account to take the next step. */
  mayAsk: boolean
  mayWithdraw: boolean
  mayRefuse: boolean
  refusal: Readonly<{ reason: string; at: string }> | undefined
  reopened: Readonly<{ reason: ReopenReason; at: string }> | undefined
  badgeId: string | undefined
  /** The badge that its own will replace, or has replaced. */
  replaces: Replaces | undefined
}>
export type Replaces = Readonly<{ badgeId: string; reason: Words | undefined; note: string | null }>

/**
 * One dossier, as its page shows it: which fact meets which requirement, what is missing, who did
 * what, and what the actor may do now.
 *
 * @throws {DomainError} not-found, for whoever has nothing to do with it
 */
export async function seeDossier(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<DossierView> {
  const dossier = await findDossierOfStudent(ctx.db, publicId)
  if (!dossier) throw noDossier()
  assertMaySee(actor, dossier)
  const { version, weighed, obstacle } = await restsOn(ctx, dossier)
  const nameOf = await organisationNames(ctx)
  const badge = await findBadgeOfDossier(ctx.db, dossier.id)
  const standsIn = await isSecondPerson(ctx, actor, dossier)
  return {
    publicId,
    state: stateOf(dossier),
    studentId: dossier.student_public_id,
    student: studentName(actor, dossier),
    version,
    school: nameOf(dossier.school_id),
    company: nameOf(dossier.company_id),
    requirements: weighed.map((one) => requirementView(ctx, one)),
    obstacle,
    steps: await stepsOf(ctx, actor, dossier, nameOf),
    comment: dossier.endorsement_comment,
    digest: dossier.digest,
    next: whatNext(ctx, actor, dossier, { obstacle, standsIn }),
    standsIn,
    mayAsk: mayAsk(ctx, actor, dossier, obstacle),
    mayWithdraw: mayDo(actor, dossier, 'withdraw'),
    mayRefuse: mayDo(actor, dossier, 'refuseDossier'),
    ...noteOf(dossier),
    badgeId: badge?.public_id,
    replaces: await replacesOf(ctx, actor, dossier),
  }
}

function assertMaySee(actor: Actor, dossier: DossierOfStudent): void {
  const own = { schoolId: dossier.school_id, studentPersonId: dossier.student_person_id }
  authorize(actor, 'see-dossier', { ...own, companyIds: [dossier.company_id] })
  // A company has nothing to do with a dossier before it was proposed to it.
  const unknownToCompany = dossier.state === 'open' && dossier.reopened_at === null
  if (unknownToCompany && !may(actor, 'see-dossier', own)) throw noDossier()
}

async function stepsOf(
  ctx: Context,
  actor: Actor,
  dossier: DossierOfStudent,
  nameOf: (id: number) => string,
): Promise<StepView[]> {
  const withNames = scopeOf(actor).organisationIds.length > 0
  const taken = STEPS.map(async ({ step, by }) => {
    const personId = dossier[`${step}_by_id`]
    const at = dossier[`${step}_at`]
    if (personId === null || at === null) return []
    const way = wayOf(dossier, step)
    const person = withNames ? await findPerson(ctx.db, personId) : undefined
    return {
      step,
      person: person && `${person.givenName} ${person.familyName}`,
      function:
        (step === 'assessed' || step === 'endorsed' ? dossier[`${step}_function`] : null) ??
        undefined,
      organisation: nameOf(
        by === 'school' || way === 'liaison' ? dossier.school_id : dossier.company_id,
      ),
      way,
      at,
    }
  })
  return (await Promise.all(taken)).flat()
}

function wayOf(dossier: DossierOfStudent, step: StepName): Way | undefined {
  if (step !== 'assessed' && step !== 'endorsed') return undefined
  return WAYS.find((way) => way !== 'account' && way === dossier[`${step}_way`])
}

const STEPS = [
  { step: 'proposed', by: 'school' },
  { step: 'assessed', by: 'company' },
  { step: 'endorsed', by: 'company' },
  { step: 'approved', by: 'school' },
] as const

function whatNext(
  ctx: Context,
  actor: Actor,
  dossier: DossierOfStudent,
  { obstacle, standsIn }: Readonly<{ obstacle: Words | undefined; standsIn: boolean }>,
): NextMove {
  const around = { days: ctx.config.limits.approvalDays, now: ctx.now(), standsIn }
  const next = nextMoveOf(dossier, actor, around)
  if (
    obstacle === undefined ||
    next.move === undefined ||
    isStale(dossier, around.days, around.now)
  )
    return next
  return { move: next.move, why: next.move === 'propose' ? (next.why ?? COMPLETE_FIRST) : obstacle }
}

const COMPLETE_FIRST: Words = {
  fr: 'Complétez ce qui manque ou faites-le confirmer : vous pourrez alors proposer ce dossier.',
  en: 'Add what is missing or have it confirmed: then you can propose this dossier.',
}

function mayAsk(
  ctx: Context,
  actor: Actor,
  dossier: DossierOfStudent,
  obstacle: Words | undefined,
): boolean {
  const { approvalDays } = ctx.config.limits
  const isNext =
    dossier.state === 'proposed' || (dossier.state === 'assessed' && ctx.config.endorseByLink)
  const resource = { schoolId: dossier.school_id, companyIds: [dossier.company_id] }
  if (!isNext || obstacle || isStale(dossier, approvalDays, ctx.now())) return false
  return may(actor, 'ask-company', resource)
}

function mayDo(actor: Actor, dossier: DossierOfStudent, act: IssuanceActName): boolean {
  const { who, from } = ISSUANCE_ACTS[act]
  const here = from.some((state) => state === dossier.state)
  return here && who !== 'job' && may(actor, who, { schoolId: dossier.school_id })
}

async function replacesOf(
  ctx: Context,
  actor: Actor,
  dossier: DossierOfStudent,
): Promise<Replaces | undefined> {
  const { replaces_badge_id, replacement_reason, replacement_note, school_id } = dossier
  if (replaces_badge_id === null) return undefined
  const { public_id: badgeId } = await getBadge(ctx.db, replaces_badge_id)
  const isStaff = may(actor, 'open-dossier', { schoolId: school_id })
  return {
    badgeId,
    reason: reasonWords({ act: 'replace', reason: replacement_reason }),
    note: isStaff ? replacement_note : null,
  }
}

function noteOf(dossier: DossierOfStudent): Pick<DossierView, 'refusal' | 'reopened'> {
  const { refused_at, refusal_reason, reopened_at, reopen_reason } = dossier
  return {
    refusal:
      refused_at !== null && refusal_reason !== null
        ? { reason: refusal_reason, at: refused_at }
        : undefined,
    reopened:
      reopened_at === null
        ? undefined
        : {
            reason: REOPEN_REASONS.find((one) => one === reopen_reason) ?? 'withdrawn',
            at: reopened_at,
          },
  }
}
