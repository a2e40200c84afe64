import koffi from 'koffi'
import { TokenFault } from './tasks.js'

/**
 * The few functions of a PKCS#11 module that signing takes, each throwing unless it answers CKR_OK. Handles and
 * lengths are CK_ULONG, an unsigned long; structures are packed as the compiler does it, which holds on every Unix.
 *
 * @see https://docs.oasis-open.org/pkcs11/pkcs11-spec/v3.1/pkcs11-spec-v3.1.html
 */
export type Cryptoki = ReturnType<typeof loadCryptoki>

export type Attribute = Readonly<{ type: number; value: Uint8Array }>
type Handle = bigint

const ULONG = 'unsigned long'
koffi.struct('CK_ATTRIBUTE', { type: ULONG, pValue: 'void *', ulValueLen: ULONG })
koffi.struct('CK_MECHANISM', { mechanism: ULONG, pParameter: 'void *', ulParameterLen: ULONG })
const ULONG_BYTES = koffi.sizeof(ULONG)

const USER = 1
const SERIAL_SESSION = 4
const RW_SESSION = 2
/** CK_TOKEN_INFO has 208 bytes where a long has eight. */
const TOKEN_INFO_BYTES = 256
const LABEL_BYTES = 32
const FLAGS_AT = 96
const MAX_SLOTS = 64
/** Of RSA with 4096 bits; Ed25519 takes 64. */
const SIGNATURE_BYTES = 512

/** @throws {TokenFault} no-module */
export function loadCryptoki(file: string) {
  const call = bind(file)
  call.initialize(null)
  return { ...slotsOf(call), ...objectsOf(call), ...signaturesOf(call) }
}

type Calls = ReturnType<typeof bind>

function bind(file: string) {
  const library = load(file)
  const C = (name: string, ...types: string[]) => {
    const call = library.func(name, ULONG, types) as (...values: unknown[]) => number | bigint
    return (...values: unknown[]) => {
      const code = Number(call(...values))
      if (code !== 0) throw new TokenFault(`CKR_${nameOf(code)}`)
    }
  }
  const attributes = ['CK_ATTRIBUTE *', ULONG]
  return {
    initialize: C('C_Initialize', 'void *'),
    slotList: C('C_GetSlotList', 'uint8_t', '_Out_ void *', '_Inout_ unsigned long *'),
    tokenInfo: C('C_GetTokenInfo', ULONG, '_Out_ uint8_t *'),
    openSession: C('C_OpenSession', ULONG, ULONG, 'void *', 'void *', '_Out_ void *'),
    sessionInfo: C('C_GetSessionInfo', ULONG, '_Out_ uint8_t *'),
    login: C('C_Login', ULONG, ULONG, 'const uint8_t *', ULONG),
    findInit: C('C_FindObjectsInit', ULONG, ...attributes),
    find: C('C_FindObjects', ULONG, '_Out_ void *', ULONG, '_Out_ void *'),
    findFinal: C('C_FindObjectsFinal', ULONG),
    generatePair: C(
      'C_GenerateKeyPair',
      ...[ULONG, 'CK_MECHANISM *', ...attributes, ...attributes],
      ...['_Out_ void *', '_Out_ void *'],
    ),
    getValue: C('C_GetAttributeValue', ULONG, ULONG, '_Inout_ CK_ATTRIBUTE *', ULONG),
    setValue: C('C_SetAttributeValue', ULONG, ULONG, ...attributes),
    destroy: C('C_DestroyObject', ULONG, ULONG),
    signInit: C('C_SignInit', ULONG, 'CK_MECHANISM *', ULONG),
    sign: C('C_Sign', ULONG, 'const uint8_t *', ULONG, '_Out_ uint8_t *', '_Inout_ void *'),
  }
}

