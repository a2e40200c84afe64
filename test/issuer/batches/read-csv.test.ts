import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBatchCsv } from '../../../src/issuer/batches/read-csv.js'

const HEADER = ['Élève', 'Badge', 'Version', 'Fonction', 'Commentaire']
/** What Windows-1252 and UTF-8 both can write. Cells are trimmed, and their line ends are line feeds. */
const cell = fc
  .array(fc.constantFrom(...'abcéèàçœ€’ ;,"\n\t019«»'), { maxLength: 12 })
  .map((signs) => signs.join('').trim())
const row = fc
  .tuple(cell, cell, cell, cell, cell)
  // A row without a value is left out.
  .map(([student, ...others]) => [`x${student}`, ...others])

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** The signs of Windows-1252 that ISO-8859-1 has not. */
const OF_1252: Readonly<Record<string, number>> = { œ: 0x9c, '€': 0x80, '’': 0x92 }
const in1252 = (text: string) =>
  Buffer.from([...text].map((sign) => OF_1252[sign] ?? sign.codePointAt(0)!))

test('whatever stands in a cell comes out of it, in any of our separators, encodings and line ends', () => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(';', ',', '\t'),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('utf-8', 'bom', '1252'),
      (rows, separator, end, encoding) => {
        const lines = [HEADER, ...rows].map((cells) => cells.map(quoted).join(separator))
        const text = lines.join(end) + end
        const bytes =
          encoding === '1252'
            ? in1252(text)
            : Buffer.from(encoding === 'bom' ? `\uFEFF${text}` : text)
        const read = readBatchCsv(bytes).rows.map(({ cells }) => [
          cells.student,
          cells.template,
          cells.version,
          cells.function,
          cells.comment,
        ])
        expect(read).toEqual(rows)
      },
    ),
    { numRuns: 500 },
  )
})

test('each row knows its line, whatever stands in the rows before it', () => {
  const csv = 'élève;badge;commentaire\na;b;"deux\nlignes"\nc;d;\n'
  expect(readBatchCsv(Buffer.from(csv)).rows.map(({ line }) => line)).toEqual([2, 4])
})

test.each([
  ['élève;badge;élève\na;b;c\n', 'keep one'],
  ['élève;badge;couleur\na;b;c\n', 'couleur'],
  ['badge;version\na;1\n', 'élève'],
  ['ine;version\na;1\n', 'badge'],
])('refuses %j by the name of its column', (csv, said) => {
  expect(() => readBatchCsv(Buffer.from(csv))).toThrow(said)
})

test('refuses more rows than its form can bring back', () => {
  const rows = Array.from({ length: 2_001 }, (_, n) => `e${n};b`).join('\n')
  expect(() => readBatchCsv(Buffer.from(`élève;badge\n${rows}\n`))).toThrow('2000')
})
