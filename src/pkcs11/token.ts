import { readFileSync } from 'node:fs'
import type { Pkcs11Settings } from '../config.js'
import { toMultikey } from '../credential/multikey.js'
import { loadCryptoki, ulong, type Attribute, type Cryptoki } from './cryptoki.js'
import { TokenFault, type Answer, type Task } from './tasks.js'

const CLASS = 0x0
const TOKEN = 0x1
const PRIVATE = 0x2
const LABEL = 0x3
const KEY_TYPE = 0x100
const ID = 0x102
const SENSITIVE = 0x103
const SIGN = 0x108
const VERIFY = 0x10a
const EXTRACTABLE = 0x162
const EC_PARAMS = 0x180
const EC_POINT = 0x181
const SECRET_KEY_CLASSES = [2, 3] as const
const PRIVATE_KEY_CLASS = 3
const EC_EDWARDS = 0x40
const EDWARDS_PAIR = 0x1055
const EDDSA = 0x1057
/** CKF_USER_PIN_FINAL_TRY and CKF_USER_PIN_LOCKED */
const NEARLY_LOCKED = 0x60000

/** edwards25519 by its name (PKCS#11 3.0), as a PrintableString. */
const ED25519 = Buffer.from('130c656477617264733235353139', 'hex')
const POINT_BYTES = 32
/** An OCTET STRING of 32 bytes: how some modules wrap a point, others give it bare. */
const WRAPPED_POINT = Buffer.from('0420', 'hex')

const yes = (type: number): Attribute => ({ type, value: Buffer.of(1) })
const no = (type: number): Attribute => ({ type, value: Buffer.of(0) })

/**
 * The keys of one token, in one session. A key of ours has the 32 bytes of its public half as CKA_ID, and
 * `sceau z6Mk…` as label; its private half is sensitive and never extractable.
 *
 * @throws {TokenFault} from each
 */
export function openToken(settings: Pkcs11Settings): (task: Task) => Answer {
  const cryptoki = loadCryptoki(settings.module)
  const session = logIn(cryptoki, settings)
  const found = new Map<string, bigint>()
  const privateHalf = (key: Uint8Array) => {
    const name = Buffer.from(key).toString('hex')
    const known = found.get(name) ?? objectsOf(PRIVATE_KEY_CLASS, key)[0]
    if (known !== undefined) found.set(name, known)
    return known
  }
  const objectsOf = (kind: number, key: Uint8Array) =>
    cryptoki.find(session, [
      { type: CLASS, value: ulong(kind) },
      { type: ID, value: key },
    ])
  return (task) => {
    switch (task.act) {
      case 'look':
        cryptoki.assertOpen(session)
        return true
      case 'create':
        return create(cryptoki, session)
      case 'has':
        return privateHalf(task.key) !== undefined
      case 'sign': {
        const key = privateHalf(task.key)
        return key === undefined ? false : cryptoki.sign(session, EDDSA, key, task.bytes)
      }
      case 'destroy':
        found.clear()
        for (const kind of SECRET_KEY_CLASSES)
          for (const object of objectsOf(kind, task.key)) cryptoki.destroy(session, object)
        return true
    }
  }
}

function logIn(cryptoki: Cryptoki, { token, pinFile }: Pkcs11Settings): bigint {
  const slot = cryptoki.slots().find((one) => cryptoki.token(one).label === token)
  if (slot === undefined) throw new TokenFault('no-token')
  if ((cryptoki.token(slot).flags & NEARLY_LOCKED) !== 0) throw new TokenFault('pin-nearly-locked')
  const pin = readPin(pinFile)
  const session = cryptoki.openSession(slot)
  try {
    cryptoki.login(session, pin)
  } catch (error) {
    if (!(error instanceof TokenFault) || !error.fault.startsWith('CKR_PIN')) throw error
    throw new TokenFault('pin-refused')
  } finally {
    pin.fill(0)
  }
  return session
}

function readPin(file: string): Buffer {
  try {
    return Buffer.from(readFileSync(file, 'utf8').trim())
  } catch {
    throw new TokenFault('no-pin')
  }
}

/** @returns the public half, once the token has kept both under its name */
function create(cryptoki: Cryptoki, session: bigint): Uint8Array {
  const type: Attribute = { type: KEY_TYPE, value: ulong(EC_EDWARDS) }
  const halves = cryptoki.makePair(session, EDWARDS_PAIR, {
    open: [type, { type: EC_PARAMS, value: ED25519 }, yes(TOKEN), yes(VERIFY)],
    secret: [type, yes(TOKEN), yes(PRIVATE), yes(SENSITIVE), no(EXTRACTABLE), yes(SIGN)],
  })
  const point = cryptoki.read(session, halves.open, EC_POINT, WRAPPED_POINT.length + POINT_BYTES)
  const key = point.slice(-POINT_BYTES)
  const name = [
    { type: ID, value: key },
    { type: LABEL, value: Buffer.from(`sceau ${toMultikey(key)}`) },
  ]
  cryptoki.write(session, halves.secret, name)
  cryptoki.write(session, halves.open, name)
  return key
}
