import { describe, expect, test } from 'vitest'
import { DomainError } from '../../src/errors.js'
import { membersOf, readAsked } from '../../src/verifier/asked.js'

const ask = (text: string) => readAsked(Buffer.from(text))
const badgeIn = (text: string) => {
  const asked = ask(text)
  return 'badge' in asked ? String(asked.badge) : undefined
}

describe('what is asked to be verified', () => {
  test.each([
    ['a name twice', '{"a":1,"a":2}'],
    ['a number that JavaScript rounds', '{"n":12345678901234567890.10}'],
    ['signs of JSON in texts', '{"a":"},{\\"]","b":["{",{}]}'],
    ['another way to write a letter', '{"a":"\\u00e9\\ud800"}'],
    ['spaces and lines', '{ "a" :\n 1 }'],
  ])('IN-03 a credential with %s stays as it is written', (_, written) => {
    expect(badgeIn(`{"credential": ${written}}`)).toBe(written)
    expect(badgeIn(`\n{"credential":${written} }\n`)).toBe(written)
  })

  test('a credential given as a text is that text', () => {
    expect(badgeIn('{"credential":"eyJ.eyJ.x"}')).toBe('eyJ.eyJ.x')
    expect(badgeIn('{"credential":"{\\"a\\":1,\\"a\\":2}"}')).toBe('{"a":1,"a":2}')
  })

  test('a link is a link', () => {
    expect(ask('{"url":"https://sceau.example/b/x"}')).toEqual({
      url: 'https://sceau.example/b/x',
    })
  })

  test.each([
    ['no JSON', '{"credential":'],
    ['no object', '[{"credential":{}}]'],
    ['null', 'null'],
    ['nothing', '{}'],
    ['two credentials', '{"credential":{"a":1},"credential":{"a":2}}'],
    ['one credential under two spellings', '{"credential":{},"\\u0063redential":{}}'],
    ['two links', '{"url":"https://a.example","url":"https://b.example"}'],
    ['a credential and a link', '{"credential":{},"url":"https://a.example"}'],
    ['an unknown field', '{"badge":{}}'],
    ['a number for a credential', '{"credential":1}'],
    ['a list for a credential', '{"credential":[]}'],
  ])('%s is a malformed request', (_, text) => {
    expect(() => ask(text)).toThrow(DomainError)
  })

  test('bytes that are no UTF-8 are a malformed request', () => {
    const bytes = Buffer.from('{"credential":"é"}', 'latin1')
    expect(() => readAsked(bytes)).toThrow(DomainError)
  })

  test('members end where they end, however deep', () => {
    expect(membersOf('{"a":[1,{"b":","}],"c":"}","d":{}}')).toEqual(['[1,{"b":","}]', '"}"', '{}'])
    expect(membersOf('{}')).toEqual([])
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    expect(membersOf(`{"a":${deep}}`)).toEqual([deep])
  })
})
