import request from 'supertest'
import { describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import type { Fetched, Outside } from '../../../src/context.js'
import { openWorld } from '../../support/world.js'
import { badgeClass, CLASS, HOSTED, hosted, served } from '../../support/older.js'

/** An internet in which these pages stand. */
const internet = (pages: Record<string, unknown>): Outside => ({
  fetchText: async (url): Promise<Fetched> =>
    pages[url] === undefined
      ? { outcome: 'missing', reason: '404' }
      : {
          outcome: 'found',
          body: Buffer.from(JSON.stringify(pages[url])),
          contentType: 'application/ld+json',
        },
})

async function verify(badge: string, pages: Record<string, unknown> = served()): Promise<string> {
  const world = await openWorld({ outside: internet(pages) })
  const app = request(createApp(world))
  const answer = app.post('/verify').set('Accept-Language', 'fr').type('form').send({ badge })
  return (await answer).text
}

describe('the page, for a badge of the older standard', () => {
  test('takes its link, and tells what is known of it and what is not', async () => {
    const text = await verify(HOSTED)
    expect(text).toContain('class="verdict unknown"')
    expect(text).toContain('Un serveur confirme ce badge, mais')
    expect(text).toContain('Souder à l’arc')
    expect(text).toContain('Club DÉMO des soudeurs</bdi> (<bdi>badges.example</bdi>)')
    expect(text).toContain('Confirmé par un serveur')
    expect(text).toContain('<strong>La confirmation</strong>')
    expect(text).not.toMatch(/La signature<|Sa clé</)
    expect(text).toContain('suit l’ancienne norme')
    expect(text).not.toContain('La signature de ce badge est bonne')
    expect(text).not.toContain(`src="${CLASS}.png"`)
  })

  test('says that its endorsements were not looked at', async () => {
    const endorsed = badgeClass({ endorsement: ['https://badges.example/e/1'] })
    const text = await verify(HOSTED, served({ [CLASS]: endorsed }))
    expect(text).toContain('Nous ne vérifions pas ceux de l’ancienne norme')
  })

  test('shows a changed one as not valid, and nothing of what it says', async () => {
    const forged = hosted({ badge: badgeClass({ name: 'Ingénieur' }) })
    const text = await verify(JSON.stringify(forged))
    expect(text).toContain('class="verdict invalid"')
    expect(text).toContain('Le serveur de l’émetteur montre un autre badge')
    expect(text).not.toContain('Ingénieur')
  })
})
