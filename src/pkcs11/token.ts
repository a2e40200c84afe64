import { readFileSync } from 'node:fs'
import type { Pkcs11Settings } from '../config.js'
import { loadCryptoki, ulong, type Cryptoki } from './cryptoki.js'
import { ID, KEY_CLASS as CLASS, makeEd25519, makeRsa, readModulus, SIGNING } from './token-keys.js'
import { TokenFault, type Answer, type Task } from './tasks.js'

const PUBLIC_KEY_CLASS = 2
const PRIVATE_KEY_CLASS = 3
/** CKF_USER_PIN_FINAL_TRY and CKF_USER_PIN_LOCKED */
const NEARLY_LOCKED = 0x60000

/**
 * The keys of one token, in one session. A key of ours has its 32 bytes as CKA_ID, and `sceau` with its name as label;
 * its private half is sensitive and never extractable.
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
        return (task.kind === 'RSA' ? makeRsa : makeEd25519)(cryptoki, session)
      case 'modulus': {
        const [open] = objectsOf(PUBLIC_KEY_CLASS, task.key)
        return open === undefined ? false : readModulus(cryptoki, session, open)
      }
      case 'has':
        return privateHalf(task.key) !== undefined
      case 'sign': {
        const key = privateHalf(task.key)
        return key !== undefined && cryptoki.sign(session, SIGNING[task.kind], key, task.bytes)
      }
      case 'destroy':
        found.clear()
        for (const kind of [PUBLIC_KEY_CLASS, PRIVATE_KEY_CLASS])
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
