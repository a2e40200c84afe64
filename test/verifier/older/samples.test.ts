import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { OFFLINE, type Lookups } from '../../../src/verifier/lookups.js'
import type { CheckName } from '../../../src/verifier/report.js'
import { checkOf, verifyOlder } from '../../support/older.js'

/** The folder of the official samples, if this machine has them; INDEX.md tells where they come from. */
const FOLDER = resolve(process.env.SCEAU_SAMPLES ?? '', 'ob20')
const isThere = process.env.SCEAU_SAMPLES !== undefined && existsSync(FOLDER)
/** The samples name this badge, and it is not among them. */
const ASSERTION = 'https://example.org/beths-robotics-badge.json'

/** The address of every sample is a file; what the verifier asks for over http comes here as https. */
function atExample(sample: unknown): Lookups {
  return {
    ...OFFLINE,
    document: async (url) => {
      if (url === ASSERTION && typeof sample === 'object')
        return { outcome: 'found', value: sample }
      const { host, pathname } = new URL(url)
      const file = `${FOLDER}/assets${pathname}`
      return /^(?:www\.)?example\.org$/.test(host) && existsSync(file)
        ? { outcome: 'found', value: JSON.parse(readFileSync(file, 'utf8')) as unknown }
        : { outcome: 'missing' }
    },
  }
}

const verify = (file: string) => {
  const bytes = readFileSync(`${FOLDER}/${file}`)
  const hosted = file.endsWith('.png') ? 'basic-assertion.json' : file
  const sample: unknown = hosted.endsWith('.json')
    ? JSON.parse(readFileSync(`${FOLDER}/${hosted}`, 'utf8'))
    : undefined
  return verifyOlder(bytes, { lookups: atExample(sample) })
}

describe.runIf(isThere)('the official samples of Open Badges 2.0 (SCEAU_SAMPLES)', () => {
  test.each(['basic-assertion.json', 'simple-badge.png', 'simple.jwt', 'simple-not-revoked.jwt'])(
    '%s is valid, of nobody known',
    async (file) => {
      expect(await verify(file)).toMatchObject({
        verdict: 'valid',
        trusted: false,
        badge: { name: 'Awesome Robotics Badge', issuer: { domain: 'example.org' } },
      })
    },
  )

  test.each<[string, CheckName, string]>([
    ['simple-revoked.jwt', 'status', 'revoked'],
    ['basic-assertion-expired.json', 'validity', 'expired'],
    // Valid to the validator of the standard, which takes a definition alone; nobody holds it.
    ['assets/badgeclass1.json', 'type', 'type'],
    ['assets/badge-with-data-image.json', 'type', 'type'],
    ['assets/badgeclass-with-complex-image.json', 'type', 'type'],
  ])('%s is invalid (%s: %s)', async (file, check, code) => {
    const report = await verify(file)
    expect(report.verdict).toBe('invalid')
    expect(checkOf(report, check)).toMatchObject({ result: 'fail', code })
  })
})

test.runIf(!isThere)(
  'the official samples are not on this machine: they are not tried here',
  () => {
    expect(isThere).toBe(false)
  },
)
