import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/errors.js'
import { LIST_LIMITS, readSiecle } from '../../../src/mentoring/class-list/read-siecle.js'
import type { WrittenEncoding } from '../../../src/mentoring/class-list/write-siecle.js'
import { refusalOf } from '../../people/people.js'
import { expectCheap } from '../../support/cheap.js'
import {
  demoList,
  demoStudent,
  demoStudents,
  edited,
  siecleXml,
  zipOf,
} from '../../support/siecle.js'

const NAME = 'ElevesSansAdresses.xml'
const BIRTH_PLACE = '<VILLE_NAISS>Ville-secrète</VILLE_NAISS>'

describe('a class list of SIECLE', () => {
  test('is read: school, year, and each student with the line on which they stand', async () => {
    const student = demoStudent(1, { usualName: 'LE GOFF', leftOn: '2026-10-12' })
    const { siecle, rows } = await readSiecle(
      siecleXml(demoList({ students: [student, demoStudent(2)] })),
    )
    expect(siecle).toEqual({ uai: '9990001X', schoolYear: '2026' })
    expect(rows).toHaveLength(2)
    expect(rows[0]).toEqual({
      row: 1,
      line: 9,
      ine: '000000001AA',
      familyName: 'D’ARGENÇON DÉMO',
      usualName: 'LE GOFF',
      givenName: 'Anaïs',
      sexCode: '2',
      birthDate: '02/02/2011',
      mef: '24722503311',
      division: '2PC',
      leftOn: '12/10/2026',
      ...{ level: '', uai: '', schoolYear: '', excess: false },
    })
    expect(rows[1]).toMatchObject({ row: 2, line: 19, leftOn: '' })
  })

  test('keeps nothing else: no birth place, no parents, no address', async () => {
    const more = `<PRENOM2>Aline</PRENOM2>${BIRTH_PLACE}<RESPONSABLES><NOM_DE_FAMILLE>Parent</NOM_DE_FAMILLE></RESPONSABLES>`
    const file = edited(demoList(), (xml) => xml.replaceAll('</ELEVE>', `${more}</ELEVE>`))
    const kept = JSON.stringify(await readSiecle(file))
    for (const dropped of ['Aline', 'secrète', 'Parent']) expect(kept).not.toContain(dropped)
    expect(kept).toContain('Anaïs')
  })

  test('the schooling of last year, which has fields of the same names, is not taken for this year’s', async () => {
    const last =
      '<SCOLARITE_AN_DERNIER><CODE_MEF>10010012110</CODE_MEF><ID_NATIONAL>x</ID_NATIONAL></SCOLARITE_AN_DERNIER>'
    const file = edited(demoList(), (xml) => xml.replaceAll('</ELEVE>', `${last}</ELEVE>`))
    const { rows } = await readSiecle(file)
    expect(rows.map(({ mef }) => mef)).toEqual(Array(3).fill('24722503311'))
  })

  test.each([
    [
      'a group comes before it',
      '<STRUCTURE><CODE_STRUCTURE>G1</CODE_STRUCTURE><TYPE_STRUCTURE>G</TYPE_STRUCTURE></STRUCTURE>',
      '2PC',
    ],
    ['those who are inactive have none', '', ''],
  ])('the division is the structure of type D: %s', async (_, before, division) => {
    const file = edited(demoList({ students: [demoStudent(1)] }), (xml) => {
      const grouped = xml.replace('<STRUCTURE>', `${before}<STRUCTURE>`)
      return before === '' ? grouped.replace('2PC', 'Inactifs') : grouped
    })
    expect((await readSiecle(file)).rows[0]!.division).toBe(division)
  })

  test('is read out of the zip in which SIECLE exports it', async () => {
    const content = siecleXml(demoList())
    const plain = await readSiecle(content)
    expect(await readSiecle(zipOf({ name: NAME, content }))).toEqual(plain)
    const folder = zipOf(
      { name: 'lisez-moi.txt', content: Buffer.from('x') },
      { name: `a/${NAME}`, content },
    )
    expect(await readSiecle(folder)).toEqual(plain)
  })
})

