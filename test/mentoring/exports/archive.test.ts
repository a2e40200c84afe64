import { createHash } from 'node:crypto'
import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { recordAgreement } from '../../../src/mentoring/classes/record-agreement.js'
import {
  recordContribution,
  withdrawContribution,
} from '../../../src/mentoring/classes/record-contribution.js'
import { archiveScheme } from '../../../src/mentoring/exports/archive-scheme.js'
import { confirmSession } from '../../../src/mentoring/confirming/confirm-session.js'
import { contestFact, withdrawContest } from '../../../src/mentoring/facts/contest-fact.js'
import { recordOutcomes } from '../../../src/mentoring/outcomes/record-outcomes.js'
import { addSchool } from '../../../src/mentoring/cohorts/add-school.js'
import { endEnrolment } from '../../../src/mentoring/cohorts/end-enrolment.js'
import { findStudent } from '../../../src/mentoring/students/store.js'
import { findOrganisation } from '../../../src/people/store.js'
import { STORES } from '../../support/dialects.js'
import { openWorld, type World } from '../../support/world.js'
import { rowsOf } from '../../web/tables/readers.js'
import { aMember, aPlacement, aSession, ADDRESS, openAcademy, type Academy } from '../academy.js'
import { browserOf, textOf } from '../browser.js'
import { contest } from '../calendar/content.js'
import { accountOf } from '../placements/planned.js'

type Index = {
  scheme: { code: string }
  schoolYear: number | null
  madeAt: string
  schools: { id: string }[]
  kinds: { code: string }[]
  files: { name: string; rows: number; sha256: string; columns: { name: string }[] }[]
}

async function filled(changes: Parameters<typeof openWorld>[0] = {}) {
  const world = await openWorld(changes)
  const academy = await openAcademy(world)
  await aMember(world, academy, { id: 'zoe' })
  await aMember(world, academy, { id: 'noe', givenName: 'Noé' })
  return { world, academy }
}

async function archiveOf(
  world: World,
  actor: Academy['teacher'],
  year: number | undefined = undefined,
  language: 'fr' | 'en' = 'fr',
) {
  const { name, parts } = await archiveScheme(world, actor, { code: 'PTECH', year, language })
  const chunks: Uint8Array[] = []
  for await (const part of parts) chunks.push(part)
  const files = unzipSync(Buffer.concat(chunks))
  const text = (file: string) => Buffer.from(files[file]!).toString('utf8')
  /** The rows of a file, by the names of its columns. */
  const rows = (file: string) => {
    const [head = [], ...others] = rowsOf(files[file]!)
    return others.map((cells) => Object.fromEntries(cells.map((cell, at) => [head[at]!, cell])))
  }
  return { name, files, text, rows, index: JSON.parse(text('index.json')) as Index }
}

