import { describe, expect, test } from 'vitest'
import {
  buildBadge,
  buildEndorsement,
  type BadgeValues,
} from '../../src/credential/build-credential.js'
import { LINT_NAMES, type Expected } from '../../src/credential/lint.js'
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
  school,
} from '../support/badges.js'

const achievement = badgeValues().achievement
type Fixture = {
  values?: Partial<BadgeValues>
  expects?: Partial<Expected>
  change?: (badge: any) => void
}

/** One fixture a lint, wrong in that one thing only. */
const FAILING: Record<string, Fixture> = {
  closed_syntax: {
    change: (badge) => (badge.credentialSubject.source = { ...badge.issuer, name: 'Un autre nom' }),
  },
  data_model: {
    change: (badge) => (badge.credentialSubject.achievement.achievementType = 'Diplôme'),
  },
  defined_terms: {
    change: (badge) => (badge.credentialSubject.achievement.image.id = 'relative/image.png'),
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

/** JSON has no other numbers; the lint is for values that never went through JSON. */
const NOT_ALONE = ['finite_numbers']

describe('the lint before signing', () => {
  test('lets a sound badge through', async () => {
    const prepared = await prepareCredential(buildBadge(badgeValues()), expected())
    expect(JSON.parse(prepared.text)).toEqual(buildBadge(badgeValues()))
  })

  test('has a failing fixture for each of its lints', () => {
    expect(Object.keys(FAILING).sort()).toEqual(
      LINT_NAMES.filter((name) => !NOT_ALONE.includes(name)).sort(),
    )
  })

  test.each(Object.entries(FAILING))(
    'IS-01 %s refuses what is wrong in that thing only',
    async (name, fixture) => {
      const badge = buildBadge(badgeValues(fixture.values))
      fixture.change?.(badge)
      const error = await prepareCredential(badge, expected(fixture.expects)).catch(
        (caught: unknown) => caught,
      )
      expect(error).toBeInstanceOf(LintError)
      expect((error as LintError).faults.map(({ lint }) => lint)).toEqual([name])
    },
  )

  test.each([
    ['an e-mail address', 'Écrire à quelqu.un@exemple.org'],
    ['a student number', 'Élève 123456789AB'],
    ['a telephone number', 'Appeler le 06 12 34 56 78'],
    ['a name without its accents, in capitals', 'ZOE a réussi'],
  ])('finds %s', async (_, description) => {
    const badge = buildBadge(badgeValues({ achievement: { ...achievement, description } }))
    await expect(prepareCredential(badge, expected())).rejects.toThrow('no_personal_data')
  })

  test('a number that is not finite is refused', async () => {
    const badge: any = buildBadge(badgeValues())
    badge.credentialSubject.achievement.creditsAvailable = Infinity
    await expect(prepareCredential(badge, expected())).rejects.toThrow('finite_numbers')
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

    test('commits a company to a badge definition, and to that one only', async () => {
      await prepareCredential(ofDefinition, expected({ ...ofCompany, definition }))
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
