import { DomainError, type ErrorCode } from '../../errors.js'
import type { Words } from '../../words.js'

const MIB = 1024 * 1024

/** The whole file is refused: told beside the field that holds it. */
export function fileRefused(words: Words, code: ErrorCode = 'invalid-request'): DomainError {
  return new DomainError(code, words, { fields: [{ pointer: '/file', words }] })
}

export function notSiecle(): DomainError {
  const words = {
    fr: 'Ce fichier n’est pas une liste d’élèves de SIECLE. Donnez ElevesSansAdresses.xml, ou le zip ExportXML_ElevesSansAdresses.zip tel que SIECLE l’exporte.',
    en: 'This file is not a list of students of SIECLE. Give ElevesSansAdresses.xml, or the zip ExportXML_ElevesSansAdresses.zip as SIECLE exports it.',
  }
  return fileRefused(words, 'unsupported-type')
}

export function tooLarge(maxBytes: number): DomainError {
  const most = Math.floor(maxBytes / MIB)
  const words = {
    fr: `Cette liste dépasse ${most} Mio. Exportez de SIECLE la liste sans adresses.`,
    en: `This list is larger than ${most} MiB. Export the list without addresses from SIECLE.`,
  }
  return fileRefused(words, 'too-large')
}

export function tooMany(): DomainError {
  const words = {
    fr: 'Ce fichier a plus d’éléments ou d’élèves qu’un lycée ne peut en avoir. Exportez la liste d’un seul établissement.',
    en: 'This file has more elements or students than a lycée can have. Export the list of one school alone.',
  }
  return fileRefused(words, 'too-large')
}

export function badZip(): DomainError {
  return fileRefused({
    fr: 'Ce zip ne contient pas une liste ElevesSansAdresses.xml lisible, et une seule. Donnez le zip tel que SIECLE l’exporte, ou le fichier XML qu’il contient.',
    en: 'This zip does not hold one readable list ElevesSansAdresses.xml. Give the zip as SIECLE exports it, or the XML file that it holds.',
  })
}

export function wrongEncoding(declared: string): DomainError {
  // Of a stranger's file: only what an encoding's name may consist of gets here.
  const name = declared.slice(0, 30)
  return fileRefused({
    fr: `Ce fichier dit être encodé en ${name}, et ne l’est pas : les accents seraient faux. Reprenez l’export de SIECLE, sans l’ouvrir ni l’enregistrer entre-temps.`,
    en: `This file says that it is encoded as ${name}, and it is not: accents would be wrong. Take the export of SIECLE again, and do not open and save it in between.`,
  })
}

export function unknownEncoding(declared: string): DomainError {
  const name = declared.slice(0, 30)
  return fileRefused({
    fr: `L’encodage ${name} n’est pas lu ici. SIECLE écrit en ISO-8859-1 ; UTF-8 et windows-1252 conviennent aussi.`,
    en: `The encoding ${name} is not read here. SIECLE writes ISO-8859-1; UTF-8 and windows-1252 are fine too.`,
  })
}

export function doctypeRefused(): DomainError {
  return fileRefused({
    fr: 'Ce fichier contient une déclaration DOCTYPE, que SIECLE n’écrit jamais et qui peut cacher une attaque. Reprenez l’export de SIECLE.',
    en: 'This file has a DOCTYPE declaration, which SIECLE never writes and which may hide an attack. Take the export of SIECLE again.',
  })
}

export function malformed(line: number): DomainError {
  return fileRefused({
    fr: `Ce fichier XML est mal formé ou incomplet, vers la ligne ${line}. Reprenez l’export de SIECLE.`,
    en: `This XML file is not well formed or not complete, near line ${line}. Take the export of SIECLE again.`,
  })
}

export function fieldTwice(line: number, field: string): DomainError {
  return fileRefused({
    fr: `À la ligne ${line}, un même élève a deux fois le champ ${field}. Reprenez l’export de SIECLE.`,
    en: `At line ${line}, one student has the field ${field} twice. Take the export of SIECLE again.`,
  })
}

export function nobodyListed(): DomainError {
  return fileRefused({
    fr: 'Ce fichier ne contient aucun élève. Dans SIECLE, exportez la base des élèves, sans les adresses.',
    en: 'This file has no student. In SIECLE, export the base of the students, without addresses.',
  })
}
