import { beforeEach, describe, expect, test } from 'vitest'
import { sayTotals } from '../../../src/mentoring/publics/say-totals.js'
import { seeSchoolTotals, seeTotals } from '../../../src/mentoring/publics/see-totals.js'
import { auditOf } from '../../people/people.js'
import { openWorld, type World } from '../../support/world.js'
import { ADDRESS, aMember, openAcademy, type Academy } from '../academy.js'
import { browserOf, textOf } from '../browser.js'

let world: World
let academy: Academy

const NONE = { BOURSIER: '', QPV: '', EDUCATION_PRIORITAIRE: '' }
const of = () => ({
  cohortId: academy.cohortId,
  schoolId: academy.school.publicId,
  year: 2026,
})
const say = (totals: Partial<typeof NONE>, changes: Partial<ReturnType<typeof of>> = {}) =>
  sayTotals(world, academy.teacher, { ...of(), ...changes, totals: { ...NONE, ...totals } })
const jobs = () => world.db.selectFrom('jobs').select(['kind', 'payload']).execute()

async function withStudents(count: number): Promise<void> {
  world = await openWorld()
  academy = await openAcademy(world)
  for (let at = 0; at < count; at += 1) await aMember(world, academy, { id: `student-${at}` })
}

describe('a cohort of twelve', () => {
  beforeEach(() => withStudents(12))

  test('PT-20 a total may be all of the headcount, and not one more', async () => {
    await say({ BOURSIER: '12', QPV: '0' })
    await expect(say({ BOURSIER: '13' })).rejects.toMatchObject({
      code: 'rule-refused',
      rule: 'PT-20',
      fields: [{ pointer: '/boursier' }],
    })
    const { said, headcount } = await seeTotals(world, academy.teacher, of())
    expect(headcount).toBe(12)
    expect(said.map((one) => [one.public, one.count])).toEqual([
      ['BOURSIER', 12],
      ['QPV', 0],
    ])
  })

  test('PT-20 only totals are kept, with who said them and when, and the school is counted again', async () => {
    await say({ BOURSIER: '7' })
    const { cohorts } = await seeSchoolTotals(world, academy.teacher, {})
    expect(cohorts).toMatchObject([
      { headcount: 12, totals: { BOURSIER: 7 }, last: { by: 'Camille Martin' } },
    ])
    expect(cohorts[0]?.last?.at).toBe(world.now().toISOString())
    expect(await auditOf(world)).toContain('publics.said')
    expect(await jobs()).toContainEqual({
      kind: 'count-school',
      payload: JSON.stringify({ schoolId: academy.school.id, year: 2026 }),
    })
  })

  test('the last word counts, and an empty field takes it back', async () => {
    await say({ BOURSIER: '7', QPV: '2' })
    await say({ BOURSIER: '6' })
    const { said } = await seeTotals(world, academy.teacher, of())
    expect(said.map((one) => [one.public, one.count])).toEqual([['BOURSIER', 6]])
  })

  test.each(['-1', '2,5', 'sept', '1e3'])('« %s » is no number of students', async (QPV) => {
    await expect(say({ QPV })).rejects.toMatchObject({
      code: 'invalid-request',
      fields: [{ pointer: '/qpv' }],
    })
  })

  test('of another school, of another year and to others there is nothing', async () => {
    const nothing = { code: 'not-found' }
    await expect(say({}, { year: 2024 })).rejects.toMatchObject(nothing)
    const other = { ...of(), totals: NONE }
    await expect(sayTotals(world, academy.stranger, other)).rejects.toMatchObject(nothing)
    await expect(sayTotals(world, academy.tutor, other)).rejects.toMatchObject(nothing)
    await expect(sayTotals(world, academy.officer, other)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('a teacher finds the form from the indicators, and what was wrong beside its field', async () => {
    const { get, send } = await browserOf(world, ADDRESS.teacher)
    const start = await get('/indicators')
    const [, link] = /href="(\/publics\?[^"]+)"/.exec(start.text) ?? []
    const list = await get(link!.replaceAll('&amp;', '&'))
    const [, form] = /href="(\/cohorts\/[^"]+\/publics\/[^"]+)"/.exec(list.text) ?? []
    const refused = await send(form!, { boursier: '13', qpv: '', education_prioritaire: '' })
    expect(refused.status).toBe(422)
    expect(textOf(refused)).toContain('plus que l’effectif de la cohorte, qui est de 12')
    expect(refused.text).toContain('value="13"')
    const saved = await send(form!, { boursier: '5', qpv: '', education_prioritaire: '' })
    expect(saved.status).toBe(303)
    expect(textOf(await get(saved.headers['location']!))).toContain('Camille Martin')
  })
})

describe('PT-20 a total of a few students would be a note about each', () => {
  test.each([
    [4, 'rule-refused'],
    [5, undefined],
  ])('of %i students: %s', async (count, code) => {
    await withStudents(count)
    const said = say({ BOURSIER: '1' })
    if (code === undefined) await said
    else await expect(said).rejects.toMatchObject({ code, rule: 'PT-20' })
    const { get } = await browserOf(world, ADDRESS.teacher)
    const { cohortId, schoolId, year } = of()
    const page = await get(`/cohorts/${cohortId}/publics/${schoolId}/${year}`)
    expect(page.text.includes('name="boursier"')).toBe(code === undefined)
  })
})
