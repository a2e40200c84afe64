import { describe, expect, test } from 'vitest'
import { seeRun, seeRuns } from '../../src/administration/invitations/see-runs.js'
import type { OpenDemo } from '../../src/demo/open-demo.js'
import { seeLeavers } from '../../src/issuer/leaving/see-leavers.js'
import { announcedTo, seeAnnouncements } from '../../src/people/announcements/see-announcements.js'
import { accountOf } from './accounts.js'

/** What the own school says to its people, whom it invited, and who leaves it. */
export function ofSchoolLife(demo: () => OpenDemo): void {
  test('the school says something to its adults, and to nobody else; the platform did, weeks ago', async () => {
    const { ctx } = demo()
    const toldTo = async (role: string) =>
      (await announcedTo(ctx, await accountOf(demo(), role))).map(({ words }) => words.fr)
    for (const role of ['school-staff', 'school-approver', 'liaison-officer'])
      expect(await toldTo(role), role).toEqual([expect.stringMatching(/^Les conventions/)])
    for (const role of ['student', 'company-admin', 'academic-referent', 'platform-admin'])
      expect(await toldTo(role), role).toEqual([])
    const admin = await accountOf(demo(), 'platform-admin')
    const { lines } = await seeAnnouncements(ctx, admin)
    expect(lines.map(({ state }) => state).toSorted()).toEqual(['over', 'shown'])
  })

  test('its list of invitations has who came, who is awaited and who was withdrawn', async () => {
    const { ctx } = demo()
    const approver = await accountOf(demo(), 'school-approver')
    const { runs } = await seeRuns(ctx, approver)
    expect(runs).toHaveLength(1)
    const { lines } = await seeRun(ctx, approver, runs[0]!.publicId)
    const states = lines.map(({ name, state }) => [name, state])
    expect(Object.fromEntries(states)).toEqual({
      'Hélène Sauvignon': 'accepted',
      'Marc Villedieu': 'sent',
      'Nadia Ferhat': 'sent',
      'Bruno Lestrade': 'withdrawn',
    })
  })

  describe('of its Terminale', () => {
    test('one has a confirmed private address, one has not opened the link, and the others gave none', async () => {
      const { ctx } = demo()
      const [school] = await seeLeavers(ctx, await accountOf(demo(), 'school-staff'))
      expect(school?.leavers).toHaveLength(8)
      expect(school?.leavers.filter(({ hasContact }) => hasContact)).toHaveLength(1)
      const kept = await ctx.db.selectFrom('private_contact_links').selectAll().execute()
      expect(kept).toHaveLength(2)
      expect(kept.filter(({ address_sealed }) => address_sealed === null)).toHaveLength(1)
    })

    test('none has a session open: whoever tries the demo signs in as somebody new', async () => {
      const { ctx } = demo()
      const open = await ctx.db
        .selectFrom('web_sessions')
        .innerJoin('students', 'students.person_id', 'web_sessions.person_id')
        .innerJoin('private_contact_links as of', 'of.person_id', 'web_sessions.person_id')
        .select('web_sessions.id')
        .where('ended_at', 'is', null)
        .execute()
      expect(open).toEqual([])
    })
  })
}
