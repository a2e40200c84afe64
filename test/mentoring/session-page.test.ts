import { beforeEach, describe, expect, test } from 'vitest'
import { assignLiaison } from '../../src/mentoring/classes/assign-liaison.js'
import type { LevelCode } from '../../src/mentoring/levels.js'
import { planSession } from '../../src/mentoring/calendar/plan-session.js'
import { openWorld, type World } from '../support/world.js'
import { aMember, ADDRESS, aSession, openAcademy, type Academy } from './academy.js'
import { browserOf, textOf } from './browser.js'

let world: World
let academy: Academy
let studentIds: string[]
const path = () => `/cohorts/${academy.cohortId}/sessions/new`
const mentorId = () => `${academy.tutor.publicId}.${academy.company.publicId}`
const session = () => ({
  kind: 'PROJET',
  day: '2026-11-24',
  minutes: '90',
  otherMinutes: '',
  studentIds,
  mentorIds: mentorId(),
  topic: 'Moule en <b>composite</b>',
  acknowledged: ['PT-06', 'PT-07'],
})

beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  studentIds = await class_(12)
})

async function class_(size: number, level: LevelCode = '2NDE_PRO'): Promise<string[]> {
  const ids = Array.from({ length: size }, (_, n) => `${level.toLowerCase()}-${n}`)
  for (const id of ids) await aMember(world, academy, { id, level })
  return ids
}

const recorded = () => world.db.selectFrom('mentoring_sessions').selectAll().execute()

describe('recording a group session', () => {
  test('begins with today, an hour, and all students present', async () => {
    const { text } = await (await browserOf(world, ADDRESS.teacher)).get(path())
    expect(text).toMatch(/<input (?=[^>]*name="day")[^>]*value="2026-11-24"/)
    expect(text).toMatch(/<input (?=[^>]*name="minutes")(?=[^>]*value="60")[^>]*checked/)
    expect(text.match(/name="studentIds"[^>]*checked/g)).toHaveLength(12)
    expect(text).not.toContain('J’ai lu, et je confirme')
    // The only mentor of the class is ticked, too.
    expect(text).toMatch(new RegExp(`<input (?=[^>]*value="${mentorId()}")[^>]*checked`))
    expect(text).not.toContain('?like=last')
  })

  test('of twelve is saved in one go, by a teacher or a liaison officer, and says for how many', async () => {
    for (const address of [ADDRESS.teacher, ADDRESS.officer]) {
      const tab = await browserOf(world, address)
      const answer = await tab.send(path(), { ...session(), topic: `Moule, avec ${address}` })
      expect(answer.headers.location).toMatch(/^\/sessions\/[\w-]{22}\/link$/)
      const text = textOf(await tab.get(answer.headers.location!))
      expect(text).toContain('La séance est enregistrée pour 12 élèves.')
    }
    expect(await recorded()).toMatchObject([
      { minutes: 90, format: 'CLASSE', company_id: academy.company.id },
      { minutes: 90 },
    ])
  })

  test('takes another duration, and one student who was alone', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const answer = await tab.send(path(), {
      ...session(),
      minutes: 'other',
      otherMinutes: '75',
      studentIds: studentIds[0]!,
      schoolAdultPresent: 'yes',
    })
    expect(textOf(await tab.get(answer.headers.location!))).toContain('enregistrée pour 1 élève.')
    expect(await recorded()).toMatchObject([{ minutes: 75, format: 'INDIVIDUEL' }])
  })

  test('begins as the last one was when that is asked for', async () => {
    await aSession(world, academy, { studentIds: [studentIds[0]!], kind: 'IMMERSION' })
    const { text } = await (await browserOf(world, ADDRESS.teacher)).get(`${path()}?like=last`)
    expect(text).toMatch(/<input (?=[^>]*value="IMMERSION")[^>]*checked/)
    expect(text).toMatch(new RegExp(`<input (?=[^>]*value="${mentorId()}")[^>]*checked`))
    expect(text).toContain('value="Moule en composite"')
    expect(text.match(/name="studentIds"[^>]*checked/g)).toHaveLength(12)
  })
})

