import { verify } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pkcs11Settings } from '../config.js'
import type { KeyProvider } from '../context.js'
import { multikeyToX, readMultikey, toMultikey } from '../credential/multikey.js'
import type { Words } from '../words.js'
import { DomainError } from '../errors.js'
import { keysAway, TokenLine, type TokenLimits } from './ask-token.js'

export type Pkcs11Provider = KeyProvider &
  Readonly<{
    /** Asks the token. @returns what is wrong with it */
    away(): Promise<Words | undefined>
    close(): void
  }>

/** Ed25519 keys in a token (CKM_EDDSA), through its PKCS#11 module. Every signature is verified before it is given out. */
export function openPkcs11(settings: Pkcs11Settings, limits?: TokenLimits): Pkcs11Provider {
  const token = new TokenLine(settings, limits)
  return {
    async create() {
      const key = await token.ask({ act: 'create' })
      return { publicKeyMultibase: toMultikey(key as Uint8Array) }
    },
    async sign(publicKeyMultibase, bytes) {
      const answer = await token.ask({ act: 'sign', key: rawOf(publicKeyMultibase), bytes })
      if (typeof answer === 'boolean') throw notThere(publicKeyMultibase)
      const known = readMultikey(publicKeyMultibase)
      const isGood = typeof known === 'object' && verify(null, bytes, known.key, answer)
      if (!isGood) throw token.fail('wrong-signature')
      return new Uint8Array(answer)
    },
    async has(publicKeyMultibase) {
      return (await token.ask({ act: 'has', key: rawOf(publicKeyMultibase) })) === true
    },
    async destroy(publicKeyMultibase) {
      await token.ask({ act: 'destroy', key: rawOf(publicKeyMultibase) })
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

function rawOf(publicKeyMultibase: string): Uint8Array {
  return Buffer.from(multikeyToX(publicKeyMultibase), 'base64url')
}

function notThere(publicKeyMultibase: string): Error {
  return new Error(`The key ${publicKeyMultibase} is not in the token: restore the token.`)
}
