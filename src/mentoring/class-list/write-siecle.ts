/** A student as SIECLE writes them; what is left out stays empty. */
export type WrittenStudent = Readonly<{
  ine: string
  familyName: string
  usualName?: string
  givenName: string
  /** 'M' and 'F' become 1 and 2 */
  sex: string
  /** YYYY-MM-DD becomes dd/mm/yyyy */
  birthDate: string
  /** 10 or 11 characters */
  mef: string
  division: string
  /** The day on which the student left, YYYY-MM-DD. */
  leftOn?: string
}>

export type WrittenList = Readonly<{
  uai: string
  /** By the year that it starts in. */
  schoolYear: number
  students: readonly WrittenStudent[]
}>

export type WrittenEncoding = 'ISO-8859-1' | 'ISO-8859-15' | 'UTF-8' | 'windows-1252'

/** A class list in the form that SIECLE exports (ElevesSansAdresses.xml), for demonstrations and tests. */
export function siecleXml(list: WrittenList, encoding: WrittenEncoding = 'ISO-8859-1'): Uint8Array {
  const xml = `<?xml version="1.0" encoding="${encoding}"?>
<BEE_ELEVES VERSION="2.1">
<PARAMETRES>
<UAJ>${escaped(list.uai)}</UAJ>
<ANNEE_SCOLAIRE>${list.schoolYear}</ANNEE_SCOLAIRE>
</PARAMETRES>
<DONNEES>
<ELEVES>
${list.students.map(student).join('\n')}
</ELEVES>
<STRUCTURES>
${list.students.map(structures).join('\n')}
</STRUCTURES>
</DONNEES>
</BEE_ELEVES>
`
  return encoding === 'UTF-8' ? Buffer.from(xml) : Buffer.from(inLatin1(xml), 'latin1')
}

function student(one: WrittenStudent, at: number): string {
  return `<ELEVE ELEVE_ID="${at + 1}" ELENOET="${at + 1}">
<ID_NATIONAL>${escaped(one.ine)}</ID_NATIONAL>
<NOM_DE_FAMILLE>${escaped(one.familyName)}</NOM_DE_FAMILLE>
<NOM_USAGE>${escaped(one.usualName ?? '')}</NOM_USAGE>
<PRENOM>${escaped(one.givenName)}</PRENOM>
<DATE_NAISS>${escaped(toFrenchDay(one.birthDate))}</DATE_NAISS>
<CODE_SEXE>${escaped({ M: '1', F: '2' }[one.sex] ?? one.sex)}</CODE_SEXE>
<CODE_MEF>${escaped(one.mef)}</CODE_MEF>
<DATE_SORTIE>${escaped(toFrenchDay(one.leftOn ?? ''))}</DATE_SORTIE>
</ELEVE>`
}

function structures({ division }: WrittenStudent, at: number): string {
  return `<STRUCTURES_ELEVE ELEVE_ID="${at + 1}" ELENOET="${at + 1}">
<STRUCTURE>
<CODE_STRUCTURE>${escaped(division)}</CODE_STRUCTURE>
<TYPE_STRUCTURE>D</TYPE_STRUCTURE>
</STRUCTURE>
</STRUCTURES_ELEVE>`
}

function toFrenchDay(day: string): string {
  return day.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** ISO-8859-1 has no œ: what it lacks is written as a reference, which every XML reader knows. */
function inLatin1(text: string): string {
  return text.replace(/[^\0-\xff]/gu, (letter) => `&#${letter.codePointAt(0)};`)
}