describe('the lines of the liaison officer', () => {
  test('PT-06, PT-07 are ticked before where the class has one, and explained where it has none', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const without = await tab.get(path())
    expect(textOf(without)).toContain('La classe n’a pas d’agent de liaison à cette date')
    expect(without.text).not.toContain('name="topicAgreed"')
    await assignLiaison(world, academy.teacher, {
      classId: academy.classId,
      personId: academy.officer.publicId,
      employerId: academy.company.publicId,
      financedById: academy.company.publicId,
      fromDay: '2026-11-24',
    })
    const { text } = await tab.get(path())
    for (const name of ['topicAgreed', 'coordinated'])
      expect(text).toMatch(new RegExp(`<input (?=[^>]*name="${name}")[^>]*checked`))
    // As the form is, nothing is to be confirmed.
    const answer = await tab.send(path(), { ...session(), acknowledged: [], topicAgreed: 'yes' })
    expect(answer.status).toBe(303)
    expect(await recorded()).toMatchObject([{ topic_agreed_by_id: academy.officer.personId }])
  })
})

describe('one to one', () => {
  test('MENT-01 a warning is shown, which an adult of the school or a tick answers', async () => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const alone = { ...session(), studentIds: studentIds[0]! }
    const asked = await tab.send(path(), alone)
    expect(asked.status).toBe(422)
    expect(asked.text).toContain('name="acknowledged" value="MENT-01"')
    const answers = [{ schoolAdultPresent: 'yes' }, { acknowledged: ['PT-06', 'MENT-01'] }]
    for (const [at, answer] of answers.entries()) {
      const topic = `Moule ${at}`
      expect((await tab.send(path(), { ...alone, ...answer, topic })).status).toBe(303)
    }
    expect(await recorded()).toMatchObject([
      { accompanied_by: 'SCHOOL_ADULT' },
      { accompanied_by: null },
    ])
  })
})

