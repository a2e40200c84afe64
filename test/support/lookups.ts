import { buildStatusList } from '../../src/credential/build-credential.js'
import { prepareStatusList } from '../../src/credential/prepare-credential.js'
import { signCredential, type Signer } from '../../src/credential/sign-credential.js'
import { domainOf } from '../../src/verifier/signed-content.js'
import { skeleton } from '../../src/credential/skeleton.js'
import type { IssuerKey, Looked, Lookups } from '../../src/verifier/lookups.js'
import { AWARDED } from './badges.js'

/** A signed list at `id`, of whoever holds the key. */
export async function signedList(
  signer: Signer,
  id: string,
  changes: Partial<Parameters<typeof buildStatusList>[0]> = {},
): Promise<Record<string, unknown>> {
  const list = buildStatusList({
    id,
    issuer: signer.controller,
    entries: 131_072,
    revoked: [],
    validFrom: '2026-06-15T00:00:00Z',
    validUntil: '2026-06-22T00:00:00Z',
    ...changes,
  })
  return JSON.parse(await signCredential(prepareStatusList(list), signer, AWARDED)) as Record<
    string,
    unknown
  >
}

/** Others, as far as a test says what they answer; silence is unreachable. */
export function lookupsOf(answers: {
  lists?: Record<string, unknown>
  keys?: Record<string, Looked<readonly IssuerKey[]>>
  known?: Record<string, string>
  /** What stands at an address; a bare outcome where nothing does. */
  documents?: Record<string, unknown>
}): Lookups {
  return {
    issuerKeys: async (issuerId) => answers.keys?.[issuerId] ?? { outcome: 'unreachable' },
    statusList: async (url) => {
      const value = answers.lists?.[url]
      return value === undefined ? { outcome: 'unreachable' } : { outcome: 'found', value }
    },
    document: async (url) => {
      const value = answers.documents?.[url]
      if (value === 'missing' || value === 'gone') return { outcome: value }
      return value === undefined ? { outcome: 'unreachable' } : { outcome: 'found', value }
    },
    knows: async (issuerId) => {
      const name = answers.known?.[issuerId]
      return name === undefined ? undefined : { name, standing: 'counts' }
    },
    resembles: async (name) => {
      const other = Object.entries(answers.known ?? {}).find(
        ([, known]) => skeleton(known) === skeleton(name),
      )
      return other && { name: other[1], domain: domainOf(other[0]) }
    },
  }
}
