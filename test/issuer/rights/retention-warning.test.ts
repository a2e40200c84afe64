import { sql } from 'kysely'
import { pino } from 'pino'
import { beforeEach, describe, expect, test } from 'vitest'
import { WARNING_DAYS } from '../../../src/issuer/rights/retention.data.js'
import {
  applyRetention,
  RETENTION_JOB,
  retentionOnSchedule,
  seeDue,
} from '../../../src/issuer/rights/retention.js'
import { dayAfter } from '../../../src/people/days.js'
import { askErasure } from '../../../src/issuer/rights/ask-erasure.js'
import { refuseErasure } from '../../../src/issuer/rights/decide-erasure.js'
import { seeKept } from '../../../src/issuer/rights/see-kept.js'
import { openSession } from '../../../src/people/sessions.js'
import { browserOf, textOf } from '../../mentoring/browser.js'
import { issue, type Issued } from '../share-story.js'
import { openWorld, type World } from '../../support/world.js'

let world: World
let story: Issued
beforeEach(async () => {
  world = await openWorld()
  story = await issue(world)
})
const found = async (code: string) => (await seeDue(world)).find((one) => one.code === code)?.found
const night = async (day: string) => {
  world.clock.at = new Date(`${day}T02:00:00Z`)
  await applyRetention(world)
}
const mails = async (personId: number) => {
  const rows = world.db.selectFrom('outbox_mails').select(['subject', 'body', 'language'])
  return rows
    .where('to_person_id', '=', personId)
    .where('key', 'like', 'forgetting %')
    .orderBy('id')
    .execute()
}
const nameOf = async (personId: number) => {
  const rows = world.db.selectFrom('persons').select('family_name').where('id', '=', personId)
  return (await rows.executeTakeFirstOrThrow()).family_name
}

describe('an adult of whom no part is left since 20 November 2026', () => {
  let tutor: number
  beforeEach(async () => {
    tutor = story.tutor.personId!
    const roles = world.db.updateTable('role_assignments').set({ until_day: '2026-11-20' })
    await roles.where('person_id', '=', tutor).execute()
  })

  test('is warned 30 days ahead, once, and forgotten on the day that the letter says, not a day before', async () => {
    expect(WARNING_DAYS).toBe(30)
    await night('2027-10-21')
    expect(await mails(tutor)).toEqual([])
    await night('2027-10-22')
    const [mail] = await mails(tutor)
    expect(mail).toMatchObject({
      language: 'fr',
      subject: 'Sceau\u00a0: votre compte sera effacé le 21 novembre 2027',
    })
    expect(mail!.body).toContain('https://sceau.example/sign-in')
    expect(mail!.body).toContain('le 21 novembre 2027, votre nom')
    expect(mail!.body).not.toContain('Martin')
    await night('2027-10-23')
    await night('2027-11-20')
    expect(await mails(tutor)).toHaveLength(1)
    expect([await found('ADULTS'), await nameOf(tutor)]).toEqual([0, 'Martin'])
    await night('2027-11-21')
    expect(await nameOf(tutor)).toBe('effacée')
  })

  test('is told in their language', async () => {
    const account = world.db.updateTable('persons').set({ language: 'en' })
    await account.where('id', '=', tutor).execute()
    await night('2027-10-22')
    expect(await mails(tutor)).toMatchObject([
      { language: 'en', subject: 'Sceau: your account will be erased on 21 November 2027' },
    ])
  })

  test('whose age is long past is warned all the same, and has the whole month', async () => {
    await night('2029-03-01')
    expect(await mails(tutor)).toHaveLength(1)
    await night('2029-03-30')
    expect(await nameOf(tutor)).toBe('Martin')
    await night('2029-03-31')
    expect(await nameOf(tutor)).toBe('effacée')
  })

  test('who signs in after the warning is counted from then, and is warned again', async () => {
    await night('2027-10-22')
    world.clock.at = new Date('2027-11-20T22:30:00Z')
    await openSession(world, world.db, tutor)
    for (const day of ['2027-11-21', '2028-10-20']) {
      await night(day)
      expect([await mails(tutor), await nameOf(tutor)]).toMatchObject([[{}], 'Martin'])
    }
    // A day earlier than the year before: 2028 has 366.
    await night('2028-10-21')
    expect((await mails(tutor)).map(({ subject }) => subject)[1]).toContain('20 novembre 2028')
    await night('2028-11-19')
    expect(await nameOf(tutor)).toBe('Martin')
    await night('2028-11-20')
    expect(await nameOf(tutor)).toBe('effacée')
  })

  test('who signs in before any warning leaves no trace of it', async () => {
    world.clock.at = new Date('2027-10-21T10:00:00Z')
    await openSession(world, world.db, tutor)
    const row = world.db.selectFrom('persons').select('came_back_on').where('id', '=', tutor)
    expect(await row.execute()).toEqual([{ came_back_on: null }])
    await night('2027-10-22')
    expect(await mails(tutor)).toHaveLength(1)
  })

  test('who has a function again, and leaves again, is warned again', async () => {
    await night('2027-10-22')
    const { id: _, ...role } = await world.db
      .selectFrom('role_assignments')
      .selectAll()
      .where('person_id', '=', tutor)
      .executeTakeFirstOrThrow()
    const again = { ...role, from_day: '2027-11-01', until_day: '2027-12-01' }
    await world.db.insertInto('role_assignments').values(again).execute()
    await night('2028-11-01')
    expect(await nameOf(tutor)).toBe('Martin')
    await night(dayAfter('2027-12-01', 366 - WARNING_DAYS))
    expect(await mails(tutor)).toHaveLength(2)
  })

  test('without an address is forgotten at their age, and nobody is written to', async () => {
    const account = world.db.updateTable('persons').set({ email: null })
    await account.where('id', '=', tutor).execute()
    await night('2027-11-20')
    expect([await nameOf(tutor), await mails(tutor)]).toEqual(['Martin', []])
    await night('2027-11-21')
    expect([await nameOf(tutor), await mails(tutor)]).toEqual(['effacée', []])
  })
})

