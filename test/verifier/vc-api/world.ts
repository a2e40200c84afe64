import { signerOf } from '../../support/signers.js'
import { lookupsOf } from '../../support/lookups.js'
import { canonizeGeneral } from '../../../src/verifier/vc-api/canonize.js'
import type { Around, Options } from '../../../src/verifier/vc-api/check-signatures.js'
import type { Outcome } from '../../../src/verifier/vc-api/outcome.js'
import { verifyCredential } from '../../../src/verifier/vc-api/verify-credential.js'
import { verifyPresentation } from '../../../src/verifier/vc-api/verify-presentation.js'

type Json = Record<string, any>

export const NOW = new Date('2026-11-24T11:00:00Z')
export const V2 = 'https://www.w3.org/ns/credentials/v2'
export const V1 = 'https://www.w3.org/2018/credentials/v1'
export const EXAMPLES_V2 = 'https://www.w3.org/ns/credentials/examples/v2'
export const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2'

export const issuer = signerOf('general issuer')
export const holder = signerOf('general holder')

/** The smallest credential of VCDM 2.0. */
export function credential(changes: Json = {}): Json {
  return {
    '@context': [V2],
    type: ['VerifiableCredential'],
    issuer: issuer.did,
    credentialSubject: { id: 'did:example:subject' },
    ...changes,
  }
}

/** The smallest of VCDM 1.1 with a Data Integrity proof. */
export function olderCredential(changes: Json = {}): Json {
  return {
    ...credential(),
    '@context': [V1, DATA_INTEGRITY],
    issuanceDate: '2026-01-01T00:00:00Z',
    ...changes,
  }
}

export function presentation(changes: Json = {}): Json {
  return { '@context': [V2], type: ['VerifiablePresentation'], ...changes }
}

export function around(changes: Partial<Around> = {}): Around {
  return { lookups: lookupsOf({}), now: NOW, canonize: canonizeGeneral, ...changes }
}

export const verify = (document: unknown, options: Options = {}, changes: Partial<Around> = {}) =>
  verifyCredential(document as Json, options, around(changes))

export const verifyVp = (document: unknown, options: Options = {}, changes: Partial<Around> = {}) =>
  verifyPresentation(document as Json, options, around(changes))

/** What is wrong, as `code place`. */
export function faults({ errors }: Outcome): string[] {
  return errors.map(({ code, pointer }) => `${code} ${pointer}`)
}
