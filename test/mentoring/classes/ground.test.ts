import { beforeEach, describe, expect, test } from 'vitest'
import { classFindings } from '../../../src/mentoring/classes/class-findings.js'
import { endFunction, namePerson } from '../../../src/mentoring/classes/name-person.js'
import {
  addParty,
  coverClass,
  recordAgreement,
  type AgreementInput,
} from '../../../src/mentoring/classes/record-agreement.js'
import { openClass } from '../../../src/mentoring/classes/open-class.js'
import { seeClass, seeClasses } from '../../../src/mentoring/classes/see-classes.js'
import {
  groundOf,
  seeAgreement,
  seeAgreements,
  seePeople,
} from '../../../src/mentoring/classes/see-ground.js'
import { auditOf } from '../../people/people.js'
import { openWorld, type World } from '../../support/world.js'
import { openAcademy, type Academy } from '../academy.js'
import { aReferent } from './ground.js'

let world: World
let academy: Academy
let agreement: AgreementInput

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world, 2025)
  agreement = {
    classId: academy.classId,
    type: 'ACCORD_CADRE_PTECH',
    title: 'Accord-cadre DÉMO',
    startDay: '2025-09-01',
    endDay: '2030-08-31',
    parties: [],
  }
})

const record = (changes: Partial<AgreementInput> = {}) =>
  recordAgreement(world, academy.teacher, { ...agreement, ...changes })
const rulesNow = async () =>
  (await classFindings(world.db, { schoolIds: [academy.school.id] }, '2026-11-24')).map(
    ({ rule }) => rule,
  )

