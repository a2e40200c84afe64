import { sayPublics } from '../mentoring/cordees/say-publics.js'
import { openGroup } from '../mentoring/groups/open-group.js'
import { cordees as scheme } from '../mentoring/schemes/cordees.js'
import { at, dayOf } from './calendar.js'
import { CORDEES, PUBLICS, TUTORS_OF_TETE, type CordeeFact } from './cordees.data.js'
import { groupKey, known, oneOf, type Happening, type Stage } from './stage.js'
import { addMentorsOf } from './tutors.js'

const NAMES_SEED = 40

/** The cordées of the university, the students of it who tutor, and what the collèges say of their publics. */
export function cordees(stage: Stage): Happening[] {
  const { year } = stage.plan
  const tutors = { count: TUTORS_OF_TETE, seed: NAMES_SEED }
  return [
    {
      at: at(dayOf(year - 1, '09-01'), 9),
      happen: () => addMentorsOf(stage, 'university', tutors),
    },
    ...CORDEES.map((fact, cordee) => ({
      at: at(dayOf(year - fact.yearsAgo, '09-01'), 10, cordee),
      happen: () => open(stage, fact, cordee),
    })),
    ...PUBLICS.map((said, place) => ({
      at: at(dayOf(year, '09-08'), 10, place),
      happen: () => say(stage, said),
    })),
  ]
}

async function open(stage: Stage, fact: CordeeFact, cordee: number): Promise<void> {
  const { organisation, player } = known(stage.around, 'university')
  const fromDay = dayOf(stage.plan.year - fact.yearsAgo, '09-01')
  const groupId = await openGroup(stage.ctx, player.actor, {
    scheme: scheme.code,
    ownerId: organisation.publicId,
    name: fact.name,
    schoolIds: fact.colleges.map((one) => known(stage.colleges, one).organisation.publicId),
    fromDay,
    charterOn: fromDay,
    charterReference: fact.charter,
  })
  stage.groups.set(groupKey({ cordee }), groupId)
}

async function say(stage: Stage, said: (typeof PUBLICS)[number]): Promise<void> {
  const { cordee, college, traits, ...counts } = said
  const { organisation, teachers } = known(stage.colleges, college)
  await sayPublics(stage.ctx, oneOf(teachers, 0).actor, {
    cordeeId: known(stage.groups, groupKey({ cordee })),
    schoolId: organisation.publicId,
    traits,
    counts,
  })
}
