import { confirmPlacement } from '../mentoring/placements/confirm-placement.js'
import { confirmSession } from '../mentoring/confirming/confirm-session.js'
import { contestFact } from '../mentoring/facts/contest-fact.js'
import { recordPlacement } from '../mentoring/placements/record-placement.js'
import { recordSession } from '../mentoring/facts/record-session.js'
import { addDays, at } from './calendar.js'
import type { PlacementPlan, SessionPlan } from './plan.js'
import { runJobs } from './jobs.js'
import { cohortKey, known, oneOf, schoolOn, type Happening, type Stage } from './stage.js'
import { CONTESTS } from './topics.data.js'

/** Sessions and placements: recorded by the school, confirmed by the company, some contested. */
export function recordings(stage: Stage): Happening[] {
  const { sessions, placements } = stage.plan
  return [
    ...sessions.flatMap((session, index) => ofSession(stage, session, index)),
    ...placements.flatMap((placement) => ofPlacement(stage, placement)),
  ]
}

function ofSession(stage: Stage, session: SessionPlan, index: number): Happening[] {
  const { school, company, endorser, recordedAt, confirmedAt } = session
  const recorded = async () => {
    const { teachers, liaison } = known(stage.schools, school)
    const { organisation, endorsers } = known(stage.companies, company)
    // Every fifth by who coordinates the company's part.
    const { actor } = index % 5 === 0 ? liaison : oneOf(teachers, index)
    const { kind, format, day, minutes, topic } = session
    const id = await recordSession(stage.ctx, actor, {
      cohortId: known(stage.cohorts, cohortKey(school, session.entryYear)),
      companyId: organisation.publicId,
      ...{ kind, format, day, minutes, topic },
      mentorIds: [oneOf(endorsers, endorser).person.publicId],
      studentIds: session.students.map((student) => known(stage.students, student)),
      topicAgreed: true,
      coordinated: true,
      schoolAdultPresent: true,
      acknowledged: ['PT-06', 'PT-07'],
    })
    stage.facts.set(session, id)
  }
  const confirmed = async () => {
    const { actor } = oneOf(known(stage.companies, company).endorsers, endorser)
    await confirmSession(stage.ctx, actor, known(stage.facts, session))
  }
  return [
    { at: recordedAt, happen: recorded },
    ...(confirmedAt === undefined ? [] : [{ at: confirmedAt, happen: confirmed }]),
    ...contested(stage, session, 'session'),
  ]
}

function ofPlacement(stage: Stage, placement: PlacementPlan): Happening[] {
  const { student, company, endorser, recordedAt, confirmedAt } = placement
  const recorded = async () => {
    const { teachers } = known(stage.schools, schoolOn(student, placement.untilDay))
    const { organisation, endorsers, tutors } = known(stage.companies, company)
    const { fromDay, untilDay, daysDone } = placement
    const id = await recordPlacement(stage.ctx, oneOf(teachers, student.number).actor, {
      studentId: known(stage.students, student),
      companyId: organisation.publicId,
      tutorId: oneOf(
        [...endorsers.map(({ person }) => person.publicId), ...tutors],
        placement.tutor,
      ),
      ...{ fromDay, untilDay, daysDone },
    })
    stage.facts.set(placement, id)
  }
  const confirmed = async () => {
    const { actor } = oneOf(known(stage.companies, company).endorsers, endorser)
    await confirmPlacement(stage.ctx, actor, known(stage.facts, placement))
  }
  return [
    { at: recordedAt, happen: recorded },
    ...(confirmedAt === undefined ? [] : [{ at: confirmedAt, happen: confirmed }]),
    ...contested(stage, placement, 'placement'),
  ]
}

/** The student says that it is wrong, the day after it was recorded. */
function contested(
  stage: Stage,
  fact: SessionPlan | PlacementPlan,
  kind: 'session' | 'placement',
): Happening[] {
  const { contestedBy, recordedAt } = fact
  if (!contestedBy) return []
  const happen = async () => {
    await contestFact(stage.ctx, known(stage.accounts, contestedBy).actor, {
      studentId: known(stage.students, contestedBy),
      kind,
      factId: known(stage.facts, fact),
      reason: oneOf(CONTESTS, contestedBy.number),
    })
    // What rests on it is told.
    await runJobs(stage.ctx)
  }
  return [{ at: at(addDays(recordedAt.slice(0, 10), 1), 17), happen }]
}
