import { describe, expect, test } from 'vitest'
import { checkName, MOST_WRONG_NAMES } from '../../src/issuer/check-name.js'
import { seeMyBadge } from '../../src/issuer/my-badges.js'
import { seePublicBadge } from '../../src/issuer/public-badge.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { countOpening, eraseLinks, wasErased } from '../../src/issuer/store/share-links.js'
import { hashOf } from '../../src/people/secrets.js'
import { refusalOf } from '../people/people.js'
import { STORES } from '../support/dialects.js'
import { openWorld } from '../support/world.js'
import { issue } from './share-story.js'

describe.each(STORES)('links on $name', ({ open }) => {
  test('SH-02 are counted, asked for a name at once, and erased to a hash that answers gone', async () => {
    const world = await openWorld({ db: await open() })
    const { badgeId, student } = await issue(world)
    const { url } = await shareBadge(world, student, { badgeId, label: 'CV', nameCheck: true })
    const token = url.split('/b/')[1] ?? ''
    const row = await world.db.selectFrom('share_links').selectAll().executeTakeFirstOrThrow()
    const day = '2026-11-24'
    await Promise.all(Array.from({ length: 5 }, () => countOpening(world.db, row.id, day)))
    const [link] = (await seeMyBadge(world, student, badgeId)).links
    expect(link?.seen).toEqual({ count: 5, lastDay: day })
    const answers = await Promise.all(
      Array.from({ length: 9 }, (_, n) =>
        checkName(world, { code: link?.code ?? '', name: `Nom ${n}` }),
      ),
    )
    expect(answers.filter((answer) => answer === 'differs')).toHaveLength(MOST_WRONG_NAMES)

    await eraseLinks(world.db, [row.badge_id])
    await eraseLinks(world.db, [row.badge_id])
    expect(await world.db.selectFrom('share_links').selectAll().execute()).toEqual([])
    expect(await wasErased(world.db, hashOf(token))).toBe(true)
    expect(await wasErased(world.db, hashOf('another'))).toBe(false)
    expect(await refusalOf(seePublicBadge(world, token, 'fr'))).toMatchObject({ code: 'gone' })
    await world.db.destroy()
  }, 120_000)
})
