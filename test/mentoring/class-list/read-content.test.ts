import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/errors.js'
import { judgeRows } from '../../../src/mentoring/class-list/judge-rows.js'
import { CSV_LIMITS } from '../../../src/mentoring/class-list/parse-csv.js'
import { listIn, readContent } from '../../../src/mentoring/class-list/read-content.js'
import { refusalOf } from '../../people/people.js'
import {
  APLYPRO_HEADER,
  aplyproRow,
  aplyproRows,
  BIRTH_PLACE,
  csvOf,
  encoded,
  OTHER_HEADER,
  otherRows,
  PIX_HEADER,
  pixRow,
  pixRows,
  type CsvEncoding,
} from '../../support/csv.js'
import { demoList, demoStudent, demoStudents, planted, siecleXml } from '../../support/siecle.js'

const TERMS = { schoolYear: 2026, uai: '9990001X', today: '2026-11-24' }
const listOf = async (file: Uint8Array) => listIn(await readContent(file))!
const judged = async (file: Uint8Array) => judgeRows(await listOf(file), TERMS)
const studentsIn = async (file: Uint8Array) =>
  (await judged(file)).flatMap((one) => (one.kind === 'sound' ? [one.student] : []))
const faultsIn = async (file: Uint8Array) =>
  (await judged(file)).flatMap((one) => (one.kind === 'refused' ? one.faults : []))

describe('every form makes the same students of the same list', () => {
  const students = demoStudents(8)
  test.each([
    ['Pix, with a mark', csvOf(pixRows(students), { encoding: 'UTF-8 with a mark' })],
    ['Pix, windows-1252 with accents', csvOf(pixRows(students), { encoding: 'windows-1252' })],
    ['Pix, with commas', csvOf(pixRows(students), { separator: ',' })],
    [
      'Pix, with tabs, in UTF-16',
      csvOf(pixRows(students), { separator: '\t', encoding: 'UTF-16LE' }),
    ],
    [
      'Pix, every cell quoted, lines of an old Mac',
      csvOf(pixRows(students), { quoted: true, newline: '\r' }),
    ],
    ['APLyPro', csvOf(aplyproRows(students))],
    [
      'APLyPro, in UTF-16 the other way round',
      csvOf(aplyproRows(students), { encoding: 'UTF-16BE' }),
    ],
  ])('%s', async (_, file) => {
    expect(await studentsIn(file)).toEqual(await studentsIn(siecleXml(demoList({ students }))))
  })

  test('the planted thirty have the same outcome as in XML', async () => {
    const kinds = async (file: Uint8Array) => (await judged(file)).map(({ kind }) => kind)
    // Pix has no leaving date: who has left is not in it.
    expect(await kinds(csvOf(aplyproRows(planted())))).toEqual(
      await kinds(siecleXml(demoList({ students: planted() }))),
    )
  })
})

describe('the header of a known form', () => {
  const rows = pixRows(demoStudents(2))
  const changed = (edit: (name: string) => string) => [PIX_HEADER.map(edit), ...rows.slice(1)]

  test.each([
    ['with the other apostrophe', changed((name) => name.replace("'", '’'))],
    [
      'in capitals, without accents and asterisks',
      changed((name) =>
        name
          .normalize('NFD')
          .replace(/[\p{M}*]/gu, '')
          .toUpperCase(),
      ),
    ],
    ['in another order', rows.map((cells) => cells.toReversed())],
    ['of old, without the sex', rows.map((cells) => cells.filter((_, at) => at !== 6))],
  ])('%s is known', async (what, table) => {
    const found = await studentsIn(csvOf(table))
    expect(found.map(({ ine }) => ine)).toEqual(demoStudents(2).map(({ ine }) => ine))
    expect(found[0]!.sex).toBe(what.includes('without the sex') ? null : 'F')
  })

  test('CS-04 with one column twice is refused: nobody knows which one counts', async () => {
    const table = rows.map((cells) => [...cells, cells[0]!])
    const { words } = await refusalOf(readContent(csvOf(table)))
    expect(words.fr).toContain('Deux colonnes s’appellent « Identifiant unique* »')
  })

  test('is a matter of all its columns: one less, and people must say', async () => {
    const table = rows.map((cells) => cells.slice(0, -1))
    expect((await readContent(csvOf(table))).kind).toBe('table')
  })

  test('may come again in the middle, where files were put together', async () => {
    const [header, one, two] = rows
    expect(await studentsIn(csvOf([header!, one!, header!, two!]))).toHaveLength(2)
  })

  test('must be there: a file that begins with a student is refused, and nothing of it repeated', async () => {
    const { words } = await refusalOf(readContent(csvOf(rows.slice(1))))
    expect(words.fr).toContain('La première ligne de ce fichier est déjà un élève')
    expect(JSON.stringify(words)).not.toMatch(/DÉMO|000000002BB/)
  })
})

