import { describe, expect, test } from 'vitest'
import {
  ANSWER_DAYS,
  makeAnswerLink,
  openAnswerLink,
  revokeAnswerLinks,
  useAnswerLink,
} from '../../src/mentoring/answers/answer-links.js'
import { findSession } from '../../src/mentoring/facts/store.js'
import { STORES } from '../support/dialects.js'
import { DAY, openWorld, SECOND, type World } from '../support/world.js'
import { aMember, aSession, openAcademy } from './academy.js'

describe.each(STORES)('an answer link on $name', ({ open }) => {
  test('opens until it is used, once, or is revoked, or expires', async () => {
    const world = await openWorld({ db: await open() })
    const academy = await openAcademy(world)
    await aMember(world, academy, { id: 'ana' })
    const publicId = await aSession(world, academy, { studentIds: ['ana'] })
    const sessionId = (await findSession(world.db, publicId))!.id
    const question = { purpose: 'confirm-session', sessionId } as const
    const link = (personId = academy.tutor.personId!) =>
      makeAnswerLink(world, world.db, { ...question, personId, madeById: null })
    const open_ = (token: string) => openAnswerLink(world, token, 'confirm-session')

    const first = await link()
    expect(first.token).toMatch(/^[\w-]{43}$/)
    expect(first.url).toBe(`https://sceau.example/a/${first.token}`)
    expect(await everything(world)).not.toContain(first.token)
    expect(await open_(first.token)).toMatchObject({
      factId: sessionId,
      personId: academy.tutor.personId,
    })
    // Looking uses nothing up.
    const { id } = await open_(first.token)

    await expect(openAnswerLink(world, first.token, 'assess-placement')).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(open_('unknown')).rejects.toMatchObject({ code: 'not-found' })

    // Another person's link to the same question stays; one's own is replaced.
    const other = await link(academy.otherTutor.personId!)
    const second = await link()
    await expect(open_(first.token)).rejects.toMatchObject({ code: 'gone' })
    await expect(useAnswerLink(world.db, id, world.now())).rejects.toMatchObject({ code: 'gone' })
    await open_(other.token)

    const { id: secondId } = await open_(second.token)
    await useAnswerLink(world.db, secondId, world.now())
    await expect(useAnswerLink(world.db, secondId, world.now())).rejects.toMatchObject({
      code: 'gone',
    })
    await expect(open_(second.token)).rejects.toMatchObject({
      code: 'gone',
      words: { fr: expect.stringContaining('déjà été donnée') },
    })

    await revokeAnswerLinks(world.db, question, world.now())
    await expect(open_(other.token)).rejects.toMatchObject({
      words: { fr: expect.stringContaining('ne sert plus') },
    })

    const last = await link()
    expect(last.expiresAt).toBe('2026-12-08T11:00:00.000Z')
    world.clock.advance(ANSWER_DAYS * DAY - SECOND)
    const { id: lastId } = await open_(last.token)
    world.clock.advance(SECOND)
    await expect(open_(last.token)).rejects.toMatchObject({
      code: 'gone',
      words: { fr: expect.stringContaining('a expiré le 8 décembre 2026') },
    })
    await expect(useAnswerLink(world.db, lastId, world.now())).rejects.toMatchObject({
      code: 'gone',
    })
    await world.db.destroy()
  }, 60_000)
})

async function everything({ db }: World): Promise<string> {
  const tables = ['answer_links', 'audit', 'mentoring_sessions'] as const
  const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()))
  return JSON.stringify(rows)
}
