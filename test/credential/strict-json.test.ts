import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readStrictJson } from '../../src/credential/strict-json.js'

const within = (depth: number) => '{"a":'.repeat(depth - 1) + '{}' + '}'.repeat(depth - 1)
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

describe('reading JSON strictly', () => {
  test.each([
    ['IN-01 deep nesting', '['.repeat(100_000), 'too_deep'],
    ['IN-02 too many bytes', `"${'x'.repeat(300_000)}"`, 'too_large'],
    ['IN-03 a key twice', '{"validUntil":"2030","validUntil":"2020"}', 'duplicate_key'],
    ['IN-03 a key twice, once escaped', '{"a":1,"\\u0061":2}', 'duplicate_key'],
    ['IN-03 a key twice, far from its colon', `{"a":1,"a"${' '.repeat(99)}:2}`, 'duplicate_key'],
    ['IN-02 too many bytes in few letters', `"${'€'.repeat(100_000)}"`, 'too_large'],
    ['IN-05 a lone surrogate', '{"name":"A\\ud800"}', 'unicode'],
    ['IN-06 a second document', '{} {}', 'json'],
    ['IN-06 a comment', '{} // x', 'json'],
    ['IN-06 NaN', '{"a":NaN}', 'json'],
    ['JW-21 a prototype key', '{"__proto__":{"admin":true}}', 'forbidden_key'],
    ['IN-01 one level too many', nested(65), 'too_deep'],
    ['IN-02 one letter too many in a text', `"${'x'.repeat(64 * 1024 - 1)}"`, 'too_large'],
    ['IN-02 one byte too many', `{}${' '.repeat(256 * 1024 - 1)}`, 'too_large'],
    ['IN-02 too many numbers', `[${'1,'.repeat(19_999)}1]`, 'too_large'],
    ['IN-02 too many texts', `["a"${',"a"'.repeat(9_999)}]`, 'too_large'],
    ['IN-03 a key twice, around another object', '{"a":{"b":1},"a":2}', 'duplicate_key'],
    ['IN-05 a lone surrogate as it is', '"\ud800"', 'unicode'],
    ['IN-06 keys in a list', '["a":1,"a":2]', 'json'],
    ['IN-06 a text without an end', '"abc', 'json'],
    ['IN-06 a text over two lines', '"a\nb"', 'json'],
    ['IN-06 an escape that is none', '"\\x"', 'json'],
    ['IN-06 an escape that is cut short', '"\\u12"', 'json'],
    ['IN-06 two byte order marks', '\ufeff\ufeff{}', 'json'],
    ['IN-01 one object too many within objects', within(65), 'too_deep'],
    ['IN-01 more objects within objects than a stack holds', within(3_000), 'too_deep'],
    ['IN-03 a key twice, in an object within', '{"a":{"b":1,"b":1}}', 'duplicate_key'],
    ['IN-05 a lone surrogate as it is, in an object', '{"name":"A\ud800"}', 'unicode'],
    ['JW-21 a prototype key within', '{"a":[{"constructor":1}]}', 'forbidden_key'],
    ['JW-21 a prototype key that is escaped', '{"a":{"\\u0070rototype":1}}', 'forbidden_key'],
    ['IN-06 an object without an end', '{"a":{"b":1}', 'json'],
  ])('%s', (_, text, code) => {
    expect(readStrictJson(text)).toMatchObject({ ok: false, fault: { code } })
  })

  test.each([
    ['a text of the greatest length', `"${'x'.repeat(64 * 1024 - 2)}"`],
    ['the greatest number of bytes', `{}${' '.repeat(256 * 1024 - 2)}`],
    ['the greatest depth', nested(64)],
    ['the greatest number of signs', `[${'1,'.repeat(19_998)}1]`],
    ['many lists beside each other', `[${'[],'.repeat(99)}[]]`],
    ['many objects beside each other', `[${'{},'.repeat(99)}{}]`],
    ['one key in two objects', '[{"a":1},{"a":1,"b":{"a":1}}]'],
    ['one text as key and value', '{"a":"a","b":["a","a"]}'],
    ['the greatest depth of objects', within(64)],
    ['a word that is no key here', '{"a":"constructor"}'],
    ['numbers that have another form', '{"a":-0,"b":1e400,"c":1.0,"d":12345678901234567890}'],
    ['keys that look like places', '{"b":1,"1":2,"0":3}'],
    ['every escape', String.raw`{"a":"\"\\\/\b\f\n\r\t\u00e9\ud83d\uDE00"}`],
  ])('%s is read', (_, text) => {
    for (const input of [text, Buffer.from(text)])
      expect(readStrictJson(input)).toEqual({ ok: true, value: JSON.parse(text) })
  })

  test('what JSON.stringify has written is read like the same text with space around it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value)
        expect(readStrictJson(text)).toEqual(readStrictJson(` ${text} `))
      }),
    )
  })

  test('IN-06 invalid UTF-8 is refused, a byte order mark alone is tolerated', () => {
    for (const bytes of [
      [0x22, 0xff, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
      [0x22, 0xc0, 0xaf, 0x22],
    ])
      expect(readStrictJson(Uint8Array.from(bytes))).toMatchObject({
        ok: false,
        fault: { code: 'json' },
      })
    expect(readStrictJson(Buffer.from('\ufeff\ufeff{}'))).toMatchObject({ ok: false })
    expect(readStrictJson(Buffer.from('\ufeff{"a":[1,{"a":2}]}'))).toEqual({
      ok: true,
      value: { a: [1, { a: 2 }] },
    })
  })
})
