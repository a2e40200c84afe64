import { beforeEach, describe, expect, test } from 'vitest'
import { closeLink } from '../../src/issuer/close-link.js'
import { seeMyBadge, seeMyBadges } from '../../src/issuer/my-badges.js'
import { badgeAtOurLink } from '../../src/issuer/our-links.js'
import { seePublicBadge } from '../../src/issuer/public-badge.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { MAX_OPEN_LINKS, shareBadge } from '../../src/issuer/share-badge.js'
import { standingOf } from '../../src/issuer/standing.js'
import { validateAudit } from '../../src/store/audit.js'
import { auditOf, refusalOf } from '../people/people.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { aStudent, issue, type Issued } from './share-story.js'
import { alterDocuments } from './stored.js'

let world: World
let issued: Issued
beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
})

const share = (label = 'Candidature à l’atelier') =>
  shareBadge(world, issued.student, { badgeId: issued.badgeId, label })
const tokenOf = (url: string) => url.split('/b/')[1] ?? ''
const stand = async (url: string) => standingOf(await seePublicBadge(world, tokenOf(url), 'fr'))

describe('a student shares a badge', () => {
  test('by a link of 128 random bits, of which we keep the hash, and itself sealed for its owner', async () => {
    const { url, linkId } = await share()
    expect(url).toMatch(/^https:\/\/sceau\.example\/b\/[\w-]{22}$/)
    const kept = await world.db.selectFrom('share_links').selectAll().executeTakeFirstOrThrow()
    expect(JSON.stringify(kept)).not.toContain(tokenOf(url))
    expect(kept).toMatchObject({ public_id: linkId, label: 'Candidature à l’atelier' })
    const { links } = await seeMyBadge(world, issued.student, issued.badgeId)
    expect(links).toEqual([
      {
        id: linkId,
        label: 'Candidature à l’atelier',
        openedOn: '2026-11-24',
        url,
        code: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/) as string,
        untilDay: '2027-05-26',
        shows: 'evidence',
        isNamed: false,
        seen: { count: 0, lastDay: null },
        nameCheck: 'off',
        linkedIn: expect.stringContaining('https://www.linkedin.com/profile/add?') as string,
      },
    ])
  })

  test('and the audit knows which badge and which link, never the token nor for whom', async () => {
    const { url, linkId } = await share('Pour Dominique')
    const line = await world.db
      .selectFrom('audit')
      .selectAll()
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(line).toMatchObject({ action: 'badge.shared', subject: issued.badgeId })
    expect(line.details).toContain(linkId)
    expect(JSON.stringify(line)).not.toContain(tokenOf(url))
    expect(JSON.stringify(line)).not.toContain('Dominique')
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
  })

  test('with as many as 20 open links, each its own; closing one makes room', async () => {
    const urls = new Set<string>()
    for (let n = 0; n < MAX_OPEN_LINKS; n++) urls.add((await share(`Lien ${n}`)).url)
    expect(urls.size).toBe(20)
    expect(await refusalOf(share())).toMatchObject({
      code: 'rule-refused',
      fields: [{ pointer: '/label' }],
    })
    const { links } = await seeMyBadge(world, issued.student, issued.badgeId)
    await closeLink(world, issued.student, links[0]?.id ?? '')
    await share()
  })

  test.each([
    ['nothing', ' '],
    ['a whole letter', 'x'.repeat(81)],
    ['two lines', 'CV\nsuite'],
    ['letters that turn others round', 'CV\u202e'],
  ])('a label of %s is refused, beside its field', async (_, label) => {
    expect(await refusalOf(share(label))).toMatchObject({
      code: 'invalid-request',
      fields: [{ pointer: '/label' }],
    })
    expect(await world.db.selectFrom('share_links').selectAll().execute()).toEqual([])
  })

  test('a badge that was revoked is still shared, and says so', async () => {
    const { url } = await share()
    expect(await stand(url)).toBe('valid')
    await revokeBadge(world, issued.head, { badgeId: issued.badgeId, reason: 'Délivré par erreur' })
    expect(await stand(url)).toBe('revoked')
    expect(await stand((await share()).url)).toBe('revoked')
    const [mine] = await seeMyBadges(world, issued.student)
    expect(mine).toMatchObject({ state: 'revoked', openLinks: 2 })
  })

  test('a reason that names the student is not told to others', async () => {
    const { url } = await share()
    const reason = 'Délivré à ZOE au lieu d’un autre'
    await revokeBadge(world, issued.head, { badgeId: issued.badgeId, reason })
    const { revocation } = await seePublicBadge(world, tokenOf(url), 'fr')
    expect(revocation).toEqual({ day: '2026-11-24', replaced: false, reason: null })
  })

  test('what the book says counts at once, even while an older list is out', async () => {
    const { url } = await share()
    await seePublicBadge(world, tokenOf(url), 'fr')
    await world.db
      .updateTable('badges')
      .set({ revoked_at: world.now().toISOString(), revocation_reason: 'Erreur' })
      .execute()
    expect(await stand(url)).toBe('revoked')
  })
})

