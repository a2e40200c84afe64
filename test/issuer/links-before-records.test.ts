import { describe, expect, test } from 'vitest'
import { seePublicBadge } from '../../src/issuer/public-badge.js'
import { hashOf } from '../../src/people/secrets.js'
import { takeOverOpenLinks } from '../../src/store/migrations/0044-consents.js'
import { bornOn } from '../mentoring/consents/story.js'
import { refusalOf } from '../people/people.js'
import { STORES } from '../support/dialects.js'
import { openWorld } from '../support/world.js'
import { issue } from './share-story.js'

describe.each(STORES)('links that were open before there were records, on $name', ({ open }) => {
  test('go on as the word of the student: at 15 they show the badge, before it a guardian is missing', async () => {
    const world = await openWorld({ db: await open() })
    await issue(world)
    const { id: badge_id } = await world.db
      .selectFrom('badges')
      .select('id')
      .executeTakeFirstOrThrow()
    const link = (token: string, created_at: string, closed_at: string | null = null) => ({
      ...{ public_id: token, badge_id, token_hash: hashOf(token), label: 'CV', created_at },
      ...{ token_sealed: world.vault.seal(token), closed_at },
    })
    await world.db
      .insertInto('share_links')
      .values([
        link('closed', '2026-01-10T10:00:00.000Z', '2026-01-11T10:00:00.000Z'),
        link('first', '2026-06-10T10:00:00.000Z'),
        link('second', '2026-10-10T10:00:00.000Z'),
      ])
      .execute()
    const see = (token: string) => seePublicBadge(world, token, 'fr')
    expect(await refusalOf(see('first'))).toMatchObject({ code: 'gone' })

    await takeOverOpenLinks(world.db)
    expect(await world.db.selectFrom('consent_records').selectAll().execute()).toMatchObject([
      {
        ...{ method: 'before-records', capacity: 'student', answer: 'agreed', badge_id },
        ...{ day: '2026-06-10', expires_on: '2029-10-10', text_hash: null },
      },
    ])
    for (const token of ['first', 'second']) expect((await see(token)).report.verdict).toBe('valid')
    expect(await refusalOf(see('closed'))).toMatchObject({ code: 'gone' })
    await bornOn(world, '2011-11-25')
    expect(await refusalOf(see('first'))).toMatchObject({ code: 'gone' })
    // On the birthday too: the word of a child of 14 alone is no word of 15.
    world.clock.at = new Date('2026-11-25T11:00:00Z')
    expect(await refusalOf(see('first'))).toMatchObject({ code: 'gone' })
    await world.db.destroy()
  }, 60_000)
})
