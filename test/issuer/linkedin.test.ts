import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkedInUrl, type LinkedInBadge } from '../../src/issuer/linkedin.js'

const BADGE: LinkedInBadge = {
  name: 'Préparer & stratifier + poncer',
  organisation: { name: 'Lycée DÉMO des Tilleuls' },
  validFrom: '2026-01-24T00:00:00Z',
  validUntil: null,
  url: 'https://sceau.example/b/0000000000000000000000',
  code: '7K3M-Q0ZD',
}
const fieldsOf = (url: string) => Object.fromEntries(new URL(url).searchParams)

test('a badge without an end, by the name of its school', () => {
  expect(linkedInUrl(BADGE)).toMatch(/^https:\/\/www\.linkedin\.com\/profile\/add\?startTask=/)
  expect(fieldsOf(linkedInUrl(BADGE))).toEqual({
    startTask: 'CERTIFICATION_NAME',
    name: 'Préparer & stratifier + poncer',
    organizationName: 'Lycée DÉMO des Tilleuls',
    issueYear: '2026',
    issueMonth: '1',
    certUrl: 'https://sceau.example/b/0000000000000000000000',
    certId: '7K3M-Q0ZD',
  })
})

test('a badge with an end, by the number of its school’s page, without a code', () => {
  const badge = {
    ...BADGE,
    organisation: { id: '12345' },
    validUntil: '2028-12-01T00:00:00Z',
    code: null,
  }
  const fields = fieldsOf(linkedInUrl(badge))
  expect(fields).toMatchObject({
    organizationId: '12345',
    expirationYear: '2028',
    expirationMonth: '12',
  })
  expect(fields).not.toHaveProperty('organizationName')
  expect(fields).not.toHaveProperty('certId')
})

test('whatever a badge holds, every field is what it says and none is made of nothing', () => {
  const day = fc
    .date({ min: new Date('1990-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString())
  const instant = fc.oneof(day, fc.string())
  const badges = fc.record({
    name: fc.string({ unit: 'grapheme' }),
    organisation: fc.oneof(
      fc.record({ name: fc.string({ unit: 'grapheme' }) }),
      fc.record({ id: fc.stringMatching(/^\d{1,10}$/) }),
    ),
    validFrom: instant,
    validUntil: fc.option(instant),
    url: fc.webUrl(),
    code: fc.option(fc.string()),
  })
  fc.assert(
    fc.property(badges, (badge) => {
      const { issueYear, issueMonth, expirationYear, expirationMonth, ...said } = fieldsOf(
        linkedInUrl(badge),
      )
      const { name, organisation, url, code } = badge
      expect(said).toEqual({
        startTask: 'CERTIFICATION_NAME',
        name,
        certUrl: url,
        ...(code === null ? {} : { certId: code }),
        ...('id' in organisation
          ? { organizationId: organisation.id }
          : { organizationName: organisation.name }),
      })
      for (const [year, month] of [
        [issueYear, issueMonth],
        [expirationYear, expirationMonth],
      ]) {
        expect(year === undefined).toBe(month === undefined)
        if (year !== undefined) expect(Number(year)).toBeGreaterThanOrEqual(0)
        if (month !== undefined) expect(month).toMatch(/^(?:[1-9]|1[0-2])$/)
      }
    }),
    { numRuns: 500 },
  )
})
