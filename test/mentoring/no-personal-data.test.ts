import { Writable } from 'node:stream'
import { pino } from 'pino'
import request from 'supertest'
import { expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { sendDigests } from '../../src/mentoring/alerts/send-digests.js'
import { makeConfirmationLink } from '../../src/mentoring/confirming/make-confirmation-link.js'
import { askAssessment } from '../../src/mentoring/placements/ask-assessment.js'
import { sendAssessment } from '../../src/mentoring/placements/assess-placement.js'
import { NEUTRAL_GRID } from '../../src/mentoring/placements/neutral-grid.data.js'
import { runNextJob } from '../../src/worker.js'
import { pixRows, csvOf } from '../support/csv.js'
import { demoStudent } from '../support/siecle.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { ADDRESS, aSession } from './academy.js'
import { browserOf } from './browser.js'
import { aCordee, openPartners, PARTNER, type Partners } from './partners.js'
import { filledIn, tokenOf } from './placements/planned.js'

/** A minor whose every field is a string that stands nowhere else. */
const STUDENT = {
  ine: '987654321AA',
  givenName: 'Zéphyrinecanari',
  familyName: 'Quasimodocanari',
  birthDate: '2010-07-19',
  email: 'eleve.canari@example.org',
}
/** What adults and the student write of them. */
const SAID = 'motcanari'
const PERSONAL = [/canari/i, /987654321/, /2010-07-19/, /19\/07\/2010/, /19 juillet 2010/]

type Tab = Awaited<ReturnType<typeof browserOf>>
type Sent = Awaited<ReturnType<Tab['get']>>

/** What of an answer lands elsewhere than on the page: in histories, logs of others, folders of downloads. */
function tracesOf(path: string, { headers, text = '' }: Sent): string[] {
  const title = /<title>([^<]*)<\/title>/.exec(text)?.[1] ?? ''
  const links = [...text.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, link]) => link!)
  const notice = String(headers['set-cookie'] ?? '')
  const told = [headers.location, headers['content-disposition'], decodeURIComponent(notice)]
  return [`address ${path}`, `title of ${path}: ${title}`, ...links, ...told.map(String)]
}

test('MT-07 of a student who goes through all rooms, nothing is in logs, audit, mails, jobs, addresses, titles or file names', async () => {
  const traces: string[] = []
  const log = new Writable({
    write(line: Buffer, _encoding, done) {
      traces.push(`log ${line.toString()}`)
      done()
    },
  })
  const world = await openWorld({ log: pino({ level: 'trace' }, log) })
  const partners = await openPartners(world)
  const tabs = {
    teacher: await watched(world, ADDRESS.teacher, traces),
    colleague: await watched(world, ADDRESS.colleague, traces),
    officer: await watched(world, ADDRESS.officer, traces),
    tutor: await watched(world, ADDRESS.tutor, traces),
    coordinator: await watched(world, PARTNER.coordinator, traces),
    structure: await watched(world, PARTNER.structureCoordinator, traces),
  }
  const studentId = await imported(world, partners, tabs.teacher)
  const student = await withAccount(world, tabs.teacher, { studentId, traces })

  // P-TECH: enrolled, at a session that is contested, disputed and corrected.
  const ptech = `/cohorts/${partners.cohortId}`
  await tabs.teacher.ok(`${ptech}/enrolments/new`, { fromDay: '2026-09-01', studentIds: studentId })
  const [disputed, corrected] = [
    await aSession(world, partners, { studentIds: [studentId] }),
    await aSession(world, partners, { studentIds: [studentId], day: '2026-11-12' }),
  ]
  const { url } = await makeConfirmationLink(world, partners.colleague, { sessionId: disputed })
  const no = { answer: 'no', reason: SAID }
  expect((await anybody(world, new URL(url).pathname, no)).status).toBe(200)
  await tabs.colleague.ok('/confirm', { facts: `session:${corrected}` })
  await student.ok(`/my-record/session/${corrected}/contest`, {
    ...{ do: 'contest', version: '1', reason: SAID },
  })
  await tabs.teacher.ok(`/sessions/${corrected}/correct`, {
    ...{ kind: 'PROJET', day: '2026-11-12', minutes: '90', otherMinutes: '', version: '1' },
    ...{
      studentIds: studentId,
      mentorIds: `${partners.tutor.publicId}.${partners.company.publicId}`,
    },
    ...{ topic: SAID, reason: SAID, schoolAdultPresent: 'yes', acknowledged: ['PT-06'] },
  })

  const placement = await placed(world, partners, { tabs, studentId })
  const cordee = await aCordee(world, partners)
  await tabs.teacher.ok(`/cohorts/${cordee}/enrolments/new`, {
    ...{ fromDay: '2026-10-01', volunteeredOn: '2026-09-20', studentIds: studentId },
  })
  await tabs.coordinator.ok(`/cohorts/${cordee}/students/${studentId}/leave`, {
    ...{ lastDay: '2026-11-20', reason: 'AUTRE' },
  })
  const opened = await tabs.teacher.ok(`/pairs/new?structure=${partners.structure.publicId}`, {
    ...{ structureId: partners.structure.publicId, mentorId: partners.mentorId, studentId },
    ...{ subject: 'ORIENTATION', startedOn: '2026-10-01' },
    ...{ registrationReference: SAID, registeredOn: '2026-09-28' },
  })
  const pair = opened.headers.location!

  await seen(tabs, student, { partners, placement, cordee, pair, studentId })
  await refused(tabs, { studentId, cohortId: partners.cohortId, placement, disputed })
  await exported(tabs.teacher, partners.cohortId)
  await tabs.structure.ok(`${pair}/end`, {
    ...{ lastDay: '2026-11-20', reason: 'AUTRE', interviewOn: '', outcome: '' },
  })

  world.clock.advance(30 * DAY)
  await sendDigests(world, { day: '2026-12-28' })
  while (await runNextJob(world));
  for (const table of ['audit', 'outbox_mails', 'jobs', 'class_list_imports'] as const) {
    const rows = await world.db.selectFrom(table).selectAll().execute()
    expect(rows.length, table).toBeGreaterThan(0)
    traces.push(...rows.map((row) => `${table} ${JSON.stringify(row)}`))
  }
  const told = traces.filter((trace) => PERSONAL.some((personal) => personal.test(trace)))
  expect([...new Set(told)]).toEqual([])
}, 120_000)

