import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential } from '@digitalbazaar/vc'
import { loadContext } from '../../../src/credential/contexts.js'
import { didKeyToMultibase } from '../../../src/credential/did.js'
import { AWARDED } from '../../support/badges.js'
import type { Json } from './badges.js'

/** What `@digitalbazaar/vc` says, without network; its answer to a status is ours to give, and is "good". */
export async function otherVerdict(credential: Json): Promise<boolean> {
  const suite = new DataIntegrityProof({ cryptosuite })
  const checkStatus = async () => ({ verified: true })
  const about = { credential, suite, documentLoader: load, checkStatus, now: AWARDED }
  try {
    return (await verifyCredential(about)).verified
  } catch {
    return false
  }
}

async function load(url: string) {
  const [did = '', fragment] = url.split('#')
  const publicKeyMultibase = didKeyToMultibase(did)
  if (publicKeyMultibase === undefined) return loadContext(url)
  const id = `${did}#${publicKeyMultibase}`
  const method = { id, type: 'Multikey', controller: did, publicKeyMultibase }
  const document =
    fragment === undefined
      ? { '@context': DID, id: did, verificationMethod: [method], assertionMethod: [id] }
      : { '@context': MULTIKEY, ...method }
  return { contextUrl: null, documentUrl: url, document }
}
const DID = 'https://www.w3.org/ns/did/v1'
const MULTIKEY = 'https://w3id.org/security/multikey/v1'