describe('its encoding', () => {
  test.each(['ISO-8859-1', 'ISO-8859-15', 'UTF-8', 'windows-1252'] satisfies WrittenEncoding[])(
    'is the one that it declares: %s',
    async (encoding) => {
      const student = demoStudent(1, { givenName: 'Maëlle', familyName: 'CŒUR D’ÉTÉ' })
      const [row] = (await readSiecle(siecleXml(demoList({ students: [student] }), encoding))).rows
      expect(row).toMatchObject({ givenName: 'Maëlle', familyName: 'CŒUR D’ÉTÉ' })
    },
  )

  test('windows-1252 has an œ of one byte', async () => {
    const file = edited(demoList(), (xml) => xml.replace('Anaïs', 'C\x9cur'), 'windows-1252')
    expect((await readSiecle(file)).rows[0]!.givenName).toBe('Cœur')
  })

  test('is UTF-8 where nothing is declared, with or without a mark', async () => {
    const bare = edited(demoList(), (xml) => xml.replace(/^<\?xml.*\n/, ''), 'UTF-8')
    const marked = Buffer.concat([Buffer.from('\ufeff'), siecleXml(demoList(), 'UTF-8')])
    for (const file of [bare, marked]) {
      expect((await readSiecle(file)).rows[0]!.givenName).toBe('Anaïs')
    }
  })

  const declared = (file: Uint8Array, from: string, to: string) =>
    Buffer.from(Buffer.from(file).toString('latin1').replace(from, to), 'latin1')

  test.each([
    ['UTF-8 that says ISO-8859-1', declared(siecleXml(demoList(), 'UTF-8'), 'UTF-8', 'ISO-8859-1')],
    ['ISO-8859-1 that says UTF-8', declared(siecleXml(demoList()), 'ISO-8859-1', 'UTF-8')],
    ['ISO-8859-1 that says nothing', declared(siecleXml(demoList()), ' encoding="ISO-8859-1"', '')],
  ])('that lies is refused, and how to mend it is said: %s', async (_, file) => {
    const { words } = await refusalOf(readSiecle(file))
    expect(words.fr).toMatch(/dit être encodé en (ISO-8859-1|UTF-8), et ne l’est pas/)
  })

  test.each([
    ['another one', declared(siecleXml(demoList()), 'ISO-8859-1', 'EBCDIC-FR'), 'EBCDIC-FR'],
    ['UTF-16', Buffer.from('\ufeff<BEE_ELEVES/>', 'utf16le'), 'UTF-16'],
  ])('that we do not read is named: %s', async (_, file, name) => {
    expect((await refusalOf(readSiecle(file))).words.en).toContain(`The encoding ${name}`)
  })
})

