import type { WrittenStudent } from '../../src/mentoring/class-list/write-siecle.js'

export type CsvEncoding = 'UTF-8' | 'UTF-8 with a mark' | 'windows-1252' | 'UTF-16LE' | 'UTF-16BE'

type CsvForm = Readonly<{
  separator?: ';' | ',' | '\t'
  newline?: '\r\n' | '\n' | '\r'
  encoding?: CsvEncoding
  /** Every cell between quotes, or those alone that need it. */
  quoted?: boolean
}>

/** The bytes of a CSV, as RFC 4180 has it. */
export function csvOf(rows: readonly (readonly string[])[], form: CsvForm = {}): Uint8Array {
  const { separator = ';', newline = '\r\n', encoding = 'UTF-8', quoted = false } = form
  const cell = (text: string) =>
    quoted || text.includes(separator) || /["\r\n]/.test(text)
      ? `"${text.replaceAll('"', '""')}"`
      : text
  const lines = rows.map((cells) => cells.map(cell).join(separator))
  return encoded(lines.map((line) => `${line}${newline}`).join(''), encoding)
}

/** windows-1252 from 0x80 to 0x9f; elsewhere it is ISO-8859-1. */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

export function encoded(text: string, encoding: CsvEncoding): Uint8Array {
  if (encoding === 'UTF-8') return Buffer.from(text)
  if (encoding === 'UTF-8 with a mark') return Buffer.from(`\ufeff${text}`)
  if (encoding === 'UTF-16LE') return Buffer.from(`\ufeff${text}`, 'utf16le')
  if (encoding === 'UTF-16BE') return Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
  return Uint8Array.from(text, (sign) => {
    const high = HIGH.indexOf(sign)
    const code = high >= 0 ? 0x80 + high : sign.codePointAt(0)!
    if (code > 0xff) throw new Error(`windows-1252 has no ${sign}.`)
    return code
  })
}

export const PIX_HEADER =
  "Identifiant unique*;Premier prénom*;Deuxième prénom;Troisième prénom;Nom de famille*;Nom d'usage;Code sexe*;Date de naissance (jj/mm/aaaa)*;Code commune naissance**;Libellé commune naissance**;Code département naissance*;Code pays naissance*;Statut*;Code MEF*;Division*".split(
    ';',
  )

export const APLYPRO_HEADER =
  'ine;prénom;nom;date_naissance;label_classe;mef_code;année_scolaire;date_début;date_fin;Sexe biologique;Code INSEE de ville de naissance;Code INSEE de pays de naissance;Code postal de résidence;Code INSEE de ville de résidence;Code INSEE de pays de résidence'.split(
    ';',
  )

/** What no list of ours may keep. */
export const BIRTH_PLACE = 'Ville-secrète'

const french = (day: string) => day.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1')

export function pixRow(one: WrittenStudent): string[] {
  const { ine, givenName, familyName, usualName = '', sex, birthDate, mef, division } = one
  const sexCode = { M: '1', F: '2' }[sex] ?? sex
  const born = ['25056', BIRTH_PLACE, '025', '100']
  const names = [ine, givenName, 'Aline', '', familyName, usualName]
  return [...names, sexCode, french(birthDate), ...born, 'ST', mef, division]
}

export function pixRows(students: readonly WrittenStudent[]): string[][] {
  return [PIX_HEADER, ...students.map(pixRow)]
}

export function aplyproRow(one: WrittenStudent, year = '2026-2027'): string[] {
  const { ine, givenName, familyName, sex, birthDate, mef, division, leftOn = '' } = one
  const who = [ine, givenName, familyName, birthDate, division, mef]
  const when = [year, '2026-09-01', leftOn, sex === 'F' ? 'f' : 'h']
  return [...who, ...when, '25056', '99100', '25000', '25056', '99100']
}

export function aplyproRows(students: readonly WrittenStudent[]): string[][] {
  return [APLYPRO_HEADER, ...students.map((one) => aplyproRow(one))]
}

/** A list of no form that we know, with what a secretary's software adds. */
export const OTHER_HEADER = [
  'NOM',
  'PRENOM',
  'NE(E) LE',
  'SEXE',
  'N° INE',
  'CLASSE',
  'MEF',
  'TÉL. PARENT',
]

export function otherRow(one: WrittenStudent): string[] {
  const { ine, givenName, familyName, sex, birthDate, mef, division } = one
  return [familyName, givenName, french(birthDate), sex, ine, division, mef, '0600000000']
}

export function otherRows(students: readonly WrittenStudent[]): string[][] {
  return [OTHER_HEADER, ...students.map(otherRow)]
}
