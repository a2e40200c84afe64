import { describe, expect, test } from 'vitest'
import { enrolStudents } from '../../src/mentoring/cohorts/enrol-student.js'
import { cordeeFindings } from '../../src/mentoring/cordees/find-cordees.js'
import { sayPublics } from '../../src/mentoring/cordees/say-publics.js'
import { seeCordee } from '../../src/mentoring/cordees/see-cordee.js'
import { addSchool } from '../../src/mentoring/groups/add-school.js'
import { closeGroup } from '../../src/mentoring/groups/close-group.js'
import { endSchool } from '../../src/mentoring/groups/end-school.js'
import { seeSchemes } from '../../src/mentoring/groups/see-schemes.js'
import { endPair } from '../../src/mentoring/pairs/end-pair.js'
import { pairFindings } from '../../src/mentoring/pairs/find-pairs.js'
import { seePair } from '../../src/mentoring/pairs/see-pair.js'
import { STORES } from '../support/dialects.js'
import { openWorld } from '../support/world.js'
import { aCordee, aPair, aYouth, openPartners } from './partners.js'

const kept = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
  outcomes.filter(({ status }) => status === 'fulfilled').length

describe.each(STORES)('on $name', ({ open }) => {
  test('cordées and pairs are kept and read, and who comes second at the same moment is refused', async () => {
    const world = await openWorld({ db: await open() })
    const partners = await openPartners(world)
    const { coordinator, teacher, collegeTeacher, college, school, structure } = partners
    for (const id of ['ana', 'bilal']) await aYouth(world, school, { id })
    await aYouth(world, college, { id: 'chloe', level: '3E' })

    const opened = await Promise.allSettled([1, 2, 3].map(() => aCordee(world, partners)))
    expect(kept(opened)).toBe(1)
    const groupId = opened.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))[0]!
    const add = () =>
      addSchool(world, coordinator, { groupId, schoolId: college.publicId, fromDay: '2026-10-01' })
    expect(kept(await Promise.allSettled([add(), add()]))).toBe(1)
    const enrol = (by: typeof teacher, studentIds: string[]) =>
      enrolStudents(world, by, {
        cohortId: groupId,
        studentIds,
        fromDay: '2026-10-01',
        volunteeredOn: '2026-10-01',
      })
    const twice = [enrol(teacher, ['ana', 'bilal']), enrol(teacher, ['bilal', 'ana'])]
    expect(kept(await Promise.allSettled(twice))).toBe(1)
    await enrol(collegeTeacher, ['chloe'])
    const counts = { QPV: '1', BOURSIER: '2' }
    const said = { cordeeId: groupId, schoolId: school.publicId, traits: ['RURAL_ISOLE'], counts }
    for (let time = 0; time < 2; time += 1) await sayPublics(world, teacher, said)
    const view = await seeCordee(world, coordinator, groupId)
    expect(view).toMatchObject({
      studentCount: 3,
      computed: { RURAL_ISOLE: 2, LYCEEN_PRO: 2 },
      counted: { QPV: 1, BOURSIER: 2 },
    })
    const leave = { groupId, schoolId: college.publicId, lastDay: '2026-11-20' }
    await endSchool(world, collegeTeacher, leave)
    const close = () => closeGroup(world, coordinator, { groupId, lastDay: '2026-11-24' })
    expect(kept(await Promise.allSettled([close(), close()]))).toBe(1)
    const sides = { schoolIds: [], companyIds: [partners.university.id, structure.id] }
    expect(await cordeeFindings(world.db, sides, '2026-11-25')).toEqual([])

    const paired = await Promise.allSettled(
      [1, 2, 3].map(() => aPair(world, partners, { studentId: 'ana' })),
    )
    expect(kept(paired)).toBe(1)
    const pairId = paired.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))[0]!
    const found = await pairFindings(world.db, sides, '2026-11-24')
    expect(found.map(({ rule }) => rule)).toEqual(['JM-D1'])
    const end = { pairId, lastDay: '2026-11-20', reason: 'AUTRE', interviewOn: '', outcome: '' }
    await endPair(world, teacher, end)
    expect((await seePair(world, teacher, pairId)).endedEarly).toBe(true)
    const schemes = await seeSchemes(world, teacher)
    expect(schemes.map(({ groups }) => groups.length)).toEqual([1, 1, 1])
    await world.db.destroy()
  }, 120_000)
})