describe('hostile or broken files are refused, whole and in words', () => {
  const xml = (body: string, before = '') => Buffer.from(`<?xml version="1.0"?>${before}${body}`)
  const bomb = `<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(20)}">]>`
  const list = (count: number) => demoList({ students: demoStudents(count) })

  test.each([
    ['a bare DOCTYPE', xml('<BEE_ELEVES/>', '<!DOCTYPE BEE_ELEVES>'), 'DOCTYPE'],
    [
      'SV-01 an outside entity',
      xml('<BEE_ELEVES>&x;</BEE_ELEVES>', '<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
      'DOCTYPE',
    ],
    ['entities that multiply', xml('<BEE_ELEVES>&b;</BEE_ELEVES>', bomb), 'DOCTYPE'],
    ['an entity that nobody defined', xml('<BEE_ELEVES>&b;</BEE_ELEVES>'), 'well formed'],
    ['deep nesting', xml(`<BEE_ELEVES>${'<a>'.repeat(100_000)}`), 'well formed'],
    ['a file cut off', siecleXml(list(3)).subarray(0, 900), 'not complete'],
    ['a tail', Buffer.concat([siecleXml(list(1)), Buffer.from('<a/>')]), 'well formed'],
    [
      'one field twice',
      edited(list(1), (text) => text.replace('<PRENOM>', '<PRENOM>A</PRENOM><PRENOM>')),
      'twice',
    ],
    ['another export of SIECLE', xml('<BEE_RESPONSABLES/>'), 'not a list of students'],
    ['a CSV', Buffer.from('INE;Nom;Prénom\n000000001AA;DÉMO;Zoé\n'), 'not a list of students'],
    ['HTML', Buffer.from('<html><body>non</body></html>'), 'not a list of students'],
    ['nothing at all', new Uint8Array(), 'not a list of students'],
    ['a list of nobody', siecleXml(list(0)), 'no student'],
    ['NUL', edited(list(1), (text) => text.replace('2PC', '2\0C')), 'well formed'],
  ])('%s', async (_, file, said) => {
    const error = await refusalOf(readSiecle(file))
    expect(error.words.en).toContain(said)
    expect(error.fields).toMatchObject([{ pointer: '/file' }])
  })

  test.each([
    [
      'more elements than a school has',
      xml(`<BEE_ELEVES>${'<a/>'.repeat(LIST_LIMITS.elements)}</BEE_ELEVES>`),
    ],
    [
      'more students than a school has',
      xml(
        `<BEE_ELEVES><DONNEES><E>${'<ELEVE/>'.repeat(LIST_LIMITS.students + 1)}</E></DONNEES></BEE_ELEVES>`,
      ),
    ],
    ['17 MiB', Buffer.alloc(17 << 20, 0x20)],
  ])('CS-07 %s: too large, and told cheaply', async (_, file) => {
    expect((await refusalOf(readSiecle(file))).code).toBe('too-large')
    await expectCheap(2_000, () => refusalOf(readSiecle(file)))
  })

  test('a message never repeats what stands in the file', async () => {
    const hostile = edited(list(1), (text) => text.replace('</NOM_DE_FAMILLE>', '&SECRET;'))
    expect(JSON.stringify(await refusalOf(readSiecle(hostile)))).not.toMatch(/SECRET|DÉMO|Anaïs/)
  })
})

describe('a zip', () => {
  const content = siecleXml(demoList())
  const spaces = Buffer.alloc(12 << 20, 0x20)
  const sealed = Buffer.from(zipOf({ name: NAME, content }))
  sealed.writeUInt16LE(0x0801, 6)

  test.each([
    ['without a list', zipOf({ name: 'photo.xml', content })],
    ['with two lists', zipOf({ name: NAME, content }, { name: 'ElevesAvecAdresses.xml', content })],
    [
      'with a list in a zip within',
      zipOf({ name: 'a.zip', content: zipOf({ name: NAME, content }) }),
    ],
    [
      'with a hundred entries',
      zipOf(...Array.from({ length: 100 }, (_, n) => ({ name: `${n}.xml`, content }))),
    ],
    ['that leads out of its folder', zipOf({ name: `../${NAME}`, content })],
    ['cut off', zipOf({ name: NAME, content }).subarray(0, 200)],
    ['that is a bomb by what it says', zipOf({ name: NAME, content: spaces })],
    ['that is a bomb and says less', zipOf({ name: NAME, content: spaces, declaredBytes: 1000 })],
    [
      'that says more than there is',
      zipOf({ name: NAME, content, declaredBytes: content.length + 5 }),
    ],
  ])('%s is refused', async (_, file) => {
    expect((await refusalOf(readSiecle(file))).words.en).toContain('This zip does not hold')
  })

  test('that would unfold to more than a list is too large', async () => {
    const file = zipOf({ name: NAME, content, declaredBytes: LIST_LIMITS.xmlBytes + 1 })
    expect((await refusalOf(readSiecle(file))).code).toBe('too-large')
  })
})

describe('whatever the bytes', () => {
  const settles = async (file: Uint8Array) => {
    try {
      expect((await readSiecle(file)).rows.length).toBeGreaterThan(0)
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError)
    }
  }

  test('it answers a list or a refusal: noise', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), settles))
  })

  test.each([
    ['a list', siecleXml(demoList())],
    ['a zip', zipOf({ name: NAME, content: siecleXml(demoList()) })],
  ])('it answers a list or a refusal: %s with some bytes changed', async (_, sound) => {
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