describe('a student who left in June 2027', () => {
  let student: number
  const record = () => world.db.selectFrom('students').selectAll().executeTakeFirstOrThrow()
  beforeEach(async () => {
    student = story.student.personId!
    await world.db.updateTable('schoolings').set({ until_day: '2027-06-30' }).execute()
  })

  test('is warned on 2 August of the year after, and forgotten on 1 September', async () => {
    await night('2028-08-01')
    expect([await found('WARNINGS'), await mails(student)]).toMatchObject([expect.anything(), []])
    await night('2028-08-02')
    const [mail] = await mails(student)
    expect(mail!.subject).toBe(
      'Sceau\u00a0: votre dossier d’élève sera effacé le 1er septembre 2028',
    )
    expect(mail!.body).toContain('Emportez-les')
    expect(mail!.body).not.toMatch(/Zoé|Kergu|Tilleuls/)
    await night('2028-08-31')
    expect((await record()).family_name).toBe('Kerguélen')
    await night('2028-09-01')
    expect((await record()).family_name).toBe('effacé')
  })

  test('who signs in after the warning stays for a school year more, and is warned again', async () => {
    await night('2028-08-02')
    world.clock.at = new Date('2028-08-31T10:00:00Z')
    await openSession(world, world.db, student)
    for (const day of ['2028-09-01', '2029-08-01', '2029-08-02', '2029-08-31']) await night(day)
    expect((await record()).family_name).toBe('Kerguélen')
    expect((await mails(student)).map(({ subject }) => subject.slice(-18))).toEqual([
      ...['1er septembre 2028', '1er septembre 2029'],
    ])
    await night('2029-09-01')
    expect((await record()).family_name).toBe('effacé')
  })

  test('whom the law holds is not warned', async () => {
    const held = { asked_by_id: student, asked_as: 'STUDENT', badges: 'keep', asked_at: 'x' }
    const { id: student_id, school_id } = await record()
    await world.db
      .insertInto('erasure_requests')
      .values({ ...held, public_id: 'r', student_id, school_id, refusal_code: 'LEGAL_HOLD' })
      .execute()
    await night('2028-08-02')
    expect(await mails(student)).toEqual([])
  })
})

