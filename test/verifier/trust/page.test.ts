import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import { buildBadge } from '../../../src/credential/build-credential.js'
import { refreshTrustLists } from '../../../src/verifier/trust/refresh-lists.js'
import { aLycee } from '../../people/people.js'
import { badgeValues } from '../../support/badges.js'
import {
  LIST_URL,
  signedIssuerList,
  worldWithList,
  type ListWorld,
} from '../../support/issuer-lists.js'
import { signAnything } from '../../support/raw-signature.js'
import { signerOf } from '../../support/signers.js'

const stranger = signerOf('stranger')
let world: ListWorld
beforeEach(async () => {
  world = await worldWithList()
})

async function badgeOf(name: string): Promise<string> {
  const { credentialStatus: _, ...badge } = buildBadge(badgeValues())
  const issuer = { id: stranger.did, type: ['Profile'], name }
  return JSON.stringify(await signAnything({ ...badge, issuer }, stranger))
}
const page = async (badge: string) => {
  const post = request(createApp(world)).post('/verify').set('Accept-Language', 'fr')
  return (await post.type('form').send({ badge })).text
}
const trust = async (name: string) => {
  const issuers = [{ id: stranger.did, name }]
  world.served[LIST_URL] = await signedIssuerList({ issuers })
  expect(await refreshTrustLists(world)).toMatchObject([{ fault: undefined }])
}

describe('the page of a verification', () => {
  test('DI-23 a self-made badge of the “Académie de Paris” is of an unknown key, shown before the name, and not green', async () => {
    const text = await page(await badgeOf('Académie de Paris'))
    expect(text).toContain('class="verdict unknown"')
    expect(text).not.toContain('class="verdict valid"')
    expect(text).toContain('nous ne savons pas qui l’a délivré')
    expect(text).toContain('Inconnu de nous')
    const key = text.indexOf(stranger.did)
    expect(key).toBeGreaterThan(0)
    expect(key).toBeLessThan(text.indexOf('Académie de Paris'))
  })

  test('a list of the operator makes it known, and says whose list', async () => {
    await trust('Lycée de l’Île')
    const text = await page(await badgeOf('Lycée de l’Île'))
    expect(text).toContain('class="verdict valid"')
    expect(text).toContain('connu de la liste de «\u00a0Académie DÉMO\u00a0»')
  })

  test('a list that has ended makes it a stranger again', async () => {
    await trust('Lycée de l’Île')
    world.clock.at = new Date('2027-01-01T00:00:00Z')
    const text = await page(await badgeOf('Lycée de l’Île'))
    expect(text).toContain('class="verdict unknown"')
    expect(text).toContain('La liste de «\u00a0Académie DÉMO\u00a0» connaissait cet émetteur')
  })

  test('IS-10 the look of an organisation of ours is told before the name', async () => {
    await aLycee(world)
    const text = await page(await badgeOf('L\u0443\u0441ée Voltaire'))
    expect(text).toContain('class="verdict unknown"')
    const warning = text.indexOf(
      'ressemble à celui de «\u00a0Lycée Voltaire\u00a0» (sceau.example)',
    )
    expect(warning).toBeGreaterThan(0)
    expect(warning).toBeLessThan(text.indexOf('qui se donne le nom'))
  })

  test('nothing that turns the reading round reaches the page', async () => {
    const text = await page(await badgeOf('Lycée \u202eeriatloV\u2066\u200b'))
    expect(text).toContain('Lycée \ufffderiatloV\ufffd\ufffd')
    expect(text).not.toMatch(/[\u200b\u202e\u2066]/)
    expect(text).toContain('caractères qui ne se voient pas')
  })

  test('a verification asks nobody for a list', async () => {
    const asked: string[] = []
    await trust('Lycée de l’Île')
    const outside = {
      fetchText: async (url: string) => {
        asked.push(url)
        return { outcome: 'unreachable', reason: 'x' } as const
      },
    }
    world = { ...world, outside }
    await page(await badgeOf('Lycée de l’Île'))
    expect(asked).toEqual([])
  })
})
