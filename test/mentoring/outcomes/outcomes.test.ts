import { beforeEach, describe, expect, test } from 'vitest'
import { endEnrolment } from '../../../src/mentoring/cohorts/end-enrolment.js'
import { countExits, countOutcomes } from '../../../src/mentoring/outcomes/store.js'
import { EXITS } from '../../../src/mentoring/outcomes/outcomes.data.js'
import { recordOutcomes } from '../../../src/mentoring/outcomes/record-outcomes.js'
import { seeOutcomes } from '../../../src/mentoring/outcomes/see-outcomes.js'
import { auditOf } from '../../people/people.js'
import { openWorld, type World } from '../../support/world.js'
import { ADDRESS, aMember, openAcademy, type Academy } from '../academy.js'
import { browserOf, textOf } from '../browser.js'
import { accountOf } from '../placements/planned.js'

let world: World
let academy: Academy

const NONE = { BAC: '', BTS: '', NEXT: '' }
const TODAY = '2026-11-24'
const record = (outcomes: Partial<typeof NONE>, day = TODAY, studentId = 'ana') =>
  recordOutcomes(world, academy.teacher, {
    cohortId: academy.cohortId,
    studentId,
    day,
    outcomes: { ...NONE, ...outcomes },
  })
const known = async () =>
  (await seeOutcomes(world, academy.teacher, { cohortId: academy.cohortId })).students.flatMap(
    ({ said }) => said.map(({ kind, outcome }) => `${kind} ${outcome}`),
  )
const counted = async () => {
  const of = { schoolId: academy.school.id, year: 2026, scheme: 'PTECH' }
  return [...(await countOutcomes(world.db, of)), ...(await countExits(world.db, of, EXITS))]
}

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world, 2024)
  for (const id of ['ana', 'bilal']) await aMember(world, academy, { id, level: 'TLE_PRO' })
})

describe('how a course ended', () => {
  test('is kept as codes, the last word of a school year, and taken back when it is left empty', async () => {
    await record({ BAC: 'OBTENU', NEXT: 'POURSUITE_BTS' })
    await record({ BAC: 'OBTENU', NEXT: 'AUTRE_FORMATION' })
    expect(await known()).toEqual(['BAC OBTENU', 'NEXT AUTRE_FORMATION'])
    await record({ BAC: 'NON_OBTENU' })
    expect(await known()).toEqual(['BAC NON_OBTENU'])
    expect(await counted()).toEqual([{ kind: 'BAC', outcome: 'NON_OBTENU', students: 1 }])
  })

  test('is read by the student on their own record, and nobody else’s', async () => {
    await record({ BAC: 'OBTENU', NEXT: 'POURSUITE_BTS' })
    await accountOf(world, academy, 'ana', 'ana@example.org')
    await accountOf(world, academy, 'bilal', 'bilal@example.org')
    const read = async (address: string, page = '/my-record') =>
      textOf(await (await browserOf(world, address)).get(page))
    const own = await read('ana@example.org')
    expect(own).toContain('Baccalauréat professionnel')
    expect(own).toContain('Poursuite en BTS')
    expect(await read('ana@example.org', '/my-record?lang=en')).toContain('Went on to a BTS')
    expect(await read('bilal@example.org')).not.toContain('La suite de mon parcours')
  })

  test('PT-19 no mark and no text of one’s own: what is no code of the list is refused', async () => {
    for (const BAC of ['MENTION_BIEN', '14/20', 'obtenu']) {
      await expect(record({ BAC })).rejects.toMatchObject({
        code: 'invalid-request',
        fields: [{ pointer: '/bac' }],
      })
    }
  })

  test('PT-23 a contract is noted on the day that it begins, not the day before', async () => {
    await expect(record({ NEXT: 'EMBAUCHE_PARTENAIRE' }, '2026-11-25')).rejects.toMatchObject({
      code: 'rule-refused',
      rule: 'PT-23',
    })
    await record({ NEXT: 'EMBAUCHE_PARTENAIRE' }, TODAY)
    expect(await known()).toEqual(['NEXT EMBAUCHE_PARTENAIRE'])
  })

  test('is of a school year in which the student was there, and of no day to come', async () => {
    const wrong = { code: 'invalid-request', fields: [{ pointer: '/day' }] }
    await expect(record({ BAC: 'OBTENU' }, '2026-11-25')).rejects.toMatchObject(wrong)
    await expect(record({ BAC: 'OBTENU' }, '2026-08-31')).rejects.toMatchObject(wrong)
    await record({ BAC: 'OBTENU' }, '2026-09-01')
  })

  test('is said of who has left as well; the audit keeps that it was said, and not what', async () => {
    const { cohortId, teacher } = academy
    const end = { cohortId, studentId: 'ana', lastDay: '2026-10-30', reason: 'DECROCHAGE' }
    await endEnrolment(world, teacher, end)
    expect(await counted()).toEqual([{ kind: 'NEXT', outcome: 'DECROCHAGE', students: 1 }])
    // What was said afterwards takes the place of the reason for leaving: nobody counts twice.
    await record({ NEXT: 'AUTRE_FORMATION' })
    expect(await counted()).toEqual([{ kind: 'NEXT', outcome: 'AUTRE_FORMATION', students: 1 }])
    expect(await auditOf(world)).toContain('outcomes.recorded')
    const lines = await world.db.selectFrom('audit').selectAll().execute()
    expect(JSON.stringify(lines)).not.toContain('AUTRE_FORMATION')
  })

  test('is nobody’s but the school’s staff’s', async () => {
    const { cohortId, stranger, tutor, officer } = academy
    const input = { cohortId, studentId: 'ana', day: TODAY, outcomes: NONE }
    for (const actor of [stranger, tutor]) {
      await expect(recordOutcomes(world, actor, input)).rejects.toMatchObject({ code: 'not-found' })
    }
    await expect(recordOutcomes(world, officer, input)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(record({}, TODAY, 'nobody')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a teacher finds the form from the cohort; what was chosen stays when it comes back', async () => {
    const { get, send } = await browserOf(world, ADDRESS.teacher)
    const list = `/cohorts/${academy.cohortId}/outcomes`
    expect((await get(`/cohorts/${academy.cohortId}`)).text).toContain(`href="${list}"`)
    expect((await get(list)).text).toContain(`href="${list}/bilal"`)
    const form = { day: '2027-01-01', bac: 'OBTENU', bts: '', next: 'EMBAUCHE_PARTENAIRE' }
    const refused = await send(`${list}/bilal`, form)
    expect(refused.status).toBe(422)
    expect(refused.text).toMatch(/value="OBTENU" selected|selected value="OBTENU"/)
    const saved = await send(`${list}/bilal`, { ...form, day: TODAY })
    expect(saved.status).toBe(303)
    expect(textOf(await get(list))).toContain('Contrat dans une entreprise partenaire')
  })
})
