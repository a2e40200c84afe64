import { readdirSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { enrolStudent } from '../../../src/mentoring/cohorts/enrol-student.js'
import { openGroup } from '../../../src/mentoring/groups/open-group.js'
import { seeGroup } from '../../../src/mentoring/groups/see-group.js'
import { seeSchemes } from '../../../src/mentoring/groups/see-schemes.js'
import { kindWords, schemeOf, SCHEMES } from '../../../src/mentoring/schemes/index.js'
import type { Scheme } from '../../../src/mentoring/schemes/scheme.js'
import { openWorld, type World } from '../../support/world.js'
import { browserOf, textOf } from '../browser.js'
import { ADDRESS, aStudent, openAcademy, type Academy } from '../academy.js'

/** A scheme that does not exist: all of it is here. */
const parrainage = vi.hoisted((): Scheme => ({
  code: 'PARRAINAGE',
  words: { fr: 'Parrainage', en: 'Sponsoring' },
  group: {
    words: { fr: 'Cercle', en: 'Circle' },
    several: { fr: 'Cercles', en: 'Circles' },
    owner: { fr: 'Entreprise marraine', en: 'Sponsoring company' },
    page: '/groups',
    openPage: '/schemes/PARRAINAGE/new',
  },
  ofOne: false,
  oneGroupAtATime: true,
  asksVolunteering: false,
  mentorsFrom: 'owner-and-companies',
  judgeGroup({ owner }) {
    if (owner.kind !== 'company') throw new Error('A company sponsors.')
    return null
  },
  judgeEnrolment: ({ others }) =>
    others < 1 ? [] : [{ rule: 'PA-01', words: { fr: 'Deux.', en: 'Two.' } }],
  kinds: [{ code: 'PETIT_DEJEUNER', words: { fr: 'Petit déjeuner', en: 'Breakfast' } }],
  judgeSession: () => [],
  formatOf: () => 'CLASSE',
}))

vi.mock('../../../src/mentoring/schemes/list.js', async (original) => {
  const { SCHEMES: known } = await original<{ SCHEMES: readonly Scheme[] }>()
  return { SCHEMES: [...known, parrainage] }
})

let world: World
let academy: Academy

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
})

const circle = () => ({
  scheme: 'PARRAINAGE',
  ownerId: academy.company.publicId,
  name: 'Cercle DÉMO',
  schoolIds: [academy.school.publicId],
  fromDay: '2026-09-01',
})

describe('a new scheme, given as one object', () => {
  test('has its groups opened, its students enrolled by its rule, its sessions judged', async () => {
    const { teacher } = academy
    const cohortId = await openGroup(world, teacher, circle())
    for (const id of ['ana', 'bilal']) await aStudent(world, academy, { id })
    const enrol = (studentId: string, acknowledged: string[] = []) =>
      enrolStudent(world, teacher, { cohortId, studentId, fromDay: '2026-11-02', acknowledged })
    await enrol('ana')
    await expect(enrol('bilal')).rejects.toMatchObject({ code: 'unacknowledged', rule: 'PA-01' })
    await enrol('bilal', ['PA-01'])
    const { students, group } = await seeGroup(world, teacher, cohortId)
    expect(students.map(({ publicId }) => publicId)).toEqual(['ana', 'bilal'])
    const day = { kind: 'PETIT_DEJEUNER', format: 'CLASSE', day: '2026-11-10' } as const
    const judged = { ...day, students: [], topicAgreed: false, coordinated: false }
    expect(schemeOf(group.scheme).judgeSession(judged)).toEqual([])
    expect(kindWords('PETIT_DEJEUNER').en).toBe('Breakfast')
  })

  test('is refused by its own rule, and excludes only itself', async () => {
    const { teacher, school } = academy
    await expect(
      openGroup(world, teacher, { ...circle(), ownerId: school.publicId }),
    ).rejects.toThrow('A company sponsors.')
    await aStudent(world, academy, { id: 'ana' })
    const enrol = (cohortId: string) =>
      enrolStudent(world, teacher, { cohortId, studentId: 'ana', fromDay: '2026-11-02' })
    await enrol(academy.cohortId)
    await enrol(await openGroup(world, teacher, circle()))
    const second = await openGroup(world, teacher, { ...circle(), name: 'Cercle DÉMO 2' })
    await expect(enrol(second)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('stands on the pages, with its forms', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const form = textOf(await tab.get('/schemes/PARRAINAGE/new'))
    expect(form).toContain('Ouvrir : Cercle (Parrainage)')
    const { scheme: _, ...fields } = circle()
    const { headers } = await tab.send('/schemes/PARRAINAGE/new', fields)
    expect(headers.location).toMatch(/^\/groups\//)
    expect(textOf(await tab.get(headers.location!))).toContain('Cercle DÉMO')
    expect(textOf(await tab.get('/schemes'))).toContain(
      'Cercle DÉMO Composites du Lac DÉMO 0 En cours',
    )
    expect((await seeSchemes(world, academy.teacher)).at(-1)?.groups).toHaveLength(1)
    const enrol = await tab.get(
      headers.location!.replace('/groups', '/cohorts') + '/enrolments/new',
    )
    expect(enrol.status).toBe(200)
  })
})

describe('the schemes', () => {
  test('share no kind of session, for a kind tells its scheme', () => {
    const kinds = SCHEMES.flatMap((scheme) => scheme.kinds.map(({ code }) => code))
    expect(new Set(kinds).size).toBe(kinds.length)
  })

  test('are named in no other file: what is particular to one stands in its own', () => {
    const codes = SCHEMES.map(({ code }) => code).filter((code) => code !== 'PARRAINAGE')
    const literal = new RegExp(`['"\`](?:${codes.join('|')})['"\`]`)
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.tsx?$/.test(file),
    )
    const naming = files.filter((file) => literal.test(readFileSync(`src/${file}`, 'utf8')))
    const allowed = /^(?:mentoring\/schemes\/|demo\/|store\/migrations\/|templates\/)/
    expect(naming.filter((file) => !allowed.test(file))).toEqual([])
    expect(naming.length).toBeGreaterThan(2)
  })
})
