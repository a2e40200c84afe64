// Digital Bazaar's library, with the documents that it needs at hand.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { issue, verifyCredential } from '@digitalbazaar/vc'
import { loadContext } from '../dist/credential/contexts.js'
import { NOW } from './badges.mjs'

const MULTIKEY = 'https://w3id.org/security/multikey/v1'

/** @returns whether the signature is good and its controller lists the key; the status is not looked at */
export function peerOf(served) {
  const documents = new Map()
  for (const document of served.values()) {
    for (const method of document.verificationMethod ?? []) {
      documents.set(document.id, document)
      documents.set(method.id, { '@context': MULTIKEY, ...method })
    }
  }
  const documentLoader = async (url) => {
    const document = documents.get(url)
    return document ? { contextUrl: null, documentUrl: url, document } : loadContext(url)
  }
  return async (credential) => {
    const { verified } = await verifyCredential({
      credential,
      suite: new DataIntegrityProof({ cryptosuite }),
      documentLoader,
      now: NOW,
      checkStatus: async () => ({ verified: true }),
    })
    return verified
  }
}

/** Issues by `issue` of the library; the key is at hand, which the library's own keys are not. */
export function peerIssuer({ id, sign }) {
  const signer = { id, algorithm: 'Ed25519', sign: ({ data }) => sign(data) }
  return async (credential, created) => {
    const date = `${created.toISOString().slice(0, 19)}Z`
    const suite = new DataIntegrityProof({ signer, date, cryptosuite })
    return issue({ credential, suite, documentLoader: loadContext, now: created })
  }
}
