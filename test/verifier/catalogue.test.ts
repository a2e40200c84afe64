import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CATALOGUE } from '../support/catalogue.data.js'

const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.test\.tsx?$/.test(file),
)
/** Ids in texts, so in names of tests and of their cases; a comment names none. */
const named = new Set(
  files.flatMap((file) =>
    readFileSync(`test/${file}`, 'utf8')
      .replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '')
      .split('\n')
      .flatMap((line) => [...line.matchAll(/['`].*?\b([A-Z]{2}-\d{2})\b/g)].flatMap(idsIn)),
  ),
)

function idsIn({ input }: RegExpExecArray): string[] {
  return [...input.matchAll(/\b[A-Z]{2}-\d{2}\b/g)].map(([id]) => id)
}

test.each(Object.entries(CATALOGUE))(
  'every case of %s is a test with its id in its name',
  (area, numbers) => {
    const ids = numbers.map((number) => `${area}-${String(number).padStart(2, '0')}`)
    expect(ids.filter((id) => !named.has(id))).toEqual([])
  },
)

test('the list has the ids of all areas, each once', () => {
  expect(Object.keys(CATALOGUE)).toHaveLength(11)
  for (const numbers of Object.values(CATALOGUE))
    expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(numbers)
})
