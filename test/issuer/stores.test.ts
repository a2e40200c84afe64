import { describe, expect, test } from 'vitest'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { seeBadges } from '../../src/issuer/see-badges.js'
import { seeDossiers } from '../../src/issuer/see-dossiers.js'
import { openListOf } from '../../src/issuer/status.js'
import { issuerWaiting } from '../../src/issuer/waiting.js'
import { runNextJob } from '../../src/worker.js'
import { STORES } from '../support/dialects.js'
import { openWorld } from '../support/world.js'
import { stepsOf } from './steps.js'
import { tell } from './story.js'

describe.each(STORES)('on $name', ({ open }) => {
  test('a dossier is voided, taken up again, issued, listed and revoked as on any other store', async () => {
    const world = await openWorld({ db: await open() })
    const story = await tell(world)
    const dossier = stepsOf(world, story, await openDossier(world, story.teacher, story))
    expect(await issuerWaiting(world, story.teacher)).toHaveLength(1)
    const contest = (at: string | null) =>
      world.db.updateTable('placements').set({ contested_at: at }).execute()

    await dossier.upTo('approve')
    await contest(world.now().toISOString())
    await runNextJob(world)
    expect(await dossier.state()).toBe('open')
    await contest(null)
    await dossier.upTo('approve')
    await runNextJob(world)
    expect(await dossier.state()).toBe('issued')

    const asked = { state: 'issued', page: 1 } as const
    expect(await seeDossiers(world, story.tutor, asked)).toMatchObject({ pages: 1, all: [{}] })
    const [badge] = (await seeBadges(world, story.head, 1)).badges
    const input = { badgeId: badge!.publicId, reason: 'Délivré par erreur' }
    await revokeBadge(world, story.head, input)
    expect((await seeBadges(world, story.head, 1)).badges).toMatchObject([{ state: 'revoked' }])
    await world.db.destroy()
  }, 120_000)

  test('approvals at the same time open one status list', async () => {
    const world = await openWorld({ db: await open() })
    const { head } = await tell(world)
    const [{ organisationId } = { organisationId: null }] = head.assignments
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => openListOf(world, organisationId!)),
    )
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1)
    const lists = await world.db
      .selectFrom('status_lists')
      .selectAll()
      .where('organisation_id', '=', organisationId)
      .execute()
    expect(lists).toHaveLength(1)
    await world.db.updateTable('status_lists').set({ entries: 0 }).execute()
    const next = await Promise.all([1, 2, 3].map(() => openListOf(world, organisationId!)))
    expect(new Set(next.map(({ number }) => number))).toEqual(new Set([2]))
    await world.db.destroy()
  }, 120_000)
})