describe('a night in which something fails', () => {
  const ordered = async () => {
    const jobs = world.db.selectFrom('jobs').select('key').where('kind', '=', RETENTION_JOB)
    return (await jobs.execute()).map(({ key }) => key)
  }
  const failing = async (day: string, trigger: string) => {
    await sql`create trigger stuck before ${sql.raw(trigger)}
      begin select raise(abort, 'kept: Martin'); end`.execute(world.db)
    const written: string[] = []
    const log = pino({}, { write: (line: string) => void written.push(line) })
    world.clock.at = new Date(`${day}T02:00:00Z`)
    await retentionOnSchedule({ ...world, log })
    return written.join()
  }
  beforeEach(async () => {
    await world.db.updateTable('role_assignments').set({ until_day: '2026-11-20' }).execute()
    await world.db.updateTable('schoolings').set({ until_day: '2026-11-20' }).execute()
  })

  test('a warning: others are warned, and the log has no more than a code', async () => {
    const tutor = story.tutor.personId!
    const log = await failing(
      '2028-08-02',
      `insert on outbox_mails when new.to_person_id = ${tutor}`,
    )
    expect(await mails(tutor)).toEqual([])
    expect(await mails(story.student.personId!)).toHaveLength(1)
    expect(log).toContain('"event":"warning-failed","failure":"SQLITE_CONSTRAINT_TRIGGER"')
    expect(log).not.toContain('Martin')
  })

  test('an adult: others are forgotten', async () => {
    const [tutor, teacher] = [story.tutor.personId!, story.teacher.personId!]
    await world.db.updateTable('persons').set({ email: null }).execute()
    const log = await failing(
      '2027-11-21',
      `update of forgotten_at on persons when old.id = ${tutor}`,
    )
    expect([await nameOf(tutor), await nameOf(teacher)]).toEqual(['Martin', 'effacée'])
    expect(log).toContain('"event":"forgetting-failed","failure":"SQLITE_CONSTRAINT_TRIGGER"')
    expect(log).not.toContain('Martin')
  })

  test('all of it: the next one is ordered', async () => {
    world.clock.at = new Date('2028-09-01T02:00:00Z')
    const began = { erasure_began_at: '2028-08-01T02:00:00.000Z' }
    await world.db.updateTable('students').set(began).execute()
    const all = () => {
      throw new Error('away')
    }
    await expect(retentionOnSchedule({ ...world, erased: { keep: all, all } })).rejects.toThrow()
    expect(await ordered()).toContain('2028-09-02')
  })
})

describe('the page says until when', () => {
  const kept = (day: string, who: 'tutor' | 'student') => {
    world.clock.at = new Date(`${day}T10:00:00Z`)
    return seeKept(world, story[who])
  }

  test('an account is kept: as long as a part goes on, then the day that the letter says', async () => {
    expect(await kept('2026-11-24', 'tutor')).toEqual({ records: [], account: undefined })
    const roles = world.db.updateTable('role_assignments').set({ until_day: '2026-11-20' })
    await roles.where('person_id', '=', story.tutor.personId!).execute()
    const on = async (day: string) => (await kept(day, 'tutor')).account
    expect(await on('2027-10-01')).toBe('2027-11-20')
    await night('2027-10-22')
    expect(await on('2027-11-20')).toBe('2027-11-20')
    await openSession(world, world.db, story.tutor.personId!)
    expect(await on('2027-11-21')).toBe('2028-11-19')
    // Nobody was warned: a month is still to come.
    expect(await on('2029-03-01')).toBe('2029-03-30')
  })

  test('a record is kept: while they are at school, then the last day before the year in which it goes', async () => {
    await world.db.updateTable('schoolings').set({ until_day: null }).execute()
    expect((await kept('2026-11-24', 'student')).records).toEqual([undefined])
    await world.db.updateTable('schoolings').set({ until_day: '2027-06-30' }).execute()
    expect((await kept('2027-10-01', 'student')).records).toEqual(['2028-08-31'])
    await night('2028-08-02')
    await openSession(world, world.db, story.student.personId!)
    expect((await kept('2028-08-31', 'student')).records).toEqual(['2029-08-31'])
  })

  test('no day where the law holds a record, or its erasure has begun', async () => {
    await world.db.updateTable('schoolings').set({ until_day: '2026-11-20' }).execute()
    const student = await browserOf(world, 'student@example.org')
    const read = async () => {
      const pages = await Promise.all(
        ['/kept-until', '/my-badges'].map((path) => student.get(path)),
      )
      return pages.map(textOf)
    }
    const began = { erasure_began_at: '2026-11-24T02:00:00.000Z' }
    await world.db.updateTable('students').set(began).execute()
    for (const page of await read()) {
      expect(page).toContain('L’effacement de votre dossier d’élève a commencé')
      expect(page).not.toContain('31 août 2028')
    }
    const id = await askErasure(world, story.student, { badges: 'keep' })
    const why = { code: 'LEGAL_HOLD', reason: 'Une procédure est en cours.' } as const
    await refuseErasure(world, story.head, { id, ...why })
    for (const page of await read()) {
      expect(page).toContain('La loi oblige à garder votre dossier d’élève')
      expect(page).not.toContain('31 août 2028')
    }
  })

  test('to who looks, from their account', async () => {
    await world.db.updateTable('schoolings').set({ until_day: '2026-11-20' }).execute()
    const student = await browserOf(world, 'student@example.org')
    expect((await student.get('/account')).text).toContain('href="/kept-until"')
    const page = textOf(await student.get('/kept-until'))
    expect(page).toContain('Votre dossier d’élève est gardé jusqu’au 31 août 2028')
    expect(page).toContain('30 jours avant, un message vous prévient')
    const teacher = await browserOf(world, 'teacher@example.org')
    expect(textOf(await teacher.get('/kept-until'))).toContain('puis 365 jours')
  })
})
