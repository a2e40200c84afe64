import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openNote, signNote, toVkey, type NoteKey } from '../../src/transparency/note.js'

function aKey(name: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key: NoteKey = {
    name,
    publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url'),
  }
  return { key, sign: async (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, privateKey)) }
}

/** From C2SP signed-note, and the package golang.org/x/mod/sumdb/note, whose key is written down as a vkey. */
const PETER = {
  vkey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  note: `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`,
}

describe('a signed note', () => {
  test('of others opens with the key that they write down', () => {
    const [name = '', , encoded = ''] = PETER.vkey.split('+')
    const key = { name, publicKey: Buffer.from(encoded, 'base64').subarray(1) }
    expect(toVkey(key)).toBe(PETER.vkey)
    expect(openNote(PETER.note, [key])).toBe(PETER.note.split('\n\n')[0] + '\n')
    expect(openNote(PETER.note.replace("don't", 'do'), [key])).toBeUndefined()
  })

  test('opens with the key that signed it, beside other signatures, and with no other', async () => {
    const [own, other] = [aKey('sceau.example/log'), aKey('sceau.example/log')]
    const text = 'sceau.example/log\n3\nabc=\n'
    const note = await signNote(text, own.key, own.sign)
    expect(note).toMatch(/^sceau.example\/log\n3\nabc=\n\n— sceau\.example\/log [\w+/]+=*\n$/)
    expect(openNote(note, [other.key, own.key])).toBe(text)
    expect(openNote(note, [other.key])).toBeUndefined()
    expect(openNote(note, [{ ...own.key, name: 'other' }])).toBeUndefined()
    expect(openNote(`${note}— witness.example/w1 AAAA\n`, [own.key])).toBe(text)
    for (const bad of ['', text, '\n\n', note.replace('\n3\n', '\n4\n'), note.replace('—', '-')])
      expect(openNote(bad, [own.key])).toBeUndefined()
  })
})
