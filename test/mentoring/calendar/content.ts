import { saveContest } from '../../../src/mentoring/facts/contests-store.js'
import { findSession } from '../../../src/mentoring/facts/store.js'
import { findStudent } from '../../../src/mentoring/students/store.js'
import type { World } from '../../support/world.js'
import type { CalendarSession } from '../../../src/mentoring/calendar/facts-store.js'
import type { Planned } from '../../../src/mentoring/calendar/planned-store.js'

const SHARED = {
  kind: 'PROJET',
  day: '2026-11-10',
  minutes: 90,
  topic: 'Moule en composite',
  organisationId: 'company',
  organisationName: 'Composites du Lac DÉMO',
}

export function aRecorded(changes: Partial<CalendarSession> = {}): CalendarSession {
  return {
    ...SHARED,
    publicId: 's1',
    format: 'PETIT_GROUPE',
    version: 1,
    recordedAt: '2026-11-10T16:00:00.000Z',
    confirmedAt: null,
    students: 3,
    contested: 0,
    ...changes,
  }
}

export function aPlan(changes: Partial<Planned> = {}): Planned {
  return {
    ...SHARED,
    publicId: 'p1',
    cohortId: 1,
    startTime: null,
    mentorId: null,
    mentorName: null,
    plannedAt: '2026-11-01T08:00:00.000Z',
    cancelledAt: null,
    ...changes,
  }
}

/** A student says that they were not there. */
export async function contest(world: World, student: string, session: string): Promise<void> {
  const studentId = (await findStudent(world.db, student))!.id
  const sessionId = (await findSession(world.db, session))!.id
  const said = { at: world.now().toISOString(), reason: 'Absent' }
  await saveContest(world.db, { kind: 'session', factId: sessionId, studentId }, said)
}
