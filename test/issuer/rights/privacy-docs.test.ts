import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ADULTS, AGED, STUDENTS } from '../../../src/issuer/rights/retention.data.js'
import { HELD } from '../../../src/issuer/rights/tables.data.js'

const read = (name: string) => readFileSync(`docs/privacy/${name}`, 'utf8')
/** Cells of the tables of a text, without the spaces that make them even. */
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )

const CONFIDENCE = { confirmed: 'confirmé', proposal: 'proposition' }

test('conservation.md says what retention.data.ts says, and nothing else', () => {
  const years = `${STUDENTS.schoolYears} année scolaire`
  const lines = [
    [STUDENTS, years] as const,
    ...[ADULTS, ...AGED].map(
      (one) => [one, one.days === 1 ? '1 jour' : `${one.days} jours`] as const,
    ),
  ].map(([{ code, what, from, source, confidence }, age]) => [
    ...[`\`${code}\``, what.fr, age, from.fr, source, CONFIDENCE[confidence]],
  ])
  const [, , ...rows] = rowsOf(read('conservation.md'))
  expect(rows).toEqual(lines)
})

test('registre.md names every table that holds something of a student, each in one processing', () => {
  const named = [...read('registre.md').matchAll(/`([a-z_]+)`/g)].map(([, table]) => table)
  expect(named.toSorted()).toEqual([...new Set(HELD.map(({ table }) => table))].toSorted())
})

test('registre.md has the five processings, and aipd.md the three criteria that call for it', () => {
  expect(read('registre.md').match(/^## Traitement \d/gm)).toHaveLength(5)
  for (const criterion of ['personnes vulnérables', 'croisement de données', 'usage innovant'])
    expect(read('aipd.md')).toContain(criterion)
})