describe('the agreements of a class', () => {
  test('PT-14 five years less a day are kept, one day more or less is refused', async () => {
    for (const endDay of ['2030-08-30', '2030-09-01']) {
      await expect(record({ endDay })).rejects.toMatchObject({
        code: 'rule-refused',
        rule: 'PT-14',
        fields: [{ pointer: '/endDay' }],
      })
    }
    await record({ endDay: '' })
    const { agreements, gaps } = await seeAgreements(world, academy.teacher, academy.classId)
    expect(agreements).toMatchObject([{ endDay: '2030-08-31', title: 'Accord-cadre DÉMO' }])
    expect(gaps).toEqual([])
    expect(await rulesNow()).not.toContain('PT-14')
  })

  test('PT-14 a cohort that outlives its agreement is shown until a renewal covers it', async () => {
    const first = await record({ startDay: '2024-09-01', endDay: '2029-08-31' })
    const gap = { fromDay: '2029-09-01', lastDay: '2030-08-31' }
    expect((await seeAgreements(world, academy.teacher, academy.classId)).gaps).toMatchObject([gap])
    expect(await rulesNow()).toContain('PT-14')
    const renewal = { startDay: '2029-09-01', endDay: '', renewsId: first }
    const second = await record({ ...renewal, title: 'Renouvellement DÉMO' })
    expect((await seeAgreements(world, academy.teacher, academy.classId)).gaps).toEqual([])
    const seen = await seeAgreement(world, academy.teacher, second)
    expect(seen.renewed?.public_id).toBe(first)
  })

  test('PT-14 nothing renews what began later, or what another school keeps', async () => {
    const first = await record()
    for (const [renewsId, startDay] of [
      [first, '2025-09-01'],
      ['unknown', '2030-09-01'],
    ] as const) {
      await expect(record({ renewsId, startDay, endDay: '' })).rejects.toMatchObject({
        fields: [{ pointer: '/renewsId' }],
      })
    }
  })

  test('have parties: organisations of ours, or names, with their capacity and their day', async () => {
    const party = { capacity: 'Proviseure', signedOn: '2025-08-28' }
    const id = await record({
      parties: [
        { ...party, organisationId: academy.school.publicId },
        { name: 'Ministère DÉMO', capacity: 'Ministre' },
      ],
    })
    await addParty(world, academy.teacher, {
      agreementId: id,
      name: 'Numérique DÉMO',
      capacity: 'Relais',
    })
    expect((await seeAgreement(world, academy.teacher, id)).parties).toMatchObject([
      { name: 'Lycée DÉMO des Tilleuls', capacity: 'Proviseure', signedOn: '2025-08-28' },
      { name: 'Ministère DÉMO', signedOn: null },
      { name: 'Numérique DÉMO', capacity: 'Relais' },
    ])
    const wrong = { agreementId: id, capacity: 'Relais' }
    await expect(addParty(world, academy.teacher, wrong)).rejects.toMatchObject({
      fields: [{ pointer: '/name' }],
    })
    const unknown = { ...wrong, organisationId: 'unknown' }
    await expect(addParty(world, academy.teacher, unknown)).rejects.toMatchObject({
      fields: [{ pointer: '/organisationId' }],
    })
    await expect(record({ type: 'CONTRAT' })).rejects.toMatchObject({
      fields: [{ pointer: '/type' }],
    })
  })

  test('may cover another class of the school, once', async () => {
    const id = await record()
    const other = await openClass(world, academy.teacher, {
      schoolId: academy.school.publicId,
      name: '2MV',
      mef: '2472250331',
      track: 'Plastiques',
      principalCompanyId: academy.company.publicId,
      fromDay: '2026-09-01',
    })
    const cover = { classId: other.publicId, agreementId: id }
    await coverClass(world, academy.teacher, cover)
    await expect(coverClass(world, academy.teacher, cover)).rejects.toMatchObject({
      code: 'conflict',
    })
    const { classes } = await seeAgreement(world, academy.teacher, id)
    expect(classes.map(({ name }) => name)).toEqual(['2MV', '2PC'])
    expect(await auditOf(world)).toContain('agreement.covers-class')
  })

  test('are not there for another lycée, and the liaison officer changes none', async () => {
    const id = await record()
    const party = { agreementId: id, name: 'X', capacity: 'Y' }
    await expect(seeAgreement(world, academy.stranger, id)).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(addParty(world, academy.stranger, party)).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await seeAgreement(world, academy.officer, id)).mayManage).toBe(false)
    await expect(addParty(world, academy.officer, party)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(recordAgreement(world, academy.officer, agreement)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('the people of a class', () => {
  const referent = () => ({
    classId: academy.classId,
    function: 'ACADEMIC_REFERENT',
    name: 'Dominique Démo',
    fromDay: '2026-11-24',
  })

  test('PT-16 an academic referent by name is enough, from their first day to their last', async () => {
    await namePerson(world, academy.teacher, { ...referent(), fromDay: '2026-11-25' })
    expect(await rulesNow()).toContain('PT-16')
    await expect(namePerson(world, academy.teacher, referent())).rejects.toMatchObject({
      code: 'conflict',
      fields: [{ pointer: '/fromDay' }],
    })
    const other = await namePerson(world, academy.teacher, { ...referent(), name: 'Alix Démo' })
    expect(await rulesNow()).not.toContain('PT-16')
    const end = { classId: academy.classId, id: other }
    await expect(
      endFunction(world, academy.teacher, { ...end, lastDay: '2026-11-23' }),
    ).rejects.toMatchObject({ fields: [{ pointer: '/lastDay' }] })
    await endFunction(world, academy.teacher, { ...end, lastDay: '2026-11-24' })
    expect(await rulesNow()).not.toContain('PT-16')
    const { people } = await seePeople(world, academy.teacher, academy.classId)
    expect(people.map(({ name, untilDay }) => [name, untilDay])).toEqual([
      ['Dominique Démo', null],
      ['Alix Démo', '2026-11-24'],
    ])
    await expect(
      endFunction(world, academy.teacher, { ...end, lastDay: '2026-11-25' }),
    ).rejects.toMatchObject({ code: 'invalid-request' })
  })

  test('PT-16 may be somebody of the academy with an account, who then sees the class', async () => {
    const actor = await aReferent(world, academy)
    const by = { ...referent(), personId: actor.publicId, name: '' }
    await namePerson(world, academy.teacher, by)
    const { people } = await seePeople(world, academy.teacher, academy.classId)
    expect(people).toMatchObject([{ name: 'Camille Martin', hasAccount: true, active: true }])
    const seen = await seeClass(world, actor, academy.classId)
    expect(seen.mayManage).toBe(false)
    expect((await seeClasses(world, actor)).classes.map(({ name }) => name)).toEqual(['2PC'])
    await expect(namePerson(world, actor, referent())).rejects.toMatchObject({ code: 'forbidden' })
  })

  test.each(['tutor', 'stranger', 'nobody'] as const)(
    'are not %s, who has no role in the school or its academy',
    async (who) => {
      const personId = who === 'nobody' ? 'nobody' : academy[who].publicId
      await expect(
        namePerson(world, academy.teacher, { ...referent(), personId }),
      ).rejects.toMatchObject({ fields: [{ pointer: '/personId' }] })
    },
  )

  test('have a function that is known, and a name', async () => {
    await expect(
      namePerson(world, academy.teacher, { ...referent(), function: 'MENTOR' }),
    ).rejects.toMatchObject({ fields: [{ pointer: '/function' }] })
    await expect(
      namePerson(world, academy.teacher, { ...referent(), name: ' ' }),
    ).rejects.toMatchObject({ fields: [{ pointer: '/name' }] })
  })
})

describe('what is reported', () => {
  test('PT-10 PT-14 PT-16 PT-17 PT-18 are told of a class that was just opened, with its name', async () => {
    const scope = { schoolIds: [academy.school.id] }
    const found = await classFindings(world.db, scope, '2026-11-24')
    expect(found.map(({ rule }) => rule)).toEqual(['PT-10', 'PT-14', 'PT-16', 'PT-17', 'PT-18'])
    expect(found[0]).toMatchObject({ classPublicId: academy.classId, className: '2PC' })
    const { row } = await seeClass(world, academy.teacher, academy.classId)
    expect((await groundOf(world, row)).findings.map(({ rule }) => rule)).toEqual(
      found.map(({ rule }) => rule),
    )
  })

  test('is of the classes of an academy, by its code, and of no other', async () => {
    await aReferent(world, academy)
    const day = '2026-11-24'
    expect(await classFindings(world.db, { academyCode: '03' }, day)).not.toEqual([])
    expect(await classFindings(world.db, { academyCode: '04' }, day)).toEqual([])
    expect(await classFindings(world.db, { schoolIds: [] }, day)).toEqual([])
  })
})
