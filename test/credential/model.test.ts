import { readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import { beforeAll, describe, expect, test } from 'vitest'
import { guardBadge } from '../../src/credential/guard.js'
import { AchievementCredential, EndorsementCredential, toZod } from '../../src/credential/model.js'
import { SHAPES, VOCABULARIES } from '../../src/credential/shapes.data.js'
import { signedBadge, signedEndorsement } from '../support/badges.js'
import { edit, placesOf } from '../support/leaves.js'

type Json = Record<string, any>

const ajv = new Ajv.default({ strict: false })
addFormats.default(ajv)
const schemaOf = (name: string) => {
  const file = `test/fixtures/schemas/${name}.json-ld.json`
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object)
}
const official = schemaOf('achievementcredential')
const isModel = (document: unknown) => AchievementCredential.safeParse(document).success

let badge: Json
let rich: Json
beforeAll(async () => {
  badge = await signedBadge()
  rich = richBadge(badge)
})

describe('the model of Open Badges 3.0', () => {
  test('has what we issue, and a badge with every class of the standard', async () => {
    for (const document of [badge, rich]) {
      expect(AchievementCredential.safeParse(document).error).toBeUndefined()
      expect(official(document)).toBe(true)
    }
    expect(EndorsementCredential.safeParse(await signedEndorsement()).success).toBe(true)
    expect(guardBadge(rich)).toEqual([])
  })

  test('accepts nothing that the official schema refuses: every place of a badge put wrong in turn', () => {
    const wrong: unknown[] = [
      undefined,
      null,
      '',
      'x',
      7,
      1.5,
      true,
      [],
      {},
      ['x'],
      [{}],
      'ext:a b',
    ]
    const refusedByUs: string[] = []
    let tried = 0
    for (const path of placesOf(rich)) {
      for (const value of wrong) {
        const document = structuredClone(rich)
        edit(document, path, () => value)
        tried += 1
        const [ours, theirs] = [isModel(document), official(document)]
        if (ours) expect(theirs, `${path.join('/')} ${JSON.stringify(value)}`).toBe(true)
        else if (theirs) refusedByUs.push(`${path.join('/')} ${JSON.stringify(value)}`)
      }
    }
    expect(tried).toBeGreaterThan(2_000)
    // Stricter, but not blind: what both accept is the greater part of what the schema accepts.
    expect(refusedByUs.length).toBeLessThan(tried / 4)
  })

  test('is narrower than the guard: whatever it accepts may be checked further', () => {
    for (const path of placesOf(rich)) {
      const document = structuredClone(rich)
      edit(document, path, () => undefined)
      if (!isModel(document)) continue
      // A proof, and that two descriptions of one thing agree, are no matter of the model.
      const findings = guardBadge(document).filter(
        ({ check, words }) => check !== 'proof' && !words.en.includes('two different'),
      )
      expect(findings, path.join('/')).toEqual([])
    }
  })

  test.each([
    ['JL-13 an unknown term', (one: Json) => (one.mention = 'x')],
    ['JL-06 contexts in reverse', (one: Json) => one['@context'].reverse()],
    ['a validFrom without a zone', (one: Json) => (one.validFrom = '2026-06-15T00:00:00')],
    ['a validFrom without seconds', (one: Json) => (one.validFrom = '2026-06-15T00:00Z')],
    ['a day that is none', (one: Json) => (one.validFrom = '2026-02-30T00:00:00Z')],
    [
      'an invented type of achievement',
      (one: Json) => (one.credentialSubject.achievement.achievementType = 'Diplôme'),
    ],
    ['an extension with a space', (one: Json) => setTargetType(one, 'ext:a b')],
    ['a term of VCDM 1.1', (one: Json) => (one.issuanceDate = '2026-06-15T00:00:00Z')],
    ['a credential that is no badge', (one: Json) => (one.type = ['VerifiableCredential'])],
    ['a badge that is no credential', (one: Json) => (one.type = ['OpenBadgeCredential'])],
    ['an endorsement without a proof', (one: Json) => delete one.endorsement[0].proof],
  ])('refuses %s', (_, change) => {
    const document = structuredClone(badge)
    change(document)
    expect(isModel(document)).toBe(false)
  })

  test('extends a vocabulary by ext: and nothing else', () => {
    const document = structuredClone(badge)
    setTargetType(document, 'ext:ROME')
    expect(isModel(document)).toBe(true)
    setTargetType(document, 'ROME')
    expect(isModel(document)).toBe(false)
  })

  test('has a schema for each class of the table, and the words of each vocabulary once', () => {
    for (const name of Object.keys(SHAPES)) expect(toZod(name), name).toBe(toZod(name))
    expect(() => toZod('Nothing')).toThrow(RangeError)
    const sizes = Object.entries(VOCABULARIES).map(([name, words]) => [name, new Set(words).size])
    expect(Object.fromEntries(sizes)).toEqual({
      AchievementType: 31,
      TargetType: 7,
      ResultType: 12,
      IdentifierType: 19,
      ResultStatus: 7,
    })
  })
})

