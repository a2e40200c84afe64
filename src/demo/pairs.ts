import { addMentor } from '../mentoring/mentors/add-mentor.js'
import { endPair } from '../mentoring/pairs/end-pair.js'
import { openPair } from '../mentoring/pairs/open-pair.js'
import { SUBJECTS } from '../mentoring/schemes/one-mentor.js'
import { addDays, at } from './calendar.js'
import { dice } from './dice.js'
import { names } from './plan-students.js'
import { known, oneOf, type Happening, type Stage } from './stage.js'

const NAMES_SEED = 15
const MENTORS = 15
/** One mentor in five is a woman. */
const WOMEN = 3
const PAIRS = 13
/** JM-05: a pair that ended after four months; the others are a month old. In days before today. */
const EARLY = { from: 150, until: 28 } as const
const OTHERS_FROM = 30

/** Pairs of the mentoring structure with students in Tle of the third to fifth school. */
export function pairs(stage: Stage): Happening[] {
  const { today, students } = stage.plan
  const mentors: string[] = []
  const early: string[] = []
  const young = students
    .filter(({ school, years }) => [2, 3, 4].includes(school) && years.at(-1)?.level === 'TLE_PRO')
    .slice(0, PAIRS)
  return [
    {
      at: at(addDays(today, -EARLY.from), 8),
      happen: async () => mentors.push(...(await addMentors(stage))),
    },
    ...young.map((student, place) => {
      const startedOn = addDays(today, -(place === 0 ? EARLY.from : OTHERS_FROM))
      return {
        at: at(startedOn, 9, place),
        happen: async () => {
          const { actor } = oneOf(known(stage.schools, student.school).teachers, 0)
          const pairId = await openPair(stage.ctx, actor, {
            structureId: known(stage.around, 'structure').organisation.publicId,
            studentId: known(stage.students, student),
            mentorId: oneOf(mentors, place),
            subject: oneOf(SUBJECTS, place).code,
            startedOn,
            registrationReference: `DEMO-${String(place + 1).padStart(4, '0')}`,
            registeredOn: startedOn,
            acknowledged: [],
          })
          if (place === 0) early.push(pairId)
        },
      }
    }),
    { at: at(addDays(today, -EARLY.until), 16), happen: () => end(stage, oneOf(early, 0)) },
  ]
}

async function addMentors(stage: Stage): Promise<string[]> {
  const { ctx, plan } = stage
  const { organisation, player } = known(stage.around, 'structure')
  const nextName = names(dice(NAMES_SEED))
  const mentors: string[] = []
  while (mentors.length < MENTORS) {
    const { givenName, familyName, sex } = nextName()
    if (sex !== (mentors.length < WOMEN ? 'F' : 'M')) continue
    const day = addDays(plan.today, -EARLY.from)
    const vetted = { vetting: 'VERIFIE_PAR_STRUCTURE', vettedOn: day, renewBy: '', charterOn: day }
    const person = { organisationId: organisation.publicId, givenName, familyName, sex, email: '' }
    mentors.push(await addMentor(ctx, player.actor, { ...person, ...vetted }))
  }
  return mentors
}

async function end(stage: Stage, pairId: string): Promise<void> {
  const lastDay = addDays(stage.plan.today, -EARLY.until)
  await endPair(stage.ctx, known(stage.around, 'structure').player.actor, {
    pairId,
    lastDay,
    reason: 'ARRET_DU_MENTOR',
    interviewOn: lastDay,
    outcome: 'EN_PARTIE',
  })
}
