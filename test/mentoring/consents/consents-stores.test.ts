import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { endGuardians } from '../../../src/mentoring/consents/end-guardians.js'
import {
  answerAsGuardian,
  visitAsGuardian,
  withdrawAsGuardian,
} from '../../../src/mentoring/consents/guardian-link.js'
import { mayBeShown, standingIn } from '../../../src/mentoring/consents/may-be-shown.js'
import { recordOnPaper } from '../../../src/mentoring/consents/record-on-paper.js'
import { seeConsentsOf } from '../../../src/mentoring/consents/see-consents.js'
import { findStudent } from '../../../src/mentoring/students/store.js'
import { auditOf, refusalOf } from '../../people/people.js'
import { validateAudit } from '../../../src/store/audit.js'
import { STORES } from '../../support/dialects.js'
import { openWorld } from '../../support/world.js'
import { aMember, openAcademy } from '../academy.js'
import { aGuardian, asked, bornOn } from './story.js'

describe.each(STORES)('consents on $name', ({ open }) => {
  const opened = async () => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world)
    await aMember(world, academy, { id: 'ana' })
    await bornOn(world, '2012-05-10')
    const { id: studentId } = (await findStudent(world.db, 'ana'))!
    return { world, academy, studentId }
  }

  test('are said, withdrawn and read; what was said stays said', async () => {
    const { world, academy, studentId } = await opened()
    const of = { studentId, purpose: 'public-page', badgeId: null } as const
    const paper = { studentId: 'ana', purpose: 'public-page', badge: null, paperOn: '2026-11-01' }
    await recordOnPaper(world, academy.teacher, { ...paper, by: 'student', answer: 'agreed' })
    const guardianId = await aGuardian(world, academy.teacher, 'Ariane', 'ana')
    expect(await standingIn(world, world.db, of)).toEqual({ state: 'waiting', who: [1] })
    const link = await asked(world, academy.teacher, guardianId, { studentId: 'ana' })
    const yes = { ...link, answer: 'agreed', badge: null, language: 'fr' } as const
    await answerAsGuardian(world, yes)
    expect(await refusalOf(answerAsGuardian(world, yes))).toMatchObject({ code: 'gone' })
    expect(await mayBeShown(world, of)).toBe(true)
    // Of the moment that is asked about.
    expect(await mayBeShown(world, of, new Date('2030-01-01T00:00:00Z'))).toBe(false)
    expect(await mayBeShown(world, { ...of, purpose: 'named-link' })).toBe(false)

    world.clock.advance(1000)
    const no = { token: link.token, purpose: 'public-page', badge: null, language: 'fr' } as const
    await withdrawAsGuardian(world, no)
    await withdrawAsGuardian(world, no)
    expect(await mayBeShown(world, of)).toBe(false)
    const view = await seeConsentsOf(world, academy.teacher, 'ana')
    expect(view.records.map(({ answer, method }) => [answer, method])).toEqual([
      ['withdrawn', 'link'],
      ['agreed', 'link-and-code'],
      ['agreed', 'paper'],
    ])
    expect(await auditOf(world)).toEqual(
      expect.arrayContaining(['guardian.added', 'guardian.asked', 'consent.withdrawn']),
    )
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })

    for (const change of [
      sql`update consent_records set answer = 'agreed'`,
      sql`delete from consent_records`,
    ]) {
      await expect(change.execute(world.db)).rejects.toThrow(/append-only/)
    }
    await world.db.destroy()
  })

  test('end for guardians on the day on which the student comes of age', async () => {
    const { world, academy } = await opened()
    const guardianId = await aGuardian(world, academy.teacher, 'Ariane', 'ana')
    const { token } = await asked(world, academy.teacher, guardianId, { studentId: 'ana' })
    const rows = () => world.db.selectFrom('guardians').selectAll().execute()
    world.clock.at = new Date('2030-05-09T21:59:59Z')
    await endGuardians(world)
    expect(await rows()).toMatchObject([{ ended_on: null, name_sealed: expect.any(String) }])
    await visitAsGuardian(world, token)
    world.clock.at = new Date('2030-05-09T22:00:00Z')
    // The link is dead before the job has run.
    expect(await refusalOf(visitAsGuardian(world, token))).toMatchObject({ code: 'gone' })
    await endGuardians(world)
    await endGuardians(world)
    const ended = { ended_on: '2030-05-10', ended_why: 'adult' }
    expect(await rows()).toMatchObject([{ ...ended, name_sealed: null, email_sealed: null }])
    expect((await auditOf(world)).filter((line) => line === 'guardian.ended')).toHaveLength(1)
    await world.db.destroy()
  })

  test('of a student are for the staff of their school alone', async () => {
    const { world, academy } = await opened()
    const see = (actor = academy.teacher) => seeConsentsOf(world, actor, 'ana')
    expect((await see()).isJoint).toBe(true)
    expect(await refusalOf(see(academy.officer))).toMatchObject({ code: 'forbidden' })
    for (const actor of [academy.stranger, academy.tutor])
      expect(await refusalOf(see(actor))).toMatchObject({ code: 'not-found' })
    await world.db.destroy()
  })
})
