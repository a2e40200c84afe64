import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { buildBadge } from '../../src/credential/build-credential.js'
import { startServer } from '../../src/serve.js'
import { aLycee } from '../people/people.js'
import { badgeValues, signedEndorsement } from '../support/badges.js'
import { signAnything } from '../support/raw-signature.js'
import { signerOf } from '../support/signers.js'
import { openWorld } from '../support/world.js'
import { openChromium } from './chromium.js'

let browser: Browser
let server: Awaited<ReturnType<typeof startServer>>
beforeAll(async () => {
  const world = await openWorld()
  await aLycee(world)
  server = await startServer(createApp(world), 0)
  browser = await openChromium()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** Named like a lycée of ours in Cyrillic letters, with a turn of the reading in it, and endorsed by a long key. */
async function lookAlike(): Promise<string> {
  const stranger = signerOf('stranger')
  const { credentialStatus: _, ...badge } = buildBadge(badgeValues())
  const issuer = { id: stranger.did, type: ['Profile'], name: 'L\u0443\u0441ée \u202eVoltaire' }
  const endorsement = [await signedEndorsement()]
  return JSON.stringify(await signAnything({ ...badge, issuer, endorsement }, stranger))
}

test.each([320, 1280])(
  'a look-alike is pointed out on %i pixels, without moving sideways',
  async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, locale: 'fr-FR' })
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${server.port}/verify`)
    await page.getByLabel('Le lien, le code ou le badge').fill(await lookAlike())
    await page.getByRole('button', { name: 'Vérifier ce badge' }).click()
    const warning = page.getByText('ressemble à celui de « Lycée Voltaire »')
    const claim = page.getByText('qui se donne le nom')
    const [told, named] = [await warning.boundingBox(), await claim.boundingBox()]
    expect(told?.y).toBeLessThan(named?.y ?? 0)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await context.close()
  },
)