function setTargetType(document: Json, type: string): void {
  document.credentialSubject.achievement.alignment[0].targetType = type
}

/** A badge with every class and most terms of the standard; its proof is not good for it. */
function richBadge(badge: Json): Json {
  const rich = structuredClone(badge)
  const image = { id: 'https://sceau.example/image.png', type: 'Image', caption: 'Une image' }
  const alignment = rich.credentialSubject.achievement.alignment[0] as Json
  const identifier = { type: 'IdentifierEntry', identifier: 'A-1', identifierType: 'identifier' }
  rich['@context'].push('https://purl.imsglobal.org/spec/ob/v3p0/extensions.json')
  Object.assign(rich, {
    description: 'Un badge',
    image,
    awardedDate: '2026-06-15T00:00:00+02:00',
    credentialSchema: [
      { id: 'https://sceau.example/schema.json', type: '1EdTechJsonSchemaValidator2019' },
    ],
    refreshService: { id: 'https://sceau.example/refresh', type: '1EdTechCredentialRefresh' },
    endorsementJwt: ['a1.b2.c3'],
  })
  Object.assign(rich.issuer, {
    image: { ...image, id: 'https://sceau.example/logo.png' },
    phone: '000',
    email: 'ecole@example.org',
    address: {
      type: 'Address',
      addressCountry: 'France',
      geo: { type: 'GeoCoordinates', latitude: 46.5, longitude: 6.5 },
    },
    otherIdentifier: [identifier],
    parentOrg: { id: 'did:web:academie.example', type: ['Profile'], name: 'Académie DÉMO' },
    dateOfBirth: '2009-04-17',
  })
  Object.assign(rich.credentialSubject, {
    activityStartDate: '2026-03-01T08:00:00Z',
    activityEndDate: '2026-06-01T08:00:00Z',
    creditsEarned: 1.5,
    identifier: [
      {
        type: 'IdentityObject',
        hashed: true,
        identityHash: 'sha256$00',
        identityType: 'systemId',
        salt: 'x',
      },
    ],
    result: [
      {
        type: ['Result'],
        resultDescription: 'urn:uuid:1',
        status: 'Completed',
        value: '12',
        alignment: [alignment],
      },
    ],
    source: { id: 'did:web:source.example', type: ['Profile'], name: 'Source' },
  })
  Object.assign(rich.credentialSubject.achievement, {
    creditsAvailable: 2,
    humanCode: 'A1',
    otherIdentifier: [identifier],
    related: [{ id: 'urn:uuid:2', type: ['Related'], inLanguage: 'en', version: '1' }],
    tag: ['composite', 'atelier'],
    resultDescription: [
      {
        id: 'urn:uuid:1',
        type: ['ResultDescription'],
        name: 'Niveau',
        resultType: 'RubricCriterionLevel',
        allowedValue: ['A', 'B'],
        requiredLevel: 'urn:uuid:3',
        rubricCriterionLevel: [
          {
            id: 'urn:uuid:3',
            type: ['RubricCriterionLevel'],
            name: 'Acquis',
            level: '1',
            points: '4',
          },
        ],
      },
    ],
  })
  return rich
}
