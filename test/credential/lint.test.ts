import { describe, expect, test } from 'vitest'
import {
  buildBadge,
  buildEndorsement,
  type BadgeValues,
} from '../../src/credential/build-credential.js'
import { lint, LINT_NAMES, type Expected } from '../../src/credential/lint.js'
import {
  LintError,
  PreparedCredential,
  prepareCredential,
  restorePrepared,
} from '../../src/credential/prepare-credential.js'
import { signCredential } from '../../src/credential/sign-credential.js'
import {
  AWARDED,
  badgeValues,
  company,
  endorsementValues,
  expected,
  LISTS,
  reservedIn,
  school,
} from '../support/badges.js'

const achievement = badgeValues().achievement
const RESERVED = reservedIn(buildBadge(badgeValues()))
const OTHER_SUBJECT = 'urn:uuid:0c4f6c0e-38f4-4d53-8a77-6a2f0c6b9d22'
type Fixture = {
  values?: Partial<BadgeValues>
  expects?: Partial<Expected>
  change?: (badge: any) => void
}

/** One fixture a lint, wrong in that one thing only. */
const FAILING: Record<string, Fixture> = {
  finite_numbers: {
    change: (badge) => (badge.credentialSubject.achievement.creditsAvailable = 0.1 + 0.2),
  },
  as_reserved: { expects: { reserved: { ...RESERVED, subject: OTHER_SUBJECT } } },
  own_image: {
    change: (badge) =>
      (badge.credentialSubject.achievement.image.id = 'https://sceau.example.org/image.png'),
  },
  closed_syntax: {
    change: (badge) => (badge.credentialSubject.source = { ...badge.issuer, name: 'Un autre nom' }),
  },
  data_model: {
    change: (badge) => (badge.credentialSubject.achievement.achievementType = 'Diplôme'),
  },
  defined_terms: {
    change: (badge) => (badge.credentialSubject.achievement.creator.id = 'orgs/company'),
  },
  distinct_ids: { values: { id: 'tag:sceau.example,2026:badge' } },
  own_issuer: { expects: { issuer: 'did:web:another.example' } },
  random_subject: { values: { subject: 'https://sceau.example/students/42' } },
  valid_from: { values: { validFrom: '2026-06-13T00:00:00Z' } },
  valid_until: { values: { validUntil: '2026-06-15T00:00:00Z' } },
  status_place: { expects: { statusEntries: 94_567 } },
  visible_characters: {
    values: { achievement: { ...achievement, description: 'Pièce\u202e conforme' } },
  },
  no_personal_data: {
    values: { achievement: { ...achievement, description: 'Bravo à KERGUELEN pour sa pièce.' } },
  },
  plain_markdown: {
    values: { achievement: { ...achievement, criteria: 'Voir [ici](http://exemple.org)' } },
  },
  two_persons: {
    expects: {
      approvals: [
        { by: 'x', digest: 'a'.repeat(64) },
        { by: 'x', digest: 'a'.repeat(64) },
      ],
    },
  },
  size: {
    values: { achievement: { ...achievement, description: 'Pièce conforme. '.repeat(2_200) } },
  },
}

