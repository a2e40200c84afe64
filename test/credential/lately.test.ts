import { expect, test } from 'vitest'
import { Lately } from '../../src/credential/lately.js'

test('what was made lately is kept by its name, and by no other', () => {
  const lately = new Lately<string>(2)
  expect(lately.get('a')).toBeUndefined()
  lately.set('a', 'A')
  expect(lately.get('a')).toBe('A')
  for (const other of ['A', 'a ', '', '__proto__', 'constructor'])
    expect(lately.get(other), other).toBeUndefined()
  lately.set('a', 'B')
  expect(lately.get('a')).toBe('B')
})

test('what was unasked for longest makes room, and not before there is too much', () => {
  const lately = new Lately<number>(2)
  lately.set('a', 1)
  lately.set('b', 2)
  expect([lately.get('b'), lately.get('a')]).toEqual([2, 1])
  lately.set('c', 3)
  expect(['a', 'b', 'c'].map((key) => lately.get(key))).toEqual([1, undefined, 3])
  lately.set('a', 4)
  lately.set('d', 5)
  expect(['a', 'c', 'd'].map((key) => lately.get(key))).toEqual([4, undefined, 5])
})