describe('nothing is kept that is not needed', () => {
  test('birth place and second names of a known form', async () => {
    const kept = JSON.stringify(await readContent(csvOf(pixRows(demoStudents(2)))))
    expect(kept).toContain('Anaïs')
    for (const dropped of [BIRTH_PLACE, 'Aline', '25056']) expect(kept).not.toContain(dropped)
    const aplypro = JSON.stringify(await readContent(csvOf(aplyproRows(demoStudents(2)))))
    for (const dropped of ['25056', '25000', '99100']) expect(aplypro).not.toContain(dropped)
  })

  test('parents and addresses of a form that people must explain', async () => {
    const content = await readContent(csvOf(otherRows(demoStudents(2))))
    expect(content).toMatchObject({ kind: 'table', table: { header: OTHER_HEADER } })
    expect(JSON.stringify(content)).toContain('Anaïs')
    expect(JSON.stringify(content)).not.toContain('0600000000')
  })
})

describe('rows of another school or year are refused one by one', () => {
  test('another year, which APLyPro’s export of several has, is no second record of the same student', async () => {
    const one = demoStudent(1)
    const table = [APLYPRO_HEADER, aplyproRow(one, '2025-2026'), aplyproRow(one)]
    const [before, now] = await judged(csvOf(table))
    expect(before).toMatchObject({
      kind: 'refused',
      faults: [{ column: 'ANNEE_SCOLAIRE', place: 7 }],
    })
    expect(now!.kind).toBe('sound')
  })

  test.each(['', 'x', '2027', '2025/26'])('the year “%s”', async (year) => {
    const faults = await faultsIn(csvOf([APLYPRO_HEADER, aplyproRow(demoStudent(1), year)]))
    expect(faults).toMatchObject([{ column: 'ANNEE_SCOLAIRE' }])
    expect(faults[0]!.words.en).toContain('of another year than 2026-2027')
  })

  test.each([
    ['2026-10-12', 'ignored'],
    ['12/10/2026', 'ignored'],
    ['2027-07-03', 'sound'],
    ['2026-13-40', 'refused'],
  ])('the end of a schooling on %s: the row is %s', async (leftOn, kind) => {
    expect((await judged(csvOf(aplyproRows([demoStudent(1, { leftOn })]))))[0]!.kind).toBe(kind)
  })
})

describe('wrong rows say where, by the column of the file', () => {
  test.each([
    ['31/02/2011', 'no such day'],
    ['02/13/2011', 'no such day'],
    ['03/02/11', 'two digits only'],
    ['03/02/0000', 'Check the year'],
    ['', 'This field is empty'],
  ])('the birth date “%s”', async (birthDate, said) => {
    const row = pixRow(demoStudent(1)).with(7, birthDate)
    const faults = await faultsIn(csvOf([PIX_HEADER, row]))
    expect(faults).toMatchObject([{ row: 1, line: 2, column: 'DATE_NAISS', place: 8 }])
    expect(faults[0]!.words.en).toContain(said)
    expect(faults[0]!.words.en).not.toContain('SIECLE')
  })

  test('an INE twice refuses all of them, each told with the others', async () => {
    const rows = [1, 2, 1, 1].map((n) => pixRow(demoStudent(n)))
    const faults = await faultsIn(csvOf([PIX_HEADER, ...rows]))
    expect(faults.map(({ row, line }) => [row, line])).toEqual([
      [1, 2],
      [3, 4],
      [4, 5],
    ])
    expect(faults[0]!.words.en).toContain('Student no. 3 (line 4), no. 4 (line 5) has the same INE')
  })

  test('a value with a separator and without quotes has a cell too much', async () => {
    const row = pixRow(demoStudent(1)).toSpliced(4, 1, 'DÉMO', 'LE GOFF')
    const faults = await faultsIn(csvOf([PIX_HEADER, row]))
    expect(faults).toMatchObject([{ column: 'LIGNE', line: 2 }])
    expect(faults[0]!.words.fr).toContain('plus de cases que de colonnes')
  })

  test('CS-01 a formula is no name', async () => {
    for (const name of ['=HYPERLINK("x")', '+Zoé', '-Zoé', '@Zoé', '＝Zoé']) {
      const faults = await faultsIn(csvOf([PIX_HEADER, pixRow(demoStudent(1)).with(1, name)]))
      expect(faults, name).toMatchObject([{ column: 'PRENOM' }])
    }
  })

  test('but ="000000001AA" is how a spreadsheet keeps zeros', async () => {
    const text = Buffer.from(csvOf(pixRows([demoStudent(1)]))).toString()
    const wrapped = Buffer.from(text.replace('000000001AA', '="000000001AA"'))
    expect((await studentsIn(wrapped))[0]!.ine).toBe('000000001AA')
  })

  test('lines are those of the file, whatever is empty or broken between', async () => {
    const rows = [pixRow(demoStudent(1)), pixRow(demoStudent(2)).with(14, '')]
    const text = Buffer.from(csvOf([PIX_HEADER, ...rows], { newline: '\n' })).toString()
    const [header, first, second] = text.split('\n') as [string, string, string]
    const broken = first.replace('Aline', '"Al\nine"')
    const file = Buffer.from(
      [header, '', broken, ';;;;;;;;;;;;;;', ';', '', second, ';;'].join('\n'),
    )
    expect(await faultsIn(file)).toMatchObject([{ row: 2, line: 8, column: 'CODE_STRUCTURE' }])
    expect(await studentsIn(file)).toHaveLength(1)
  })
})