describe('the lint before signing', () => {
  test('lets a sound badge through', async () => {
    const prepared = await prepareCredential(buildBadge(badgeValues()), expected())
    expect(JSON.parse(prepared.text)).toEqual(buildBadge(badgeValues()))
  })

  test('IS-01 has a failing fixture for each of its lints', () => {
    expect(Object.keys(FAILING).sort()).toEqual([...LINT_NAMES].sort())
  })

  test.each(Object.entries(FAILING))(
    'IS-01 %s refuses what is wrong in that thing only',
    async (name, fixture) => {
      const badge = buildBadge(badgeValues(fixture.values))
      fixture.change?.(badge)
      const expects = expected({ reserved: reservedIn(badge), ...fixture.expects })
      const error = await prepareCredential(badge, expects).catch((caught: unknown) => caught)
      expect(error).toBeInstanceOf(LintError)
      expect((error as LintError).faults.map(({ lint }) => lint)).toEqual([name])
    },
  )

  test.each([
    ['an e-mail address', 'Écrire à quelqu.un@exemple.org'],
    ['a student number', 'Élève 123456789AB'],
    ['a telephone number', 'Appeler le 06 12 34 56 78'],
    ['a name without its accents, in capitals', 'ZOE a réussi'],
    ['a name in an address', 'https://www.entreprise-exemple.fr/stagiaires/zoe-kerguelen'],
    ['an e-mail address in an address', 'https://x.example/?mail=lea.martin@exemple.org'],
    ['an e-mail address that begins like a key', 'zoe.martin@lycee-exemple.fr'],
    ['a name behind the name of a scheme', 'did:web:zoe-kerguelen.exemple.org'],
  ])('finds %s', async (_, description) => {
    const badge = buildBadge(badgeValues({ achievement: { ...achievement, description } }))
    await expect(prepareCredential(badge, expected())).rejects.toThrow('no_personal_data')
  })

  test.each([
    [Infinity, false],
    [NaN, false],
    [0.1 + 0.2, false],
    [2 ** 53 + 2, false],
    [0.3, true],
    [-1.5e-7, true],
    [12, true],
  ])('the number %s: every reader has it alike: %s', async (number, isSound) => {
    const badge: any = buildBadge(badgeValues())
    badge.credentialSubject.achievement.creditsAvailable = number
    const faults = await lint(badge, expected())
    expect(faults.some(({ lint: name }) => name === 'finite_numbers')).toBe(!isSound)
  })

  test.each([
    ['of another host', 'https://tracker.example/pixel.png'],
    ['of a host whose name begins like ours', 'https://sceau.example.org/image.png'],
    ['of ours without TLS', 'http://sceau.example/image.png'],
    ['that may hold a script', 'data:image/svg+xml;base64,PHN2Zy8+'],
  ])('an image %s is refused, whatever shows it', async (_, image) => {
    for (const show of [
      (badge: any) => (badge.credentialSubject.achievement.image.id = image),
      (badge: any) => (badge.credentialSubject.achievement.image = image),
      (badge: any) => (badge.issuer.image = { id: image, type: 'Image' }),
    ]) {
      const badge = buildBadge(badgeValues())
      show(badge)
      await expect(prepareCredential(badge, expected())).rejects.toThrow('own_image')
    }
  })

  test('an image that the badge carries with it is ours', async () => {
    const badge: any = buildBadge(badgeValues())
    badge.credentialSubject.achievement.image.id = 'data:image/png;base64,iVBORw0KGgo='
    await prepareCredential(badge, expected())
  })

  test.each([
    ['id', { id: OTHER_SUBJECT }],
    ['subject', { subject: OTHER_SUBJECT }],
    ['place', { position: RESERVED.position + 1 }],
  ])('the %s of another award is refused', async (_, other) => {
    const expects = expected({ reserved: { ...RESERVED, ...other } })
    await expect(prepareCredential(buildBadge(badgeValues()), expects)).rejects.toThrow(
      'as_reserved',
    )
  })

  test('a credential that has a proof already is not prepared', async () => {
    const signed = { ...buildBadge(badgeValues()), proof: [] }
    await expect(prepareCredential(signed, expected())).rejects.toThrow('unsigned')
  })

  test('of frozen bytes, what was linted is signed: a key that stands there twice does so no more', async () => {
    const badge = buildBadge(badgeValues())
    const text = JSON.stringify(badge)
    const touched = `{"name":"Zoé Kerguélen", ${text.slice(1)}`
    expect((await restorePrepared(touched, expected())).text).not.toContain('Zoé')
    expect((await restorePrepared(text, expected())).text).toBe(text)
  })

  test('a prepared credential can’t be made by hand', async () => {
    expect(() => new PreparedCredential(Symbol('prepared'), {})).toThrow(TypeError)
    const forged = { text: '{}', digest: 'a'.repeat(64) } as unknown as PreparedCredential
    await expect(signCredential(forged, school, AWARDED)).rejects.toThrow(TypeError)
  })

  describe('one person alone', () => {
    const definition = badgeValues().achievement.id
    const alone = [{ by: 'admin', digest: 'a'.repeat(64) }]
    const ofCompany = {
      kind: 'EndorsementCredential',
      issuer: company.did,
      statusList: LISTS.company,
      approvals: alone,
    } as const
    const ofDefinition = buildEndorsement(endorsementValues({ target: definition }))
    const reserved = reservedIn(ofDefinition)

    test('commits a company to a badge definition, and to that one only', async () => {
      await prepareCredential(ofDefinition, expected({ ...ofCompany, reserved, definition }))
      for (const other of [`${definition}2`, undefined]) {
        const expects = expected({ ...ofCompany, ...(other && { definition: other }) })
        await expect(prepareCredential(ofDefinition, expects)).rejects.toThrow('two_persons')
      }
    })

    test('endorses no award and issues no badge, whatever is expected', async () => {
      const ofAward = buildEndorsement(endorsementValues())
      const expects = expected({ ...ofCompany, definition })
      await expect(prepareCredential(ofAward, expects)).rejects.toThrow('two_persons')
      const badge = buildBadge(badgeValues())
      const issuing = expected({ approvals: alone, definition })
      await expect(prepareCredential(badge, issuing)).rejects.toThrow('two_persons')
    })

    test('is needed all the same: nobody commits to nothing', async () => {
      const expects = expected({ ...ofCompany, approvals: [], definition })
      await expect(prepareCredential(ofDefinition, expects)).rejects.toThrow('two_persons')
    })
  })

  test('TM-01 a badge is not dated ahead', async () => {
    const early = expected({ now: new Date(AWARDED.getTime() - 86_400_000) })
    await expect(prepareCredential(buildBadge(badgeValues()), early)).rejects.toThrow('valid_from')
  })
})
