import { decodeStatusList } from '../credential/status-list.js'

/** The bits of a published list. Of a list that can’t be read every revocation is missing. */
export function bitsOf(document: string): Uint8Array {
  try {
    const list = JSON.parse(document) as { credentialSubject: { encodedList: string } }
    const bits = decodeStatusList(list.credentialSubject.encodedList)
    return typeof bits === 'object' ? bits : new Uint8Array()
  } catch {
    return new Uint8Array()
  }
}

export function isSetIn(bits: Uint8Array, position: number): boolean {
  return (((bits[position >> 3] ?? 0) >> (7 - (position & 7))) & 1) === 1
}

/** The positions of all bits that are set. */
export function setIn(bits: Uint8Array): number[] {
  const set: number[] = []
  for (const [at, byte] of bits.entries())
    for (let bit = 0; byte !== 0 && bit < 8; bit++)
      if ((byte >> (7 - bit)) & 1) set.push(at * 8 + bit)
  return set
}
