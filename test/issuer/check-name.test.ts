import { beforeEach, describe, expect, test } from 'vitest'
import { allowNameCheck } from '../../src/issuer/allow-name-check.js'
import { checkName, MOST_WRONG_NAMES } from '../../src/issuer/check-name.js'
import { closeLink } from '../../src/issuer/close-link.js'
import { seeMyBadge } from '../../src/issuer/my-badges.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { auditOf, refusalOf } from '../people/people.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { aStudent, issue, type Issued } from './share-story.js'

let world: World
let issued: Issued
let name: string
let linkId: string
let code: string
beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
  const { given_name, family_name } = await world.db
    .selectFrom('students')
    .select(['given_name', 'family_name'])
    .executeTakeFirstOrThrow()
  name = `${family_name.toUpperCase()} ${given_name.toLowerCase()}`
  const { badgeId } = issued
  linkId = (await shareBadge(world, issued.student, { badgeId, label: 'CV', nameCheck: true }))
    .linkId
  code = (await mine()).code ?? ''
})

const mine = async () => {
  const { links } = await seeMyBadge(world, issued.student, issued.badgeId)
  const found = links.find(({ id }) => id === linkId)
  if (!found) throw new Error('The link is not there.')
  return found
}
const ask = (asked = name) => checkName(world, { code, name: asked })
const allow = (allowed: boolean) => allowNameCheck(world, issued.student, { linkId, allowed })

describe('a name beside a short code', () => {
  test('matches or does not, as often as it is right', async () => {
    for (let n = 0; n < 2 * MOST_WRONG_NAMES; n++) expect(await ask()).toBe('matches')
    expect(await ask('Quelqu’un d’Autre')).toBe('differs')
    expect(await ask()).toBe('matches')
  })

  test('is not compared unless its owner allows it, and no more once they do not', async () => {
    await allow(false)
    expect(await ask()).toBe('not-checked')
    expect((await mine()).nameCheck).toBe('off')
    await allow(true)
    expect(await ask()).toBe('matches')
    const { badgeId, student } = issued
    await shareBadge(world, student, { badgeId, label: 'Autre' })
    const { links } = await seeMyBadge(world, student, badgeId)
    const other = links.find(({ label }) => label === 'Autre')?.code ?? ''
    expect(await checkName(world, { code: other, name })).toBe('not-checked')
  })

  test('is guessed five times a code, at once or one by one, until its owner allows it again', async () => {
    const wrong = await Promise.all(Array.from({ length: 12 }, (_, n) => ask(`Nom ${n}`)))
    expect(wrong.filter((answer) => answer === 'differs')).toHaveLength(MOST_WRONG_NAMES)
    expect(wrong.filter((answer) => answer === 'not-checked')).toHaveLength(7)
    expect(await ask()).toBe('not-checked')
    expect((await mine()).nameCheck).toBe('used-up')
    await allow(true)
    expect(await ask()).toBe('matches')
  })

  test('of nobody, of no code, of a link that opens no more is not compared', async () => {
    expect(await ask(' - ')).toBe('not-checked')
    expect(await checkName(world, { code: '0000-0000', name })).toBe('not-checked')
    world.clock.advance(184 * DAY)
    expect(await ask()).toBe('not-checked')
    world.clock.advance(-184 * DAY)
    await closeLink(world, issued.student, linkId)
    expect(await ask()).toBe('not-checked')
  })

  test('is allowed by the owner of the link alone, while it opens; the audit has no name', async () => {
    const other = await aStudent(world, 'other@example.org', issued.schoolId)
    for (const [actor, refusal] of [
      [other, 'not-found'],
      [issued.head, 'forbidden'],
    ] as const)
      expect(
        await refusalOf(allowNameCheck(world, actor, { linkId, allowed: true })),
      ).toMatchObject({ code: refusal })
    await allow(false)
    expect((await auditOf(world)).at(-1)).toBe('link.name-check')
    const lines = JSON.stringify(await world.db.selectFrom('audit').selectAll().execute())
    expect(lines).not.toMatch(/Zoé|Kergu/)
    await closeLink(world, issued.student, linkId)
    expect(await refusalOf(allow(true))).toMatchObject({ code: 'not-found' })
  })
})