describe('only the student shares', () => {
  test('another student is told that there is no such badge, a teacher that it is not theirs to share', async () => {
    const other = await aStudent(world, 'other@example.org', issued.schoolId)
    const input = { badgeId: issued.badgeId, label: 'CV' }
    expect(await refusalOf(shareBadge(world, other, input))).toMatchObject({ code: 'not-found' })
    expect(await refusalOf(seeMyBadge(world, other, issued.badgeId))).toMatchObject({
      code: 'not-found',
    })
    expect(await seeMyBadges(world, other)).toEqual([])
    for (const actor of [issued.teacher, issued.head, issued.boss]) {
      expect(await refusalOf(shareBadge(world, actor, input))).toMatchObject({ code: 'forbidden' })
      expect(await refusalOf(seeMyBadge(world, actor, issued.badgeId))).toMatchObject({
        code: 'forbidden',
      })
      expect(await refusalOf(seeMyBadges(world, actor))).toMatchObject({ code: 'forbidden' })
    }
  })

  test('a program with the student’s token shares nothing', async () => {
    const program = { ...issued.student, via: 'token' as const }
    const input = { badgeId: issued.badgeId, label: 'CV' }
    expect(await refusalOf(shareBadge(world, program, input))).toMatchObject({ code: 'forbidden' })
  })

  test('a badge that has not left the house is not there', async () => {
    await world.db.updateTable('badges').set({ released_at: null }).execute()
    expect(await refusalOf(share())).toMatchObject({ code: 'not-found' })
    expect(await seeMyBadges(world, issued.student)).toEqual([])
  })
})

describe('closing a link', () => {
  test('takes its page away, leaves the others, and is done once', async () => {
    const [first, second] = [await share('Un'), await share('Deux')]
    await closeLink(world, issued.student, first.linkId)
    await closeLink(world, issued.student, first.linkId)
    const closed = (await auditOf(world)).filter((action) => action === 'link.closed')
    expect(closed).toHaveLength(1)
    expect(await refusalOf(stand(first.url))).toMatchObject({ code: 'gone' })
    expect(await stand(second.url)).toBe('valid')
  })

  test('is for its owner alone', async () => {
    const { url, linkId } = await share()
    const other = await aStudent(world, 'other@example.org', issued.schoolId)
    expect(await refusalOf(closeLink(world, other, linkId))).toMatchObject({ code: 'not-found' })
    expect(await refusalOf(closeLink(world, issued.head, linkId))).toMatchObject({
      code: 'forbidden',
    })
    expect(await refusalOf(closeLink(world, issued.student, 'nothing'))).toMatchObject({
      code: 'not-found',
    })
    expect(await stand(url)).toBe('valid')
  })
})

describe('how a shared badge stands', () => {
  test('a document that was changed in the store is not shown, whatever it says', async () => {
    const { url } = await share()
    const changed = issued.document.replace('seul', 'très bien')
    expect(changed).not.toBe(issued.document)
    await alterDocuments(world.db, changed)
    const badge = await seePublicBadge(world, tokenOf(url), 'fr')
    expect(standingOf(badge)).toBe('invalid')
    expect(badge.shown).toBeUndefined()
  })

  test('what can’t be checked is never green', async () => {
    const { url } = await share()
    await world.db.updateTable('status_lists').set({ document: '{}' }).execute()
    expect(await stand(url)).toBe('unknown')
  })

  test('an endorsement that was withdrawn is said, although the badge is valid', async () => {
    const { url } = await share()
    const { endorsement_entry_id: id } = await world.db
      .selectFrom('badges')
      .select('endorsement_entry_id')
      .executeTakeFirstOrThrow()
    const at = world.now().toISOString()
    await world.db
      .updateTable('status_entries')
      .set({ revoked_at: at })
      .where('id', '=', id)
      .execute()
    world.clock.advance(DAY)
    const badge = await seePublicBadge(world, tokenOf(url), 'fr')
    expect(badge.report.verdict).toBe('valid')
    expect(standingOf(badge)).toBe('endorsement')
  })
})

describe('our own link, as an address', () => {
  test('is known however it was copied, and anybody else’s is not', async () => {
    const { url } = await share()
    const value = { bytes: Buffer.from(issued.document), mayTravel: true }
    const found = { outcome: 'found', value }
    const ways = [
      url,
      `${url}.png`,
      `${url}?lang=en#top`,
      url.replace('https://', ''),
      url.replace('https', 'http'),
    ]
    for (const way of ways) expect(await badgeAtOurLink(world, way)).toEqual(found)
    for (const other of [
      'https://other.example/b/0000000000000000000000',
      'https://sceau.example/achievements/x/v/1',
      'https://sceau.example.evil.example/b/0000000000000000000000',
      '{"a": 1}',
      'a word',
    ])
      expect(await badgeAtOurLink(world, other)).toBeUndefined()
  })

  test('closed, unknown or of no form of ours is missing, all the same', async () => {
    const { url, linkId } = await share()
    await closeLink(world, issued.student, linkId)
    const ways = [url, 'https://sceau.example/b/0000000000000000000000', `${url}.exe`]
    for (const way of ways) expect(await badgeAtOurLink(world, way)).toEqual({ outcome: 'missing' })
  })
})
