import type { Actor, Context } from '../context.js'
import { today } from '../people/days.js'
import { isSecondPerson } from './committer.js'
import { gatherEvidence } from './evidence.js'
import {
  actionOf,
  fromOf,
  isStale,
  MOVES,
  nextMoveOf,
  type Moment,
  type Move,
} from './next-move.js'
import { obstacleOf } from './obstacles.js'
import { organisationNames, scopeOf, studentName, versionsOf } from './readers.js'
import {
  countDossiers,
  DOSSIER_STATES,
  listDossiers,
  type DossierOfStudent,
  type DossierState,
} from './store/dossiers.js'

export type DossierLine = Readonly<{
  publicId: string
  state: DossierState
  /** Its last step has waited too long. */
  stale: boolean
  /** It is issued, and a fact that it names has changed since. */
  changed: boolean
  student: string
  badge: string
  school: string
  company: string
  /** The step that waits for the actor. */
  move: Move | undefined
}>

export type DossierList = Readonly<{
  waiting: DossierLine[]
  all: DossierLine[]
  page: number
  pages: number
}>

const PAGE = 20
/** Of one step; more than anybody can do in a day. */
const MOST_WAITING = 200

/** The dossiers of the actor's schools or companies, or their own: first what waits for them. */
export async function seeDossiers(
  ctx: Context,
  actor: Actor,
  { state, page }: Readonly<{ state?: DossierState | undefined; page: number }>,
): Promise<DossierList> {
  const scope = { ...scopeOf(actor), ...(state && { states: [state] }) }
  const waiting = (await waitingFor(ctx, actor)).filter(({ dossier }) => matches(dossier, state))
  const count = await countDossiers(ctx.db, scope)
  const rows = await listDossiers(ctx.db, scope, { limit: PAGE, offset: (page - 1) * PAGE })
  const moves = new Map(waiting.map(({ dossier, move }) => [dossier.id, move]))
  const toLine = await lineMaker(ctx, actor, [...rows, ...waiting.map(({ dossier }) => dossier)])
  return {
    waiting: waiting.map(({ dossier, move }) => toLine(dossier, move)),
    all: rows.map((row) => toLine(row, moves.get(row.id))),
    page,
    pages: Math.max(1, Math.ceil(count / PAGE)),
  }
}

/** The dossiers whose next step the actor may take now, oldest first. */
export async function waitingFor(
  ctx: Context,
  actor: Actor,
): Promise<{ dossier: DossierOfStudent; move: Move }[]> {
  const around = { days: ctx.config.limits.approvalDays, now: ctx.now() }
  const found = await Promise.all(
    MOVES.map(async (move) => {
      if (move === 'assess') return toAssess(ctx, actor, around)
      const scope = scopeOf(actor, actionOf(move))
      if (scope.organisationIds.length === 0) return []
      const states = DOSSIER_STATES.filter((state) => fromOf(move).includes(state))
      const rows = await listDossiers(ctx.db, { ...scope, states }, FIRST)
      const free = rows.filter((row) => nextMoveOf(row, actor, around).why === undefined)
      const ready = move === 'propose' ? await complete(ctx, free) : free
      return ready.map((dossier) => ({ dossier, move }))
    }),
  )
  return found.flat().toSorted((a, b) => a.dossier.id - b.dossier.id)
}

/** Those of one's company; and those of one's school whose company has nobody else. */
async function toAssess(ctx: Context, actor: Actor, around: Moment) {
  const actions = ['assess-dossier', 'stand-in-for-company'] as const
  const organisationIds = actions.flatMap((action) => scopeOf(actor, action).organisationIds)
  if (organisationIds.length === 0) return []
  const scope = { organisationIds, personId: null, states: ['proposed' as const] }
  const rows = await listDossiers(ctx.db, scope, FIRST)
  const found = await Promise.all(
    rows.map(async (dossier) => {
      const standsIn = await isSecondPerson(ctx, actor, dossier)
      const { why } = nextMoveOf(dossier, actor, { ...around, standsIn })
      return why === undefined ? [{ dossier, move: 'assess' as const }] : []
    }),
  )
  return found.flat()
}

const FIRST = { limit: MOST_WAITING, offset: 0 }

/** Those for which nothing is missing. */
async function complete(
  ctx: Context,
  dossiers: readonly DossierOfStudent[],
): Promise<DossierOfStudent[]> {
  const day = today(ctx)
  const ready = await Promise.all(
    dossiers.map(async (one) => obstacleOf(await gatherEvidence(ctx, one, day)) === undefined),
  )
  return dossiers.filter((_, at) => ready[at])
}

async function lineMaker(ctx: Context, actor: Actor, dossiers: readonly DossierOfStudent[]) {
  const versionOf = await versionsOf(
    ctx,
    dossiers.map((one) => one.template_version_id),
  )
  const nameOf = await organisationNames(ctx)
  return (dossier: DossierOfStudent, move: Move | undefined): DossierLine => ({
    publicId: dossier.public_id,
    state: stateOf(dossier),
    stale: isStale(dossier, ctx.config.limits.approvalDays, ctx.now()),
    changed: dossier.facts_changed_at !== null,
    student: studentName(actor, dossier),
    badge: versionOf(dossier.template_version_id).definition.name,
    school: nameOf(dossier.school_id),
    company: nameOf(dossier.company_id),
    move,
  })
}

export function stateOf({ state }: Pick<DossierOfStudent, 'state'>): DossierState {
  const known = DOSSIER_STATES.find((one) => one === state)
  if (!known) throw new Error(`A dossier has no state ${state}.`)
  return known
}

function matches(dossier: DossierOfStudent, state: DossierState | undefined): boolean {
  return state === undefined || dossier.state === state
}
