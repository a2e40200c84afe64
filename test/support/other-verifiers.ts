import { DataIntegrityProof as BazaarProof } from '@digitalbazaar/data-integrity'
import { cryptosuite as bazaarSuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential as bazaarVerify } from '@digitalbazaar/vc'
import { DataIntegrityProof } from '@digitalcredentials/data-integrity'
import { cryptosuite } from '@digitalcredentials/eddsa-rdfc-2022-cryptosuite'
import { securityLoader } from '@digitalcredentials/security-document-loader'
import { verifyCredential as dccVerify } from '@digitalcredentials/vc'
import { verifyCredential as coreVerify } from '@digitalcredentials/verifier-core'
import type { Express } from 'express'
import request from 'supertest'
import { vi } from 'vitest'
import { loadContext } from '../../src/credential/contexts.js'

type Json = Record<string, any>

/** What the service answers at the addresses that a badge names: DID documents and status lists. */
export type Served = ReadonlyMap<string, Json>

export async function servedFor(app: Express, badge: Json): Promise<Served> {
  const served = new Map<string, Json>()
  for (const url of addressesIn(badge)) {
    const { body } = await request(app).get(new URL(url).pathname).expect(200)
    served.set(url, body as Json)
  }
  return served
}

/** Other people's libraries, without network: whoever asks for something that is not ours is told so. */
export function otherVerifiers(served: Served, now: Date) {
  const checkStatus = async () => ({ verified: true })
  vi.stubGlobal('fetch', async (input: Request | string) => {
    const url = typeof input === 'string' ? input : input.url
    const document = served.get(url)
    if (!document) throw new TypeError(`no network in this test: ${url}`)
    return Response.json(document)
  })
  const load = securityLoader().build()
  return {
    bazaar: (credential: object) =>
      bazaarVerify({
        credential,
        suite: new BazaarProof({ cryptosuite: bazaarSuite }),
        documentLoader: async (url) => documentAt(served, url) ?? loadContext(url),
        now,
        checkStatus,
      }),
    dcc: (credential: object) =>
      dccVerify({
        credential,
        suite: new DataIntegrityProof({ cryptosuite }),
        documentLoader: async (url: string) => documentAt(served, url) ?? load(url),
        now,
        checkStatus,
      }),
    core: async (credential: Json) => {
      const answer: Json = await coreVerify({
        credential: structuredClone(credential) as never,
        knownDIDRegistries: [],
      })
      const step = (name: string) => answer.log?.find(({ id }: Json) => id === name)?.valid
      return { signature: step('valid_signature'), revoked: step('revocation_status') }
    },
  }
}

/** Every credential that stands inside another, wherever it does. */
export function endorsementsIn(value: unknown): Json[] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.values(value).flatMap(endorsementsIn)
  const own = value as Json
  return own['@context'] && own.type.includes('EndorsementCredential') ? [own, ...inside] : inside
}

function addressesIn(document: Json): Set<string> {
  const credentials = [document, ...endorsementsIn(document)]
  return new Set(
    credentials.flatMap(({ issuer, credentialStatus }) => [
      `https://${decodeURIComponent(issuer.id.slice('did:web:'.length).replaceAll(':', '/'))}/did.json`,
      credentialStatus.statusListCredential as string,
    ]),
  )
}

/** A DID document by its DID, and one key of it by its id, as the libraries ask for them. */
function documentAt(served: Served, url: string): object | undefined {
  const [did, key] = url.split('#')
  const document = [...served.values()].find(({ id }) => id === did)
  const method = document?.verificationMethod?.find(({ id }: Json) => id === url)
  const found = key === undefined ? document : method && { '@context': MULTIKEY, ...method }
  return found && { contextUrl: null, documentUrl: url, document: found }
}
const MULTIKEY = 'https://w3id.org/security/multikey/v1'
