import { expect, test } from 'vitest'
import { countBadges } from '../../src/issuer/count-badges.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { aDefinition } from '../support/definitions.js'
import { STORES } from '../support/dialects.js'
import { openWorld } from '../support/world.js'
import { issue } from './share-story.js'

test.each(STORES)(
  'badges are counted on $name by theme and by what became of them',
  async ({ open }) => {
    const world = await openWorld({ db: await open() })
    const { head, badgeId, schoolId } = await issue(world)
    const counted = (year: number, of = schoolId) => countBadges(world, { schoolId: of, year })
    const one = { badges: 1, endorsed: 1, [`theme:${aDefinition.theme}`]: 1 }
    expect(await counted(2026)).toEqual({ ...one, badges_valid: 1, badges_revoked: 0 })
    await revokeBadge(world, head, { badgeId, reason: 'Délivré par erreur.' })
    expect(await counted(2026)).toEqual({ ...one, badges_valid: 0, badges_revoked: 1 })
    const none = { badges: 0, endorsed: 0, badges_valid: 0, badges_revoked: 0 }
    expect(await counted(2025)).toEqual(none)
    expect(await counted(2026, schoolId + 1)).toEqual(none)
  },
)

test.each(['2026-08-31T21:59:59Z', '2026-08-31T22:00:00Z'])(
  'a school year begins at midnight in Paris: a badge of %s',
  async (instant) => {
    const world = await openWorld()
    const { schoolId } = await issue(world)
    const at = new Date(instant).toISOString()
    await world.db.updateTable('badges').set({ released_at: at }).execute()
    const { badges } = await countBadges(world, { schoolId, year: 2026 })
    expect(badges).toBe(instant.includes('22:00') ? 1 : 0)
  },
)
