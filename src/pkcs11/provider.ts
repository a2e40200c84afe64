import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pkcs11Settings } from '../config.js'
import type { KeyProvider, RsaPublicKey } from '../context.js'
import { thumbprintOf } from '../credential/jwk.js'
import { multikeyToX, readMultikey, toMultikey } from '../credential/multikey.js'
import type { Words } from '../words.js'
import { DomainError } from '../errors.js'
import { keysAway, TokenLine, type TokenLimits } from './ask-token.js'
import type { TokenKind } from './tasks.js'
import { jwkOfModulus } from './token-keys.js'

export type Pkcs11Provider = KeyProvider &
  Readonly<{
    createRsa(): Promise<RsaPublicKey>
    /** Asks the token. @returns what is wrong with it */
    away(): Promise<Words | undefined>
    close(): void
  }>

/** Ed25519 and RSA keys in a token (CKM_EDDSA, CKM_SHA256_RSA_PKCS), through its PKCS#11 module. Every signature is verified before it is given out. */
export function openPkcs11(settings: Pkcs11Settings, limits?: TokenLimits): Pkcs11Provider {
  const token = new TokenLine(settings, limits)
  // A thumbprint says nothing of the key that it is of: the token is asked once.
  const rsaKeys = new Map<string, KeyObject>()
  const publicHalf = async (name: string): Promise<KeyObject | undefined> => {
    if (kindOf(name) === 'Ed25519') return ed25519Of(name)
    const key =
      rsaKeys.get(name) ?? rsaOf(name, await token.ask({ act: 'modulus', key: rawOf(name) }))
    if (key) rsaKeys.set(name, key)
    return key
  }
  return {
    async create() {
      const key = await token.ask({ act: 'create', kind: 'Ed25519' })
      return { publicKeyMultibase: toMultikey(key as Uint8Array) }
    },
    async createRsa() {
      const modulus = await token.ask({ act: 'create', kind: 'RSA' })
      const publicKeyJwk = jwkOfModulus(modulus as Uint8Array)
      return { thumbprint: thumbprintOf(publicKeyJwk), publicKeyJwk }
    },
    async sign(name, bytes) {
      const kind = kindOf(name)
      const answer = await token.ask({ act: 'sign', kind, key: rawOf(name), bytes })
      if (typeof answer === 'boolean') throw notThere(name)
      const key = await publicHalf(name)
      const isGood = key && verify(kind === 'RSA' ? 'sha256' : null, bytes, key, answer)
      if (!isGood) throw token.fail('wrong-signature')
      return new Uint8Array(answer)
    },
    async has(name) {
      return (await token.ask({ act: 'has', key: rawOf(name) })) === true
    },
    async destroy(name) {
      await token.ask({ act: 'destroy', key: rawOf(name) })
    },
    away: () => Promise.race([faultOf(token), slow()]),
    close: () => token.close(),
  }
}

/** Who watches us waits for less than a token may take: until then it is as good as away. */
const LOOK_MS = 2_000

function slow(): Promise<Words> {
  return sleep(LOOK_MS, keysAway('no-answer').words, { ref: false })
}

async function faultOf(token: TokenLine): Promise<Words | undefined> {
  try {
    await token.ask({ act: 'look' })
    return undefined
  } catch (error) {
    if (error instanceof DomainError) return error.words
    throw error
  }
}

/** A thumbprint: 32 bytes in base64url. A Multikey has 48 signs. */
const THUMBPRINT = /^[\w-]{43}$/

function kindOf(name: string): TokenKind {
  return THUMBPRINT.test(name) ? 'RSA' : 'Ed25519'
}

function rawOf(name: string): Uint8Array {
  return Buffer.from(kindOf(name) === 'RSA' ? name : multikeyToX(name), 'base64url')
}

function ed25519Of(name: string): KeyObject | undefined {
  const known = readMultikey(name)
  return typeof known === 'object' ? known.key : undefined
}

/** @returns undefined for a modulus that is not of this name */
function rsaOf(name: string, modulus: Uint8Array | boolean): KeyObject | undefined {
  if (typeof modulus === 'boolean') return undefined
  const jwk = jwkOfModulus(modulus)
  return thumbprintOf(jwk) === name ? createPublicKey({ key: jwk, format: 'jwk' }) : undefined
}

function notThere(name: string): Error {
  return new Error(`The key ${name} is not in the token: restore the token.`)
}
