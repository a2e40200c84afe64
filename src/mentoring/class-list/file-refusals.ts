import { DomainError, type ErrorCode } from '../../errors.js'
import type { Words } from '../../words.js'

const MIB = 1024 * 1024

const atLine = (line: number): Words => ({ fr: ` (ligne ${line})`, en: ` (line ${line})` })

/** The whole file is refused: told beside the field that holds it. */
export function fileRefused(words: Words, code: ErrorCode = 'invalid-request'): DomainError {
  return new DomainError(code, words, { fields: [{ pointer: '/file', words }] })
}

export function notList(): DomainError {
  const words = {
    fr: 'Ce fichier n’est pas une liste d’élèves de SIECLE, ni un CSV de plusieurs colonnes. Donnez ElevesSansAdresses.xml, le zip tel que SIECLE l’exporte, ou un CSV dont la première ligne nomme les colonnes.',
    en: 'This file is not a list of students of SIECLE, nor a CSV of several columns. Give ElevesSansAdresses.xml, the zip as SIECLE exports it, or a CSV whose first line names the columns.',
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
    fr: 'Ce zip ne contient pas une liste ElevesSansAdresses.xml lisible, et une seule. Donnez le zip tel que SIECLE l’exporte, ou le fichier XML qu’il contient ; un classeur (.xlsx, .ods) s’enregistre d’abord en CSV.',
    en: 'This zip does not hold one readable list ElevesSansAdresses.xml. Give the zip as SIECLE exports it, or the XML file that it holds; save a workbook (.xlsx, .ods) as CSV first.',
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

/** @param line undefined where the whole file can't be decoded */
export function notText(line?: number): DomainError {
  const where = line === undefined ? { fr: '', en: '' } : atLine(line)
  return fileRefused({
    fr: `Ce fichier contient des octets qui ne sont pas du texte${where.fr}. Enregistrez la liste en CSV (UTF-8), puis donnez-la de nouveau.`,
    en: `This file has bytes that are no text${where.en}. Save the list as CSV (UTF-8), then give it again.`,
  })
}

export function brokenAccents(line: number): DomainError {
  const where = atLine(line)
  return fileRefused({
    fr: `Les accents de ce fichier sont abîmés${where.fr} : « é » y est écrit « Ã© ». Exportez de nouveau la liste, sans l’ouvrir ni l’enregistrer entre-temps.`,
    en: `The accents of this file are broken${where.en}: “é” is written “Ã©”. Export the list again, and do not open and save it in between.`,
  })
}

export function badQuotes(line: number): DomainError {
  return fileRefused({
    fr: `À partir de la ligne ${line}, un guillemet (") est ouvert et n’est pas fermé, ou se trouve au milieu d’une valeur. Fermez-le, ou doublez-le ("") s’il fait partie de la valeur.`,
    en: `From line ${line} on, a quote (") is opened and not closed, or stands in the middle of a value. Close it, or double it ("") if it is part of the value.`,
  })
}

export function fieldTooLong(line: number, most: number): DomainError {
  const words = {
    fr: `À partir de la ligne ${line}, une valeur a plus de ${most} caractères. Vérifiez les guillemets ("), puis donnez la liste de nouveau.`,
    en: `From line ${line} on, a value has more than ${most} characters. Check the quotes ("), then give the list again.`,
  }
  return fileRefused(words, 'too-large')
}

export function tooManyColumns(most: number): DomainError {
  const words = {
    fr: `Ce fichier a plus de ${most} colonnes. Gardez celles des élèves : INE, noms, naissance, division, formation.`,
    en: `This file has more than ${most} columns. Keep those of the students: INE, names, birth, division, course.`,
  }
  return fileRefused(words, 'too-large')
}

export function noHeader(): DomainError {
  return fileRefused({
    fr: 'La première ligne de ce fichier est déjà un élève : elle doit nommer les colonnes. Exportez la liste avec ses titres, ou ajoutez une première ligne comme « INE;Nom;Prénom;Né(e) le;Classe;MEF ».',
    en: 'The first line of this file is a student already: it must name the columns. Export the list with its titles, or add a first line such as “INE;Nom;Prénom;Né(e) le;Classe;MEF”.',
  })
}

export function columnTwice(name: string): DomainError {
  return fileRefused({
    fr: `Deux colonnes s’appellent « ${name} ». Gardez la bonne, ou donnez un autre nom à l’autre.`,
    en: `Two columns are called “${name}”. Keep the right one, or give the other another name.`,
  })
}

export function nobodyInTable(): DomainError {
  return fileRefused({
    fr: 'Ce fichier nomme des colonnes et ne contient aucun élève. Exportez de nouveau la liste.',
    en: 'This file names columns and has no student. Export the list again.',
  })
}
