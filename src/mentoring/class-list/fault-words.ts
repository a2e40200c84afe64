import type { Words } from '../../words.js'
import type { ListRow } from './rows.js'

/** Where a value is put right, and what then. */
type Cure = Words

const IN_SIECLE: Cure = {
  fr: 'dans SIECLE, puis exportez de nouveau',
  en: 'in SIECLE, then export again',
}
const IN_FILE: Cure = {
  fr: 'dans le fichier, ou dans le logiciel qui l’a exporté, puis donnez-le de nouveau',
  en: 'in the file, or in the software that exported it, then give it again',
}

/** What is wrong, up to where it is mended. */
const WRONG = {
  missing: {
    fr: 'Ce champ est vide. Complétez-le',
    en: 'This field is empty. Complete it',
  },
  noLetter: {
    fr: 'Il n’y a pas de lettre dans ce champ. Corrigez-le',
    en: 'There is no letter in this field. Mend it',
  },
  formula: {
    fr: 'Ce champ commence comme une formule de tableur. Corrigez-le',
    en: 'This field begins as a formula of a spreadsheet does. Mend it',
  },
  ine: {
    fr: 'Ce n’est pas un INE : il a onze caractères, comme 000000001AA. Corrigez-le',
    en: 'This is no INE: it has eleven characters, such as 000000001AA. Mend it',
  },
  sex: {
    fr: 'Ce code doit être 1 (masculin) ou 2 (féminin), ou bien M, H ou F. Corrigez-le',
    en: 'This code must be 1 (male) or 2 (female), or else M, H or F. Mend it',
  },
  noDay: {
    fr: 'Cette date n’existe pas, ou n’est écrite ni jour/mois/année ni année-mois-jour. Corrigez-la',
    en: 'There is no such day, or it is written neither day/month/year nor year-month-day. Mend it',
  },
  noCentury: {
    fr: 'L’année n’a que deux chiffres : le siècle est incertain. Écrivez-la avec quatre chiffres',
    en: 'The year has two digits only: its century is uncertain. Write it with four digits',
  },
  mef: {
    fr: 'Un code MEF a dix ou onze caractères, comme 2472250331. Corrigez-le',
    en: 'A MEF code has ten or eleven characters, such as 2472250331. Mend it',
  },
} satisfies Record<string, Words>

/** The sentences of one list: an export of SIECLE is never mended by hand, a CSV may be. */
export function faultWords(isSiecle: boolean) {
  const cure = isSiecle ? IN_SIECLE : IN_FILE
  const mended = ({ fr, en }: Words): Words => ({
    fr: `${fr} ${cure.fr}.`,
    en: `${en} ${cure.en}.`,
  })
  const unlessEmpty = (value: string, wrong: Words) => mended(value === '' ? WRONG.missing : wrong)
  return {
    missing: mended(WRONG.missing),
    noLetter: mended(WRONG.noLetter),
    formula: mended(WRONG.formula),
    sex: mended(WRONG.sex),
    ine: (value: string) => unlessEmpty(value, WRONG.ine),
    mef: (value: string) => unlessEmpty(value, WRONG.mef),
    day: (value: string) =>
      unlessEmpty(value, TWO_DIGITS.test(value) ? WRONG.noCentury : WRONG.noDay),
    age: (min: number, max: number) =>
      mended({
        fr: `À la rentrée, l’élève aurait moins de ${min} ans ou plus de ${max} ans. Vérifiez l’année`,
        en: `On the first day of school the student would be under ${min} or over ${max}. Check the year`,
      }),
    ineTwice: (others: readonly ListRow[]) =>
      mended({
        fr: `Le même INE est aussi à l’élève ${listed(others, 'n°', 'ligne')}. Gardez une seule fiche`,
        en: `Student ${listed(others, 'no.', 'line')} has the same INE. Keep one record only`,
      }),
  }
}

/** 03/02/11 */
const TWO_DIGITS = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$/

/** More of them would hide the cure. */
const LISTED = 3

function listed(rows: readonly ListRow[], number: string, at: string): string {
  const some = rows.slice(0, LISTED).map(({ row, line }) => `${number} ${row} (${at} ${line})`)
  return rows.length > LISTED ? `${some.join(', ')}…` : some.join(', ')
}

export const tooManyCells: Words = {
  fr: 'Cette ligne a plus de cases que de colonnes : une valeur contient sans doute un séparateur. Mettez-la entre guillemets ("…"), puis donnez le fichier de nouveau.',
  en: 'This row has more cells than there are columns: a value probably holds a separator. Put it between quotes ("…"), then give the file again.',
}

export function otherSchool(uai: string): Words {
  return {
    fr: `Cette ligne est d’un autre établissement que le vôtre (${uai}). Laissez-la de côté, ou importez-la dans l’établissement dont elle est.`,
    en: `This row is of another school than yours (${uai}). Leave it out, or import it into the school that it is of.`,
  }
}

export function otherYear(label: string): Words {
  return {
    fr: `Cette ligne est d’une autre année que ${label}, ou ne dit pas laquelle. Laissez-la de côté, ou choisissez l’année de la liste.`,
    en: `This row is of another year than ${label}, or does not say which. Leave it out, or choose the year of the list.`,
  }
}

export const ineCorrected: Words = {
  fr: 'Le lycée a corrigé cet INE : l’élève est connu ici sous un autre. Corrigez l’INE là d’où vient la liste, puis donnez-la de nouveau ; si la liste a raison, corrigez d’abord l’identité de l’élève.',
  en: 'The lycée has corrected this INE: the student is known here by another. Mend the INE where the list comes from, then give it again; if the list is right, correct the identity of the student first.',
}

export const ineOfAnother: Words = {
  fr: 'Cet INE est connu ici pour un autre élève : ni le prénom ni la date de naissance ne sont les siens. Corrigez l’INE de l’un des deux, puis donnez la liste de nouveau.',
  en: 'This INE is known here as another student’s: neither the given name nor the birth date is theirs. Mend the INE of one of the two, then give the list again.',
}

export function laterYearKnown(label: string): Words {
  return {
    fr: `Une année scolaire plus récente que ${label} est déjà enregistrée pour cet élève. Importez la liste de l’année en cours.`,
    en: `A school year later than ${label} is recorded for this student already. Import the list of the present year.`,
  }
}
