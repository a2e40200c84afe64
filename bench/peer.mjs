// Digital Bazaar's verifier, with the documents that it needs at hand.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential } from '@digitalbazaar/vc'
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
