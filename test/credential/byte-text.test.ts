import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  areDecided,
  fromByteText,
  sha256OfBytes,
  sortOnce,
  toByteText,
} from '../../src/credential/byte-text.js'
import { toUtf8 } from '../../src/credential/digest.js'

describe('bytes of a text', () => {
  test('are its UTF-8, one letter for each', () => {
    for (const text of ['', 'a', 'é’😀', '\u0000\u007f\u0080\uffff']) {
      expect(toByteText(text)).toBe(Buffer.from(text).toString('latin1'))
      expect(fromByteText(toByteText(text))).toBe(text)
      expect(sha256OfBytes(toByteText(text), 'hex')).toBe(
        createHash('sha256').update(text).digest('hex'),
      )
    }
  })

  test('are those of U+FFFD for half a letter', () => {
    for (const text of ['\ud800', 'a\udc00’', '😀\ud83d', ''])
      expect(Buffer.from(toUtf8(text))).toEqual(Buffer.from(text))
  })

  test('are sorted as JavaScript sorts the text, where emoji come before U+E000', () => {
    for (const texts of [
      ['b', 'a'],
      ['\ue000', '😀', 'é', '’'],
      ['x\uff21', 'x😀'],
    ]) {
      const sorted = sortOnce(texts.map(toByteText))
      expect(sorted?.map(fromByteText)).toEqual([...texts].sort())
    }
  })

  test('have no order where two are the same, or one may have been half a letter', () => {
    expect(sortOnce(['a', 'b', 'a'])).toBeUndefined()
    expect(sortOnce([toByteText('\ufffd'), toByteText('😀')])).toBeUndefined()
  })

  test('decide by their beginnings unless one goes on from another, or emoji are among them', () => {
    expect(areDecided(['<', '_:a', '_:z'])).toBe(true)
    expect(areDecided(['_:a <x> "', '_:a <x> "b'])).toBe(false)
    expect(areDecided(['a', toByteText('😀')])).toBe(false)
  })
})