/** A browser all of whose answers leave traces, and whose pages are there. */
async function watched(world: World, email: string, traces: string[]) {
  const tab = await browserOf(world, email)
  const keep = (path: string, answer: Sent) => {
    traces.push(...tracesOf(path, answer))
    return answer
  }
  return {
    ...tab,
    get: async (path: string) => keep(path, await tab.get(path)),
    send: async (path: string, fields: Parameters<Tab['send']>[1]) =>
      keep(path, await tab.send(path, fields)),
    upload: async (...given: Parameters<Tab['upload']>) =>
      keep(given[0], await tab.upload(...given)),
    /** Sends a form that is taken. */
    async ok(path: string, fields: Parameters<Tab['send']>[1]) {
      const answer = await this.send(path, fields)
      expect([200, 303], `${path} ${answer.text}`).toContain(answer.status)
      return answer
    },
  }
}
type Watched = Awaited<ReturnType<typeof watched>>

function anybody(world: World, path: string, fields: Record<string, string>) {
  const sent = request(createApp(world)).post(path)
  return sent
    .set({ Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin' })
    .type('form')
    .send(fields)
}

/** First with a row that is refused, then all of it; twice, as a CSV. */
async function imported(world: World, { school }: Partners, teacher: Watched): Promise<string> {
  const one = demoStudent(1, { ...STUDENT, mef: '24722503311' })
  const wrong = demoStudent(2, { ...STUDENT, ine: '987654321AAA', birthDate: '1910-07-19' })
  for (const students of [[one, wrong], [one], [one]]) {
    const file = { name: 'quasimodocanari.csv', bytes: Buffer.from(csvOf(pixRows(students))) }
    const fields = { schoolId: school.publicId, schoolYear: '2026' }
    const given = await teacher.upload('/import', fields, file)
    const preview = String(given.headers.location)
    expect(preview, given.text).toMatch(/^\/import\//)
    await teacher.get(preview)
    await teacher.send(preview, {})
  }
  const { public_id } = await world.db
    .selectFrom('students')
    .select('public_id')
    .where('family_name', '=', STUDENT.familyName)
    .executeTakeFirstOrThrow()
  return public_id
}

async function withAccount(
  world: World,
  teacher: Watched,
  { studentId, traces }: { studentId: string; traces: string[] },
): Promise<Watched> {
  await teacher.ok(`/students/${studentId}`, { email: STUDENT.email })
  return watched(world, STUDENT.email, traces)
}

/** Planned on a page, assessed by a link, confirmed, contested. */
async function placed(
  world: World,
  partners: Partners,
  { tabs, studentId }: { tabs: Record<'teacher' | 'colleague', Watched>; studentId: string },
): Promise<string> {
  const path = `/students/${studentId}/placements/plan?company=${partners.company.publicId}`
  const planned = await tabs.teacher.ok(path, {
    ...{ companyId: partners.company.publicId, siteId: '', tutorId: partners.tutor.publicId },
    ...{ tutorGivenName: '', tutorFamilyName: '', referentId: '' },
    ...{ fromDay: '2026-11-09', untilDay: '2026-11-20', startTime: '08:30', endTime: '16:30' },
    ...{ dailyHours: '7 h', weeklyHours: '35 h', work: 'ORDINARY', medicalOpinionOn: '' },
  })
  const placement = planned.headers.location!
  const [, id = ''] = /\/placements\/(.*)$/.exec(placement)!
  const gridId = NEUTRAL_GRID.publicId
  const { url } = await askAssessment(world, partners.teacher, { placementId: id, gridId })
  await sendAssessment(world, tokenOf(url), filledIn({ comment: SAID }))
  await tabs.colleague.ok(placement, { do: 'confirm' })
  return placement
}

type Shown = Readonly<{
  partners: Partners
  placement: string
  cordee: string
  pair: string
  studentId: string
}>

/** Every page on which the student is shown to somebody. */
async function seen(
  tabs: Record<'teacher' | 'officer' | 'tutor' | 'coordinator' | 'structure', Watched>,
  student: Watched,
  { partners, placement, cordee, pair, studentId }: Shown,
): Promise<void> {
  const cohort = `/cohorts/${partners.cohortId}`
  const own = `/students/${studentId}`
  const pages: [Watched, string[]][] = [
    [tabs.teacher, ['/confirm', '/alerts', '/placements', cohort, `${cohort}/calendar`, pair, own]],
    [tabs.teacher, [placement, `${placement}/agreement`, `${placement}/agreement/edit`]],
    [tabs.teacher, [`${cohort}/students/${studentId}/leave`, `${pair}/end`]],
    [tabs.teacher, [`${own}/placements/new`, `${own}/placements/plan`, `${placement}/tutor`]],
    [tabs.teacher, [`/dossiers/new?student=${studentId}`, '/import', '/exports', '/schemes']],
    [tabs.officer, [own, cohort, '/alerts', placement]],
    [tabs.tutor, ['/confirm', '/placements', placement, '/alerts']],
    [
      tabs.coordinator,
      [`/cordees/${cordee}`, '/schemes', '/alerts', `/cohorts/${cordee}/calendar`],
    ],
    [tabs.structure, [pair, '/schemes', '/alerts', `${pair.replace('pairs', 'cohorts')}/calendar`]],
    [student, ['/my-record', placement, '/']],
  ]
  for (const [tab, paths] of pages) {
    for (const path of paths) expect((await tab.get(path)).status, path).toBe(200)
  }
}

/** Refusals come back with what was typed: on the page, and nowhere else. */
async function refused(
  tabs: Record<'teacher' | 'colleague', Watched>,
  of: Readonly<{ studentId: string; cohortId: string; placement: string; disputed: string }>,
): Promise<void> {
  const { studentId, cohortId } = of
  const day = { fromDay: '2026-09-01', studentIds: studentId }
  await tabs.teacher.send(`/cohorts/${cohortId}/enrolments/new`, day)
  const session = { kind: SAID, day: SAID, minutes: SAID, topic: SAID, mentorIds: SAID }
  await tabs.teacher.send(`/cohorts/${cohortId}/sessions/new`, {
    ...session,
    studentIds: studentId,
  })
  await tabs.teacher.send(`/students/${studentId}`, { email: STUDENT.email })
  await tabs.colleague.send('/confirm', { facts: `session:${of.disputed}` })
  await tabs.teacher.send(`/students/${studentId}/placements/plan`, { fromDay: SAID, work: SAID })
}

async function exported(teacher: Watched, cohortId: string): Promise<void> {
  for (const form of ['csv', 'ods']) {
    await teacher.ok('/exports', { students: form, cohortId })
    await teacher.ok('/exports', { sessions: form, year: '2026' })
    await teacher.ok('/exports', { placements: form, year: '2026' })
  }
  await teacher.ok('/exports/scheme/PTECH', { year: 'all' })
}