describe('files that are refused whole, in words', () => {
  const text = Buffer.from(csvOf(pixRows(demoStudents(3)), { newline: '\n' })).toString()
  const wide = csvOf([Array.from({ length: 201 }, (_, at) => `c${at}`), ['x']])
  test.each([
    [
      'CS-03 a quote that is not closed',
      Buffer.from(text.replace('000000002BB', '"000000002BB')),
      'invalid-request',
      'From line 3 on, a quote',
    ],
    [
      'CS-03 a quote within a value',
      Buffer.from(text.replace('000000002BB', '0"00000002BB')),
      'invalid-request',
      'From line 3 on, a quote',
    ],
    [
      'CS-03 NUL bytes',
      Buffer.from(text.replace('000000002BB', '0000\x0000002BB')),
      'invalid-request',
      'bytes that are no text (line 3)',
    ],
    [
      'UTF-16 without a mark',
      Buffer.from(text, 'utf16le'),
      'invalid-request',
      'bytes that are no text',
    ],
    [
      'accents broken before',
      Buffer.from(Buffer.from(text).toString('latin1')),
      'invalid-request',
      'accents of this file are broken',
    ],
    [
      'two encodings in one file',
      Buffer.concat([Buffer.from(text), encoded(text, 'windows-1252')]),
      'invalid-request',
      'accents of this file are broken',
    ],
    ['a header alone', csvOf([PIX_HEADER]), 'invalid-request', 'has no student'],
    ['one column', Buffer.from('nom\nDÉMO\n'), 'unsupported-type', 'not a list of students'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'unsupported-type', 'not a list of students'],
    ['nothing', new Uint8Array(), 'unsupported-type', 'not a list of students'],
    ['CS-07 too many columns', wide, 'too-large', 'more than 200 columns'],
    [
      'CS-07 a value of 10,001 characters',
      Buffer.from(text.replace('2PC', 'x'.repeat(10_001))),
      'too-large',
      'From line 2 on, a value',
    ],
  ])('%s', async (_, file, code, said) => {
    const error = await refusalOf(readContent(file))
    expect(error).toMatchObject({ code, fields: [{ pointer: '/file' }] })
    expect(error.words.en).toContain(said)
    expect(JSON.stringify(error.words)).not.toMatch(/Anaïs|DÉMO|000000002BB/)
  })

  test('CS-07 20,000 students are read, one more is too many', async () => {
    const rows = Array.from({ length: CSV_LIMITS.rows }, (_, at) => pixRow(demoStudent(at + 1)))
    expect(await judged(csvOf([PIX_HEADER, ...rows]))).toHaveLength(20_000)
    const more = csvOf([PIX_HEADER, ...rows, rows[0]!])
    expect((await refusalOf(readContent(more))).code).toBe('too-large')
  }, 60_000)

  test('20,000 times the same student is told', async () => {
    const rows = Array<string[]>(CSV_LIMITS.rows).fill(pixRow(demoStudent(1)))
    const faults = await faultsIn(csvOf([PIX_HEADER, ...rows]))
    expect(faults).toHaveLength(20_000)
  }, 60_000)
})

