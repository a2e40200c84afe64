import type { Context } from '../context.js'
import { dayAt } from '../people/days.js'
import { announced } from './announced.js'
import { definitions } from './badges.js'
import { openingUnderWay } from './class-way.js'
import { collegians } from './collegians.js'
import { consents } from './consents.js'
import { cordees } from './cordees.js'
import { dice } from './dice.js'
import { dossierSteps } from './dossiers.js'
import { grounds } from './ground.js'
import { groupRecordings } from './group-sessions.js'
import { handOut, type DemoFacts } from './hand-out.js'
import { invited } from './invited.js'
import { runJobs } from './jobs.js'
import { leavers } from './leavers.js'
import { makePlan } from './make-plan.js'
import { pairs } from './pairs.js'
import { plannedPlacements } from './planned-placements.js'
import { recordings } from './record.js'
import { openings } from './set-stage.js'
import { sharing } from './sharing.js'
import { openStage, type Happening } from './stage.js'
import { studentAccounts } from './student-accounts.js'
import { arrivals } from './students.js'

/** A clock that is set: the demo lives years in seconds. */
export type Clock = { at: Date }

export type Filling = Readonly<{
  /** Its `now` reads `clock`. */
  ctx: Context
  clock: Clock
  /** Where the past ends. */
  now: Date
  /** Scopes of the API, for the tokens. */
  scopes: readonly string[]
  /** Told as it goes on: how much of it is done, from 0 to 1, and which day it is there. */
  progress(done: number, day: string): void
}>

const CAST_SEED = 49

/**
 * Lives five school years of a fictional academy through, by the same acts as the real service, each
 * on its day. What an act refuses ends it: a demo shows nothing that could not be.
 *
 * @throws {DomainError} of the act that refused, or {Error} when a job failed
 */
export async function fillDemo({ ctx, clock, now, scopes, progress }: Filling): Promise<DemoFacts> {
  const plan = makePlan(dayAt(now, ctx.config.timeZone))
  const stage = openStage(ctx, plan, dice(CAST_SEED))
  const happenings = [
    ...openings(stage),
    ...grounds(stage),
    ...arrivals(stage),
    ...studentAccounts(stage),
    ...definitions(stage),
    ...recordings(stage),
    ...dossierSteps(stage),
    ...sharing(stage),
    ...consents(stage),
    ...plannedPlacements(stage),
    ...cordees(stage),
    ...collegians(stage),
    ...pairs(stage),
    ...groupRecordings(stage),
    ...openingUnderWay(stage),
    ...invited(stage),
    ...leavers(stage),
    ...announced(stage),
  ].toSorted((one, other) => one.at.localeCompare(other.at))
  for (const [index, { at, happen }] of happenings.entries()) {
    clock.at = instantOf(at, now)
    if (index % 100 === 0) progress(index / happenings.length, at.slice(0, 10))
    await happen()
  }
  clock.at = now
  await runJobs(ctx)
  progress(1, plan.today)
  return handOut(stage, scopes)
}

/** On the first days of a school year something of its beginning may be yet to come: it is now. */
function instantOf(at: Happening['at'], now: Date): Date {
  const instant = new Date(at)
  return instant < now ? instant : now
}
