import type { Fetched } from '../../src/context.js'
import { loadConfig } from '../../src/config.js'
import { signIssuerList, type IssuerList } from '../../src/verifier/trust/issuer-list.js'
import { school } from './badges.js'
import { signerOf } from './signers.js'
import { openWorld, type World } from './world.js'

export const ACADEMY = signerOf('academy')
export const LIST_URL = 'https://academie.example/issuers.jwt'

/** What an academy says, in force when the worlds of the tests begin. */
export function issuerList(changes: Partial<IssuerList> = {}): IssuerList {
  return {
    id: LIST_URL,
    publisher: {
      id: 'did:web:academie.example',
      name: { fr: 'Académie DÉMO', en: 'DÉMO Academy' },
    },
    validFrom: '2026-06-01T00:00:00Z',
    validUntil: '2026-12-31T00:00:00Z',
    issuers: [{ id: school.did, name: 'Lycée DÉMO des Tilleuls' }],
    ...changes,
  }
}

export function signedIssuerList(changes: Partial<IssuerList> = {}): Promise<string> {
  return signIssuerList(issuerList(changes), ACADEMY.sign)
}

export type ListWorld = World & { served: Record<string, string> }

/** A world whose operator believes the academy's list; `served` is what stands at which address. */
export async function worldWithList(
  changes: Parameters<typeof openWorld>[0] = {},
): Promise<ListWorld> {
  const served: Record<string, string> = {}
  const config = loadConfig({
    NODE_ENV: 'test',
    PUBLIC_URL: 'https://sceau.example',
    TRUST_LISTS: `${LIST_URL}#${ACADEMY.publicKeyMultibase}`,
  })
  const fetchText = async (url: string): Promise<Fetched> => {
    const text = served[url]
    return text === undefined
      ? { outcome: 'unreachable', reason: 'Nobody is there.' }
      : { outcome: 'found', body: Buffer.from(text), contentType: 'application/jwt' }
  }
  const world = await openWorld({ config, outside: { fetchText }, ...changes })
  return { ...world, served }
}