function slotsOf(call: Calls) {
  return {
    /** The slots in which a token is. */
    slots(): Handle[] {
      const slots = Buffer.alloc(MAX_SLOTS * ULONG_BYTES)
      const count = [MAX_SLOTS]
      call.slotList(1, slots, count)
      return Array.from({ length: Number(count[0]) }, (_, at) => ulongAt(slots, at))
    },
    token(slot: Handle): { label: string; flags: number } {
      const info = Buffer.alloc(TOKEN_INFO_BYTES)
      call.tokenInfo(slot, info)
      const label = info.toString('utf8', 0, LABEL_BYTES).trimEnd()
      return { label, flags: info.readUInt32LE(FLAGS_AT) }
    },
    openSession: (slot: Handle): Handle =>
      out((session) => call.openSession(slot, SERIAL_SESSION | RW_SESSION, null, null, session)),
    assertOpen: (session: Handle) => call.sessionInfo(session, Buffer.alloc(TOKEN_INFO_BYTES)),
    login: (session: Handle, pin: Uint8Array) => call.login(session, USER, pin, pin.length),
  }
}

function objectsOf(call: Calls) {
  return {
    /** The first two objects that are like this. */
    find(session: Handle, like: readonly Attribute[]): Handle[] {
      const found = Buffer.alloc(2 * ULONG_BYTES)
      call.findInit(session, like.map(toStruct), like.length)
      const count = out((number) => call.find(session, found, 2, number))
      call.findFinal(session)
      return Array.from({ length: Number(count) }, (_, at) => ulongAt(found, at))
    },
    read(session: Handle, object: Handle, type: number, maxBytes: number): Uint8Array {
      const value = Buffer.alloc(maxBytes)
      const attributes = [toStruct({ type, value })]
      call.getValue(session, object, attributes, 1)
      return value.subarray(0, Number(attributes[0]?.ulValueLen))
    },
    write: (session: Handle, object: Handle, values: readonly Attribute[]) =>
      call.setValue(session, object, values.map(toStruct), values.length),
    destroy: (session: Handle, object: Handle) => call.destroy(session, object),
  }
}

function signaturesOf(call: Calls) {
  return {
    makePair(session: Handle, mechanism: number, of: Readonly<Record<Half, Attribute[]>>) {
      const [open, secret] = [of.open.map(toStruct), of.secret.map(toStruct)]
      const halves: unknown[] = [open, open.length, secret, secret.length]
      const [first, second] = [ulong(0), ulong(0)]
      call.generatePair(session, plain(mechanism), ...halves, first, second)
      return { open: ulongAt(first, 0), secret: ulongAt(second, 0) }
    },
    sign(session: Handle, mechanism: number, key: Handle, bytes: Uint8Array): Uint8Array {
      const signature = Buffer.alloc(SIGNATURE_BYTES)
      const length = ulong(signature.length)
      call.signInit(session, plain(mechanism), key)
      call.sign(session, bytes, bytes.length, signature, length)
      return signature.subarray(0, Number(ulongAt(length, 0)))
    },
  }
}

type Half = 'open' | 'secret'

function load(file: string) {
  try {
    return koffi.load(file)
  } catch {
    throw new TokenFault('no-module')
  }
}

const plain = (mechanism: number) => ({ mechanism, pParameter: null, ulParameterLen: 0 })
const toStruct = ({ type, value }: Attribute) => ({
  type,
  pValue: value,
  ulValueLen: value.length,
})

/** A number as a module reads it. */
export function ulong(value: number): Buffer {
  const bytes = Buffer.alloc(ULONG_BYTES)
  bytes.writeUInt32LE(value)
  return bytes
}

function ulongAt(bytes: Buffer, index: number): bigint {
  const at = index * ULONG_BYTES
  return ULONG_BYTES === 8 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUInt32LE(at))
}

function out(call: (place: Buffer) => void): bigint {
  const place = ulong(0)
  call(place)
  return ulongAt(place, 0)
}

/** Those that an operator meets; any other is told as its number. */
const NAMES: Record<number, string> = {
  0x05: 'GENERAL_ERROR',
  0x06: 'FUNCTION_FAILED',
  0x30: 'DEVICE_ERROR',
  0x31: 'DEVICE_MEMORY',
  0x32: 'DEVICE_REMOVED',
  0x70: 'MECHANISM_INVALID',
  0xa0: 'PIN_INCORRECT',
  0xa4: 'PIN_LOCKED',
  0xb3: 'SESSION_HANDLE_INVALID',
  0xe0: 'TOKEN_NOT_PRESENT',
}

function nameOf(code: number): string {
  return NAMES[code] ?? `0x${code.toString(16)}`
}