describe('a refused session', () => {
  const refused = async (changes: Record<string, string | string[]>) => {
    const tab = await browserOf(world, ADDRESS.teacher)
    const answer = await tab.send(path(), { ...session(), ...changes })
    expect(await recorded()).toEqual([])
    return answer
  }

  test('keeps everything that was typed and ticked', async () => {
    const { status, text } = await refused({ day: '2026-11-25', studentIds: studentIds.slice(1) })
    expect(status).toBe(400)
    expect(text).toContain('id="error-day"')
    expect(text).toMatch(/<input (?=[^>]*name="day")[^>]*value="2026-11-25"/)
    expect(text).toMatch(/<input (?=[^>]*value="90")[^>]*checked/)
    expect(text.match(/name="studentIds"[^>]*checked/g)).toHaveLength(11)
    expect(text).toContain('value="Moule en &lt;b>composite&lt;/b>"')
    expect(text).toMatch(new RegExp(`<input (?=[^>]*value="${mentorId()}")[^>]*checked`))
  })

  test.each([
    ['PT-01 without a kind', { kind: '' }, 422, 'kind'],
    ['PT-01 with a kind of nobody’s', { kind: 'TUTORAT' }, 422, 'kind'],
    ['PT-03 CARRIERE in 2de pro', { kind: 'CARRIERE' }, 422, 'studentIds'],
    ['without a duration', { minutes: 'other' }, 400, 'minutes'],
    ['without a mentor', { mentorIds: [] }, 400, 'mentorIds'],
    ['with nobody there', { studentIds: [] }, 400, 'studentIds'],
    ['without a topic', { topic: ' ' }, 400, 'topic'],
  ])('%s is told beside the field', async (_, changes, status, field) => {
    const answer = await refused(changes)
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(`id="error-${field}"`)
    expect(answer.text).toContain(`href="#field-${field}"`)
    expect(answer.text).toContain(`id="field-${field}"`)
  })

  test('PT-02 with a student who is still in 3e', async () => {
    await aMember(world, academy, { id: 'young', level: '3E' })
    const answer = await refused({ studentIds: ['young'] })
    expect(answer.status).toBe(422)
    expect(textOf(answer)).toContain('un élève était en 3e')
    expect(answer.text).toContain('Kerguélen, 3e')
  })

  test('PT-05 a small group of seven asks to be confirmed, and is saved once it is', async () => {
    const seven = (await class_(7, '1RE_PRO')).slice()
    const career = { kind: 'CARRIERE', studentIds: seven }
    const asked = await refused(career)
    expect(asked.status).toBe(422)
    expect(asked.text).toContain('J’ai lu, et je confirme')
    expect(asked.text).toContain('name="acknowledged" value="PT-05"')
    const tab = await browserOf(world, ADDRESS.teacher)
    await tab.send(path(), { ...session(), ...career, acknowledged: 'PT-05' })
    expect(await recorded()).toMatchObject([{ kind: 'CARRIERE', format: 'PETIT_GROUPE' }])
  })

  test('with mentors of two organisations', async () => {
    const other = `${academy.tutor.publicId}.${academy.otherCompany.publicId}`
    const answer = await refused({ mentorIds: [mentorId(), other] })
    expect(answer.text).toContain('id="error-mentorIds"')
    expect(textOf(answer)).toContain('Enregistrez une séance pour chacune')
  })

  test('with somebody of a company that is not with the class', async () => {
    const stranger = `${academy.otherTutor.publicId}.${academy.otherCompany.publicId}`
    expect((await refused({ mentorIds: stranger })).text).toContain('id="error-mentorIds"')
    const mixed = `${academy.otherTutor.publicId}.${academy.company.publicId}`
    expect((await refused({ mentorIds: mixed })).text).toContain('id="error-mentorIds"')
  })

  test('is not there for a stranger or a company', async () => {
    for (const address of [ADDRESS.stranger, ADDRESS.tutor]) {
      const tab = await browserOf(world, address)
      expect((await tab.get(path())).status).toBe(404)
      expect((await tab.send('/cohorts', {})).status).toBe(405)
      expect((await tab.send(path(), session())).status).not.toBe(303)
    }
    expect(await recorded()).toEqual([])
  })
})

describe('recording what the calendar planned', () => {
  const plan = (day: string) =>
    planSession(world, academy.teacher, {
      cohortId: academy.cohortId,
      organisationId: academy.company.publicId,
      mentorId: academy.tutor.publicId,
      kind: 'IMMERSION',
      day,
      startTime: '14:00',
      minutes: 90,
      topic: 'Visite de l’atelier',
    })

  test('begins with the plan', async () => {
    const planned = await plan('2026-11-24')
    const { text } = await (
      await browserOf(world, ADDRESS.teacher)
    ).get(`${path()}?planned=${planned}`)
    expect(text).toMatch(/<input (?=[^>]*name="kind")(?=[^>]*value="IMMERSION")[^>]*checked/)
    expect(text).toMatch(/<input (?=[^>]*name="minutes")(?=[^>]*value="90")[^>]*checked/)
    expect(text).toMatch(/<input (?=[^>]*name="topic")[^>]*value="Visite de l’atelier"/)
    expect(text).toMatch(/<input (?=[^>]*name="mentorIds")[^>]*checked/)
  })

  test('begins with the day that was asked for, and with nothing for a plan of nobody', async () => {
    const { text } = await (
      await browserOf(world, ADDRESS.teacher)
    ).get(`${path()}?day=2026-11-12&planned=none`)
    expect(text).toMatch(/<input (?=[^>]*name="day")[^>]*value="2026-11-12"/)
    expect(text).not.toMatch(/<input (?=[^>]*name="kind")[^>]*checked/)
  })
})
