import { crc32, deflateRawSync } from 'node:zlib'
import {
  siecleXml,
  type WrittenEncoding,
  type WrittenList,
  type WrittenStudent,
} from '../../src/mentoring/class-list/write-siecle.js'

export { siecleXml } from '../../src/mentoring/class-list/write-siecle.js'

/** The letters that end an INE of the RNIE. */
const LETTERS = 'ABCDEFGHJK'
const GIVEN = ['Zoé', 'Anaïs', 'Noël', 'Inès', 'Gaël', 'Maëlle', 'Théo', 'Chloé', 'Loïc', 'Élise']
const FAMILY = ['KERGUÉLEN-DÉMO', 'D’ARGENÇON DÉMO', 'LE GOFF DÉMO', 'MUÑOZ DÉMO', 'SAÏD DÉMO']

/** INE of the n-th fictional student: 000000001AA, 000000002BB, … */
export function demoIne(n: number): string {
  const letter = LETTERS.charAt((n - 1) % LETTERS.length)
  return `${String(n).padStart(9, '0')}${letter}${letter}`
}

/** The n-th fictional student, in the division 2PC of a 2de pro until something else is said. */
export function demoStudent(n: number, changes: Partial<WrittenStudent> = {}): WrittenStudent {
  return {
    ine: demoIne(n),
    familyName: FAMILY[n % FAMILY.length]!,
    givenName: GIVEN[n % GIVEN.length]!,
    sex: n % 5 < 2 ? 'F' : 'M',
    birthDate: `2011-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}`,
    mef: '24722503311',
    division: '2PC',
    ...changes,
  }
}

export function demoStudents(count: number, changes: Partial<WrittenStudent> = {}) {
  return Array.from({ length: count }, (_, at) => demoStudent(at + 1, changes))
}

export function demoList(changes: Partial<WrittenList> = {}): WrittenList {
  return { uai: '9990001X', schoolYear: 2026, students: demoStudents(3), ...changes }
}

/** The 30 students that every import is tried with: a missing INE, a leaver, an INE twice. */
export function planted(): WrittenStudent[] {
  const students = demoStudents(30)
  students[9] = demoStudent(10, { ine: '' })
  students[19] = demoStudent(20, { leftOn: '2026-10-12' })
  students[29] = demoStudent(30, { ine: demoIne(29) })
  return students
}

/** The bytes of a list after its text was changed by hand. */
export function edited(
  list: WrittenList,
  edit: (xml: string) => string,
  encoding: WrittenEncoding = 'ISO-8859-1',
): Uint8Array {
  const latin1 = encoding === 'UTF-8' ? 'utf8' : 'latin1'
  return Buffer.from(edit(Buffer.from(siecleXml(list, encoding)).toString(latin1)), latin1)
}

type ZipEntry = { name: string; content: Uint8Array; declaredBytes?: number }

/** A zip (APPNOTE 6.3.3, deflate), honest or not about the size of what it holds. */
export function zipOf(...entries: ZipEntry[]): Uint8Array {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, content, declaredBytes = content.length } of entries) {
    const packed = deflateRawSync(content)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(0x0800, 2)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(crc32(content), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(declaredBytes, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    const made = Buffer.from([20, 0])
    locals.push(local)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), made, fields, tail, Buffer.from(name)]))
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}
