import { endPair } from '../mentoring/pairs/end-pair.js'
import { openPair } from '../mentoring/pairs/open-pair.js'
import { addDays, at, dayOf } from './calendar.js'
import { ENTERED } from './cordees.data.js'
import { EARLY } from './pairs.data.js'
import type { PairPlan } from './plan.js'
import { subjectOf } from './plan-pairs.js'
import { groupKey, known, oneOf, type Happening, type Player, type Stage } from './stage.js'
import { addMentorsOf } from './tutors.js'

const NAMES_SEED = 15

/** Pairs of the mentoring structure: opened by the school of the young person, each with a mentor of its own. */
export function pairs(stage: Stage): Happening[] {
  const { pairs: planned, today } = stage.plan
  const mentors = { count: planned.length, seed: NAMES_SEED }
  return [
    {
      at: at(addDays(today, -EARLY.from), 8),
      happen: () => addMentorsOf(stage, 'structure', mentors),
    },
    ...planned.flatMap((pair, place) => ofPair(stage, pair, place)),
  ]
}

function ofPair(stage: Stage, pair: PairPlan, place: number): Happening[] {
  const { startedOn, endedOn, young } = pair
  // A collégien is on this year's list only.
  const listed = 'college' in young ? dayOf(stage.plan.year, ENTERED) : ''
  return [
    {
      at: at(startedOn > listed ? startedOn : listed, 9, place),
      happen: () => open(stage, pair, place),
    },
    ...(endedOn === undefined
      ? []
      : [{ at: at(endedOn, 16), happen: () => end(stage, place, endedOn) }]),
  ]
}

async function open(stage: Stage, { young, startedOn }: PairPlan, place: number): Promise<void> {
  const pairId = await openPair(stage.ctx, teacherOf(stage, young).actor, {
    structureId: known(stage.around, 'structure').organisation.publicId,
    studentId: known(stage.students, young),
    mentorId: oneOf(known(stage.tutors, 'structure'), place).mentorId,
    subject: subjectOf(place),
    startedOn,
    registrationReference: `DEMO-${String(place + 1).padStart(4, '0')}`,
    registeredOn: startedOn,
    // JM-04: the structure accepts somebody who is thirteen.
    acknowledged: 'college' in young ? ['JM-04'] : [],
  })
  stage.groups.set(groupKey({ pair: place }), pairId)
}

/** Who follows a young person at their school. */
export function teacherOf(stage: Stage, young: PairPlan['young']): Player {
  const { teachers } =
    'college' in young ? known(stage.colleges, young.college) : known(stage.schools, young.school)
  return oneOf(teachers, 0)
}

async function end(stage: Stage, place: number, lastDay: string): Promise<void> {
  await endPair(stage.ctx, known(stage.around, 'structure').player.actor, {
    pairId: known(stage.groups, groupKey({ pair: place })),
    lastDay,
    reason: 'ARRET_DU_MENTOR',
    interviewOn: lastDay,
    outcome: 'EN_PARTIE',
  })
}
