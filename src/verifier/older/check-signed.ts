import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { isSignedByJwk } from '../../credential/check-jws.js'
import { BOUND, NOT_ITS_KEY, NOT_SIGNED, SIGNED } from '../findings.js'
import type { Found, FoundChecks } from '../found.js'
import type { Lookups } from '../lookups.js'
import type { Proven } from './check-hosted.js'
import { checkRevoked } from './check-revoked.js'
import * as findings from './findings.js'
import { readLinked } from './read-linked.js'
import { readLinks, type Content } from './read-links.js'
import { verificationOf } from './shapes.js'
import { idOf, listOf, wordOf, type Json } from '../../credential/values.js'

export type Token = Readonly<{ jws: string; header: Json; assertion: Json }>

/** Bits of an RSA key below which others can find the private one (NIST SP 800-131A). */
const MIN_RSA_BITS = 2048
/** A key that signs for an issuer, by kind, and the only algorithm that it is used with. */
const ALGORITHMS: Readonly<Record<string, string>> = { rsa: 'RS256', ec: 'ES256' }

/**
 * A signed badge is true when a key that its issuer's own profile lists, and that says it is the
 * issuer's, made the signature; then the issuer's list tells whether it was revoked.
 *
 * @see https://www.imsglobal.org/spec/ob/v2p0/ SignedBadge Verification
 */
export async function checkSigned(token: Token, lookups: Lookups): Promise<Proven> {
  const links = await readLinks(token.assertion, lookups)
  if ('found' in links) return links
  const found = await checkKeys(token, links, lookups)
  return {
    content: links,
    found: {
      ...found,
      // What a list says matters only for content that is proven.
      ...(found.proof?.result === 'pass' && {
        status: await checkRevoked(token.assertion, links.profile, lookups),
      }),
    },
  }
}

/** The keys that may have signed: the one that the badge names, if the profile lists it; else each listed one. */
async function checkKeys(
  token: Token,
  { profile }: Content,
  lookups: Lookups,
): Promise<FoundChecks> {
  const creator = idOf(verificationOf(token.assertion).creator)
  const listed = listOf(profile.publicKey).filter(
    (key) => creator === undefined || idOf(key) === creator,
  )
  const tried: FoundChecks[] = []
  for (const link of listed) {
    const found = await checkKey(link, { token, profile, lookups })
    if (found.proof?.result === 'pass') return found
    tried.push(found)
  }
  return (
    tried.find(({ proof }) => proof?.result === 'unknown') ??
    tried[0] ?? { issuer_binding: NOT_ITS_KEY }
  )
}

type Asked = Readonly<{ token: Token; profile: Json; lookups: Lookups }>

async function checkKey(link: unknown, { token, profile, lookups }: Asked): Promise<FoundChecks> {
  const key = await readLinked(link, 'CryptographicKey', lookups)
  if (key.outcome === 'malformed') return { structure: findings.WRONG_LINK }
  if (key.outcome === 'other') return { issuer_binding: NOT_ITS_KEY }
  if (key.outcome !== 'found') return { proof: findings.NO_KEY }
  if (idOf(key.value.owner) !== profile.id) return { issuer_binding: NOT_ITS_KEY }
  return {
    proof: await checkSignature(token, wordOf(key.value.publicKeyPem)),
    issuer_binding: BOUND,
  }
}

async function checkSignature({ jws, header }: Token, pem: string): Promise<Found> {
  const key = readPem(pem)
  if (!key || header.alg !== ALGORITHMS[key.asymmetricKeyType ?? '']) return findings.WRONG_KEY
  const { modulusLength = MIN_RSA_BITS } = key.asymmetricKeyDetails ?? {}
  if (modulusLength < MIN_RSA_BITS) return findings.WEAK_KEY
  const jwk: JsonWebKey = key.export({ format: 'jwk' })
  return (await isSignedByJwk(jws, header, jwk)) ? SIGNED : NOT_SIGNED
}

/** Of a private key Node would make the public one: nobody who publishes that signs for anybody. */
function readPem(pem: string): KeyObject | undefined {
  if (!/^\s*-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(pem)) return undefined
  try {
    return createPublicKey(pem)
  } catch {
    return undefined
  }
}