describe.each(STORES)('the archive of a scheme on $name', ({ open }) => {
  test('has all that the school sees of it, and says what each file is', async () => {
    const { world, academy } = await filled({ db: await open() })
    const { teacher, tutor, company, cohortId, school } = academy
    const session = await aSession(world, academy, { studentIds: ['zoe', 'noe'] })
    await confirmSession(world, tutor, session)
    await contest(world, 'noe', session)
    await aPlacement(world, academy, 'zoe')
    const { name, files, rows, text, index } = await archiveOf(world, teacher)
    expect(name).toBe('sceau-ptech-2026-11-24.zip')
    expect(Object.keys(files)).toEqual([
      ...['cohorts', 'students', 'enrolments', 'sessions', 'presences'].map((one) => `${one}.csv`),
      ...['placements', 'mentors', 'warnings'].map((one) => `${one}.csv`),
      ...['outcomes', 'past_contests'].map((one) => `${one}.csv`),
      ...['agreements', 'agreement_parties', 'contributions'].map((one) => `${one}.csv`),
      ...['index.json', 'LISEZMOI.txt'],
    ])
    expect(rows('cohorts.csv')).toEqual([{ cohort_id: cohortId, name: '2PC', entry_year: '2026' }])
    expect(rows('students.csv').map(({ given_name: given }) => given)).toEqual(['Zoé', 'Noé'])
    expect(rows('enrolments.csv')[0]).toMatchObject({ student_id: 'zoe', from_day: '2026-09-01' })
    expect(rows('sessions.csv')).toMatchObject([
      {
        ...{ cohort_id: cohortId, kind: 'PROJET', minutes: '60', state: 'confirmed', version: '1' },
        ...{ organisation_id: company.publicId, confirmed_function: 'company-endorser' },
      },
    ])
    expect(rows('sessions.csv')[0]!.mentor_ids!.replace(/^'/, '')).toBe(tutor.publicId)
    expect(rows('presences.csv').map((one) => [one.student_id, one.state])).toEqual([
      ['zoe', 'present'],
      ['noe', 'contested'],
    ])
    expect(rows('placements.csv')).toMatchObject([
      { student_id: 'zoe', days_done: '9', state: 'waits' },
    ])
    expect(rows('mentors.csv')).toMatchObject([
      { functions: 'company-endorser', sessions: '1', organisation_name: company.name },
    ])
    expect(rows('warnings.csv')).toMatchObject([{ subject_kind: 'session', rule: 'PT-06' }])
    expect(index).toMatchObject({
      ...{ format: 'sceau-scheme-archive', version: 3, madeAt: '2026-11-24T11:00:00.000Z' },
      ...{ scheme: { code: 'PTECH' }, schoolYear: null, schools: [{ id: school.publicId }] },
    })
    for (const { name: file, rows: count, sha256, columns } of index.files) {
      expect(rowsOf(files[file]!), file).toHaveLength(count + 1)
      expect(rowsOf(files[file]!)[0]).toEqual(columns.map((column) => column.name))
      expect(createHash('sha256').update(files[file]!).digest('hex')).toBe(sha256)
      expect(text('LISEZMOI.txt')).toContain(`${file} (${count} ligne`)
    }
    expect(index.files).toHaveLength(13)
  }, 60_000)
})

describe.each(STORES)('the agreements and gifts in an archive on $name', ({ open }) => {
  test('are those of the school’s own classes, within the period, without what was taken back', async () => {
    const { world, academy } = await filled({ db: await open() })
    const { teacher, officer, school, company, classId } = academy
    const agreementId = await recordAgreement(world, teacher, {
      ...{ classId, type: 'ACCORD_CADRE_PTECH', title: 'Accord-cadre DÉMO', renewsId: '' },
      ...{ startDay: '2026-09-01', endDay: '' },
      parties: [
        { organisationId: school.publicId, capacity: 'Lycée', signedOn: '2026-09-01' },
        { organisationId: company.publicId, capacity: 'Entreprise', signedOn: '2026-09-02' },
      ],
    })
    const gift = { classId, companyId: company.publicId, description: 'Un projet', euros: null }
    const days = { ...gift, kind: 'PERSON_DAYS', day: '2026-11-10', personDays: 1.5 } as const
    await recordContribution(world, officer, days)
    const machine = { ...gift, kind: 'EQUIPMENT', personDays: null, euros: 120.5 } as const
    await recordContribution(world, officer, { ...machine, day: '2026-11-12' })
    const back = await recordContribution(world, officer, { ...machine, day: '2026-11-13' })
    await withdrawContribution(world, officer, back)

    const { rows, index } = await archiveOf(world, teacher)
    expect(rows('agreements.csv')).toMatchObject([
      { type: 'ACCORD_CADRE_PTECH', start_day: '2026-09-01', end_day: '2031-08-31' },
    ])
    expect(rows('agreements.csv')[0]!.agreement_id!.replace(/^'/, '')).toBe(agreementId)
    expect(rows('agreement_parties.csv')).toMatchObject([
      { organisation_name: school.name, capacity: 'Lycée', signed_on: '2026-09-01' },
      { organisation_name: company.name, capacity: 'Entreprise', signed_on: '2026-09-02' },
    ])
    expect(rows('contributions.csv')).toMatchObject([
      { class_name: '2PC', kind: 'PERSON_DAYS', person_days: '1.5', euros: '' },
      { class_name: '2PC', kind: 'EQUIPMENT', person_days: '', euros: '120.5' },
    ])
    expect(index.files.slice(-3).map((file) => file.rows)).toEqual([1, 2, 2])
    for (const other of [
      await archiveOf(world, academy.stranger),
      await archiveOf(world, teacher, 2025),
    ]) {
      expect(other.index.files.slice(-3).map((file) => file.rows)).toEqual([0, 0, 0])
    }
  })

  test('does not tell a school that a student has left how their time in the cohort ended', async () => {
    const { world, academy } = await filled({ db: await open() })
    const { cohortId, school, stranger } = academy
    const elsewhere = stranger.assignments[0]!.organisationId!
    const { publicId: schoolId } = (await findOrganisation(world.db, elsewhere))!
    await addSchool(world, academy.teacher, { cohortId, schoolId, fromDay: '2026-09-02' })
    const left = { studentId: 'zoe', lastDay: '2026-11-20', reason: 'DECROCHAGE' }
    await endEnrolment(world, academy.teacher, { cohortId, ...left })
    const { id: student_id } = (await findStudent(world.db, 'zoe'))!
    const of = { student_id, level: '2NDE_PRO', mef: '', division: '2PC' }
    await world.db.deleteFrom('schoolings').where('student_id', '=', student_id).execute()
    const years = [
      { ...of, school_id: elsewhere, from_day: '2026-09-01', until_day: '2026-10-31' },
      { ...of, school_id: school.id, from_day: '2026-11-01' },
    ]
    await world.db.insertInto('schoolings').values(years[0]!).execute()
    await world.db.insertInto('schoolings').values(years[1]!).execute()
    const ends = async (actor: Academy['teacher']) =>
      (await archiveOf(world, actor))
        .rows('enrolments.csv')
        .flatMap((row) => (row.student_id === 'zoe' ? [[row.until_day, row.exit_reason]] : []))
    expect(await ends(stranger)).toEqual([['', '']])
    expect(await ends(academy.teacher)).toEqual([['2026-11-20', 'DECROCHAGE']])
  }, 60_000)
})

describe.each(STORES)('what was said of students, in an archive on $name', ({ open }) => {
  test('is how their course ended, and what they contested in the past, without their words', async () => {
    const { world, academy } = await filled({ db: await open() })
    const { teacher, cohortId } = academy
    await recordOutcomes(world, teacher, {
      ...{ cohortId, studentId: 'zoe', day: '2026-11-20' },
      outcomes: { BAC: 'OBTENU', BTS: '', NEXT: 'POURSUITE_BTS' },
    })
    const sessionId = await aSession(world, academy, { studentIds: ['zoe', 'noe'] })
    const placementId = await aPlacement(world, academy, 'noe')
    const noe = await accountOf(world, academy, 'noe', 'noe@example.org')
    const facts = [
      { kind: 'session', factId: sessionId },
      { kind: 'placement', factId: placementId },
    ] as const
    for (const fact of facts) {
      await contestFact(world, noe, { ...fact, reason: 'Pas ce jour-là' })
      await withdrawContest(world, noe, fact)
    }
    const { rows, files } = await archiveOf(world, teacher)
    const said = { cohort_id: cohortId, student_id: 'zoe', school_year: '2026', day: '2026-11-20' }
    expect(rows('outcomes.csv')).toMatchObject([
      { kind: 'BAC', outcome: 'OBTENU' },
      { ...said, kind: 'NEXT', outcome: 'POURSUITE_BTS' },
    ])
    const past = { student_id: 'noe', version: '1', ended_by: 'STUDENT' }
    expect(rows('past_contests.csv')).toMatchObject([
      { ...past, subject_kind: 'session' },
      { ...past, subject_kind: 'placement' },
    ])
    for (const content of Object.values(files)) {
      expect(Buffer.from(content).toString('utf8')).not.toContain('Pas ce jour-là')
    }
    const others = [await archiveOf(world, academy.stranger), await archiveOf(world, teacher, 2025)]
    for (const other of others) {
      expect(other.rows('outcomes.csv')).toEqual([])
      expect(other.rows('past_contests.csv')).toEqual([])
    }
  }, 60_000)
})

describe('the archive of a scheme', () => {
  test('has names in one file only, and no birth date, INE or name of an adult anywhere', async () => {
    const { world, academy } = await filled()
    await aSession(world, academy, { studentIds: ['zoe', 'noe'] })
    await aPlacement(world, academy, 'zoe')
    const { files, text } = await archiveOf(world, academy.teacher)
    for (const file of Object.keys(files)) {
      if (file !== 'students.csv') expect(text(file), file).not.toMatch(/Zoé|Noé|Kergu/)
      expect(text(file), file).not.toMatch(/2011-|Camille|Martin|@example/)
      expect(text(file), file).not.toContain(world.vault.fingerprint('zoe'))
    }
    expect(text('students.csv')).toContain('Kerguélen')
  })

  test('of one school year leaves the others out', async () => {
    const { world, academy } = await filled()
    await aSession(world, academy, { studentIds: ['zoe'] })
    await aPlacement(world, academy, 'zoe')
    const past = await archiveOf(world, academy.teacher, 2025, 'en')
    expect(past.name).toBe('sceau-ptech-2025-2026.zip')
    expect(past.text('README.txt')).toContain('2025-2026')
    expect(past.index.files.map(({ rows }) => rows)).toEqual([1, ...Array(12).fill(0)])
    const present = await archiveOf(world, academy.teacher, 2026)
    expect(present.index.files.map(({ rows }) => rows)).toEqual([
      1, 2, 2, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
    ])
  })

  test('shows a school nothing of another, and its own for as long as they are with it', async () => {
    const { world, academy } = await filled()
    await aSession(world, academy, { studentIds: ['zoe'] })
    await aPlacement(world, academy, 'zoe')
    const theirs = await archiveOf(world, academy.stranger)
    expect(theirs.index.files.map(({ rows }) => rows)).toEqual(Array(13).fill(0))
    // They come to the school after what took place.
    await world.db.updateTable('schoolings').set({ from_day: '2026-11-20' }).execute()
    const later = await archiveOf(world, academy.teacher)
    expect(later.index.files.map(({ rows }) => rows)).toEqual([1, 2, 2, ...Array(10).fill(0)])
  })

  test('is a line of the audit with counts before anything is sent, and refused to others', async () => {
    const { world, academy } = await filled()
    await aSession(world, academy, { studentIds: ['zoe'] })
    const asked = { code: 'PTECH', year: 2026, language: 'fr' } as const
    await archiveScheme(world, academy.teacher, asked)
    const audit = await world.db.selectFrom('audit').selectAll().execute()
    const line = audit.at(-1)!
    expect([line.action, line.subject]).toEqual(['scheme.archived', academy.school.publicId])
    expect(JSON.parse(line.details)).toEqual({
      scheme: 'PTECH',
      year: 2026,
      cohorts: 1,
      sessions: 1,
    })
    const refused = [
      archiveScheme(world, academy.officer, asked),
      archiveScheme(world, academy.tutor, asked),
      archiveScheme(world, academy.teacher, { ...asked, code: 'NOTHING' }),
    ]
    for (const one of await Promise.allSettled(refused)) {
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'not-found' } })
    }
  })

  test('comes from its page, as a file', async () => {
    const { world, academy } = await filled()
    await aSession(world, academy, { studentIds: ['zoe'] })
    const browser = await browserOf(world, ADDRESS.teacher)
    const page = await browser.get('/exports/scheme/PTECH')
    expect(textOf(page)).toContain('le seul fichier qui les contient')
    const sent = await browser.send('/exports/scheme/PTECH', { year: 'all' })
    expect(sent.headers).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="sceau-ptech-2026-11-24.zip"',
      'cache-control': 'no-store',
    })
    expect((await browser.send('/exports/scheme/PTECH', { year: 'never' })).status).toBe(400)
    expect((await browser.sendAs('/exports/scheme/PTECH', { year: 'all' })).status).toBe(403)
    expect((await browser.get('/exports/scheme/CORDEES')).status).toBe(404)
  })

  test('of thousands of sessions has each once, whatever the size of a page', async () => {
    const { world, academy } = await filled()
    await aSession(world, academy, { studentIds: ['zoe', 'noe'] })
    await many(world, 5_000)
    const { rows, index } = await archiveOf(world, academy.teacher)
    const ids = rows('sessions.csv').map(({ session_id: id }) => id)
    expect(new Set(ids).size).toBe(5_001)
    expect(index.files.find(({ name }) => name === 'presences.csv')!.rows).toBe(10_002)
  })
})

/** So many sessions more, like the first. */
async function many(world: World, count: number): Promise<void> {
  const { id: first, ...row } = await world.db
    .selectFrom('mentoring_sessions')
    .selectAll()
    .executeTakeFirstOrThrow()
  const there = await world.db.selectFrom('session_students').selectAll().execute()
  await world.db.transaction().execute(async (trx) => {
    for (let at = 0; at < count; at += 500) {
      const ids = Array.from({ length: 500 }, (_, more) => first + 1 + at + more)
      const sessions = ids.map((id) => ({ ...row, id, public_id: `s${id}` }))
      await trx.insertInto('mentoring_sessions').values(sessions).execute()
      const students = ids.flatMap((session_id) =>
        there.map(({ student_id }) => ({ session_id, student_id })),
      )
      await trx.insertInto('session_students').values(students).execute()
    }
  })
}
