import type { Words } from '../words.js'

export type TokenKind = 'Ed25519' | 'RSA'

/**
 * What the process beside us is asked. A key is named by 32 bytes: the public half of an Ed25519 key, the thumbprint of
 * an RSA key (RFC 7638, SHA-256).
 */
export type Task =
  | Readonly<{ act: 'look' }>
  | Readonly<{ act: 'create'; kind: TokenKind }>
  | Readonly<{ act: 'has' | 'destroy' | 'modulus'; key: Uint8Array }>
  | Readonly<{ act: 'sign'; kind: TokenKind; key: Uint8Array; bytes: Uint8Array }>

/** Public half (of an RSA key its modulus), signature, or whether it is there. */
export type Answer = Uint8Array | boolean

/** Why a token can't be used: told to people, so never what a module says itself. */
export type Fault = keyof typeof FAULTS | `CKR_${string}`

export const FAULTS = {
  'no-module': { fr: 'le module PKCS#11 ne se charge pas', en: 'the PKCS#11 module does not load' },
  'no-token': { fr: 'aucun jeton n’a ce nom', en: 'no token has this label' },
  'no-pin': {
    fr: 'le fichier du PIN ne peut pas être lu',
    en: 'the file of the PIN can’t be read',
  },
  'pin-refused': {
    fr: 'le PIN est refusé, et ne sera pas réessayé : corrigez son fichier, puis redémarrez',
    en: 'the PIN is refused, and is not tried again: correct its file, then restart',
  },
  'pin-nearly-locked': {
    fr: 'le PIN a été refusé trop souvent ; nous ne l’essayons pas, pour ne pas verrouiller le jeton',
    en: 'the PIN was refused too often; we don’t try it, so as not to lock the token',
  },
  'no-answer': { fr: 'le jeton ne répond pas à temps', en: 'the token does not answer in time' },
  ended: { fr: 'le module PKCS#11 s’est arrêté', en: 'the PKCS#11 module broke down' },
  'wrong-signature': {
    fr: 'le jeton a rendu une signature fausse',
    en: 'the token gave a wrong signature',
  },
} as const satisfies Record<string, Words>

/** Another try would bring the token nearer to its lock: only a restart tries again. */
export const LASTING: readonly Fault[] = ['pin-refused']

export function wordsOf(fault: Fault): Words {
  return fault in FAULTS ? FAULTS[fault as keyof typeof FAULTS] : { fr: fault, en: fault }
}

/** Thrown in the process beside us. */
export class TokenFault extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault)
    this.fault = fault
  }
}
