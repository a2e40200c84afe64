import { describe, expect, test } from 'vitest'
import { checkBadges } from '../../src/issuer/check-badges.js'
import { holdBadge } from '../../src/issuer/hold-badge.js'
import { replaceBadge } from '../../src/issuer/replace-badge.js'
import { restoreBadge } from '../../src/issuer/restore-badge.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { currentStatusList } from '../../src/issuer/status.js'
import { validateAudit } from '../../src/store/audit.js'
import { decodeStatusList } from '../../src/credential/status-list.js'
import { runNextJob } from '../../src/worker.js'
import { STORES } from '../support/dialects.js'
import { openWorld, type World } from '../support/world.js'
import { replacementOf } from './lineage-story.js'
import { issue, type Issued } from './share-story.js'

async function begin(open: (typeof STORES)[number]['open']) {
  const world = await openWorld({ db: await open() })
  return { world, story: await issue(world) }
}

const badgesOf = (world: World) => world.db.selectFrom('badges').selectAll().orderBy('id').execute()
const actsOf = async (world: World) =>
  (await world.db.selectFrom('badge_notices').select('act').orderBy('id').execute()).map(
    ({ act }) => act,
  )

/** How many bits of the school's list are set, as it is signed now. */
async function bitsSet(world: World, story: Issued): Promise<number> {
  const lists = await world.db
    .selectFrom('status_lists')
    .select('public_id')
    .where('organisation_id', '=', story.schoolId)
    .execute()
  const [list] = lists
  const document = JSON.parse((await currentStatusList(world, list!.public_id))!) as {
    credentialSubject: { encodedList: string }
  }
  const bits = decodeStatusList(document.credentialSubject.encodedList)
  if (typeof bits === 'string') throw new Error(bits)
  return bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
}

describe.each(STORES)('at the same moment, on $name', ({ open }) => {
  test('RL-17 a badge is revoked, held and given back: it ends revoked, once, and no bit is lost', async () => {
    const { world, story } = await begin(open)
    const input = { badgeId: story.badgeId, reason: 'fact' }
    const all = await Promise.allSettled([
      holdBadge(world, story.head, input),
      revokeBadge(world, story.head, { ...input, reason: 'Délivré par erreur' }),
      holdBadge(world, story.head, input),
      restoreBadge(world, story.head, input),
      revokeBadge(world, story.head, { ...input, reason: 'Délivré par erreur' }),
    ])
    const revocations = [all[1], all[4]].map((one) => one?.status)
    expect(revocations.toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await badgesOf(world))[0]!.revoked_at).not.toBeNull()
    const acts = await actsOf(world)
    expect(acts.filter((act) => act === 'revoke')).toHaveLength(1)
    expect(acts.at(-1)).toBe('revoke')
    expect(acts.filter((act) => act === 'hold').length).toBeLessThanOrEqual(2)
    expect(await bitsSet(world, story)).toBe(1)
    expect(await checkBadges(world)).toEqual({ badges: 1, faults: [] })
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
    await world.db.destroy()
  }, 120_000)

  test('its replacement is released while it is held, given back and revoked: each revocation is told once', async () => {
    const { world, story } = await begin(open)
    await replacementOf(world, story)
    const input = { badgeId: story.badgeId, reason: 'fact' }
    await Promise.allSettled([
      holdBadge(world, story.head, input),
      runNextJob(world),
      restoreBadge(world, story.head, input),
      revokeBadge(world, story.head, { ...input, reason: 'Délivré par erreur' }),
    ])
    while (await runNextJob(world));
    const [old, newer] = await badgesOf(world)
    expect(old!.revoked_at).not.toBeNull()
    expect(newer!.released_at).not.toBeNull()
    expect(newer!.revoked_at).toBeNull()
    expect((await actsOf(world)).filter((act) => act === 'replace')).toHaveLength(1)
    expect(await bitsSet(world, story)).toBe(1)
    expect(await checkBadges(world)).toEqual({ badges: 2, faults: [] })
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
    await world.db.destroy()
  }, 120_000)

  test('two persons replace it: there is one dossier, and both get it', async () => {
    const { world, story } = await begin(open)
    const input = { badgeId: story.badgeId, reason: 'fact' }
    const [one, two] = await Promise.all([
      replaceBadge(world, story.teacher, input),
      replaceBadge(world, story.head, input),
    ])
    expect(one).toBe(two)
    const dossiers = await world.db.selectFrom('dossiers').selectAll().orderBy('id').execute()
    expect(dossiers.map(({ replaces_badge_id }) => replaces_badge_id)).toEqual([
      null,
      (await badgesOf(world))[0]!.id,
    ])
    await world.db.destroy()
  }, 120_000)
})