describe('properties', () => {
  // What European names are written with, by the encodings that have it.
  const LATIN_1 = [
    ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZàáâäåæçèéêëìíîïðñòóôöøùúûüýþÿßÀÁÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØÙÚÛÜÝ',
  ]
  const MORE_1252 = [...'ŠšŽžŒœŸ’']
  const OTHERS = [...'ąćęłńśźżčďěňřťůőűğışțșāēģīķļņūŭŵŷẁħġ']
  const lettersOf: Record<CsvEncoding, string[]> = {
    'windows-1252': [...LATIN_1, ...MORE_1252],
    'UTF-8': [...LATIN_1, ...MORE_1252, ...OTHERS],
    'UTF-8 with a mark': [...LATIN_1, ...MORE_1252, ...OTHERS],
    'UTF-16LE': [...LATIN_1, ...MORE_1252, ...OTHERS],
    'UTF-16BE': [...LATIN_1, ...MORE_1252, ...OTHERS],
  }
  const nameOf = (encoding: CsvEncoding) =>
    fc
      .array(fc.constantFrom(...lettersOf[encoding], '-', ' ', '"', ';', ',', "'"), {
        minLength: 1,
        maxLength: 20,
      })
      .map((letters) => `D${letters.join('')}`)

  const form = fc.record({
    separator: fc.constantFrom(';' as const, ',' as const, '\t' as const),
    newline: fc.constantFrom('\r\n' as const, '\n' as const, '\r' as const),
    quoted: fc.boolean(),
  })

  test.each(Object.keys(lettersOf) as CsvEncoding[])(
    'any European name comes back from %s, whatever separators, quotes and line ends',
    async (encoding) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(nameOf(encoding), { minLength: 1, maxLength: 5 }),
          form,
          async (names, how) => {
            const students = names.map((familyName, at) => demoStudent(at + 1, { familyName }))
            const found = await studentsIn(csvOf(pixRows(students), { ...how, encoding }))
            const expected = names.map((name) => name.normalize('NFC').trim().replace(/\s+/g, ' '))
            expect(found.map(({ familyName }) => familyName)).toEqual(expected)
          },
        ),
      )
    },
  )

  test('trailing separators and empty lines change nothing', async () => {
    const plain = pixRows(demoStudents(4))
    const tail = fc.array(fc.nat(3), { minLength: 5, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(tail, tail, async (ends, gaps) => {
        const rows = plain.flatMap((cells, at) => [
          [...cells, ...Array<string>(ends[at]!).fill('')],
          ...Array<string[]>(gaps[at]!).fill(['']),
        ])
        expect(await studentsIn(csvOf(rows))).toEqual(await studentsIn(csvOf(plain)))
      }),
    )
  })

  test('the order of rows and of columns changes nothing', async () => {
    const rows = demoStudents(6).map(pixRow)
    const inOrder = (all: Awaited<ReturnType<typeof studentsIn>>) =>
      all.toSorted((one, other) => (one.ine < other.ine ? -1 : 1))
    const expected = inOrder(await studentsIn(csvOf([PIX_HEADER, ...rows])))
    const shuffled = (length: number) =>
      fc.shuffledSubarray([...Array(length).keys()], { minLength: length })
    await fc.assert(
      fc.asyncProperty(shuffled(6), shuffled(15), async (order, columns) => {
        const table = [PIX_HEADER, ...order.map((at) => rows[at]!)]
        const file = csvOf(table.map((cells) => columns.map((at) => cells[at]!)))
        expect(inOrder(await studentsIn(file))).toEqual(expected)
      }),
    )
  })

  const settles = async (file: Uint8Array) => {
    try {
      const content = await readContent(file)
      if (content.kind === 'list') judgeRows(content.list, TERMS)
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError)
    }
  }

  test('whatever the bytes: noise', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), settles))
    const text = fc.string({
      unit: fc.constantFrom('a', ';', ',', '"', '\n', '\r', '\t', '=', 'é', '\0'),
    })
    await fc.assert(
      fc.asyncProperty(text, (one) => settles(Buffer.from(one))),
      { numRuns: 500 },
    )
  })

  test('whatever the bytes: a list with some changed', async () => {
    const sound = csvOf(pixRows(demoStudents(3)))
    const change = fc.tuple(fc.nat(sound.length - 1), fc.integer({ min: 0, max: 255 }))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const file = Uint8Array.from(sound)
        for (const [at, byte] of changes) file[at] = byte
        await settles(file)
      }),
      { numRuns: 300 },
    )
  })
})
