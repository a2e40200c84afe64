import type { Actor } from '../context.js'
import { confirmSession } from '../mentoring/confirming/confirm-session.js'
import { recordSession } from '../mentoring/facts/record-session.js'
import { teacherOf } from './pairs.js'
import type { GroupSessionPlan } from './plan.js'
import { groupKey, known, oneOf, type Happening, type Stage } from './stage.js'

/** Sessions of cordées and of pairs: recorded by a school or by who runs them, confirmed by the other. */
export function groupRecordings(stage: Stage): Happening[] {
  return stage.plan.groupSessions.flatMap((session) => {
    const { recordedAt, confirmedAt } = session
    return [
      { at: recordedAt, happen: () => record(stage, session) },
      ...(confirmedAt === undefined
        ? []
        : [{ at: confirmedAt, happen: () => confirm(stage, session) }]),
    ]
  })
}

async function record(stage: Stage, session: GroupSessionPlan): Promise<void> {
  const { group, kind, day, minutes, topic, students } = session
  const id = await recordSession(stage.ctx, recorderOf(stage, session), {
    cohortId: known(stage.groups, groupKey(group)),
    ...ledBy(stage, session),
    ...{ kind, day, minutes, topic },
    studentIds: students.map((one) => known(stage.students, one)),
    topicAgreed: false,
    coordinated: false,
    schoolAdultPresent: true,
    acknowledged: [],
  })
  stage.facts.set(session, id)
}

async function confirm(stage: Stage, session: GroupSessionPlan): Promise<void> {
  const actor = confirmerOf(stage, session)
  await confirmSession(stage.ctx, actor, known(stage.facts, session))
}

/** A school sees its own students only: what several students did, who runs the cordée records. */
function recorderOf(stage: Stage, session: GroupSessionPlan): Actor {
  return session.students.length > 1
    ? ownerOf(stage, session).player.actor
    : schoolOf(stage, session)
}

function confirmerOf(stage: Stage, session: GroupSessionPlan): Actor {
  const { company, mentors, students } = session
  if (students.length > 1) return schoolOf(stage, session)
  if (company === undefined) return ownerOf(stage, session).player.actor
  return oneOf(known(stage.companies, company).endorsers, mentors[0] ?? 0).actor
}

function schoolOf(stage: Stage, { students }: GroupSessionPlan): Actor {
  return teacherOf(stage, oneOf(students, 0)).actor
}

function ownerOf(stage: Stage, { group }: GroupSessionPlan) {
  return known(stage.around, 'cordee' in group ? 'university' : 'structure')
}

/** Whose people led it, and who of them. */
function ledBy(stage: Stage, session: GroupSessionPlan) {
  const { company, group, mentors } = session
  if (company !== undefined) {
    const { organisation, endorsers } = known(stage.companies, company)
    return {
      companyId: organisation.publicId,
      mentorIds: mentors.map((place) => oneOf(endorsers, place).person.publicId),
    }
  }
  const tutors = known(stage.tutors, 'cordee' in group ? 'university' : 'structure')
  return {
    companyId: ownerOf(stage, session).organisation.publicId,
    mentorIds: mentors.map((place) => oneOf(tutors, place).publicId),
  }
}
