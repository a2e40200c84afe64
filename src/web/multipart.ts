import busboy from 'busboy'
import type { Request } from 'express'
import { DomainError } from '../errors.js'

export type Upload = Readonly<{
  fields: Readonly<Record<string, string>>
  file: Buffer | undefined
}>

const MAX_FIELDS = 20
const MAX_FIELD_BYTES = 512 * 1024

/**
 * Reads a form with one file, in memory, bounded.
 *
 * @throws {DomainError} invalid-request or too-large
 */
export function readMultipart(req: Request, maxFileBytes: number): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = {}
    const parts: Buffer[] = []
    let files = 0
    let tooLarge = false
    const refuse = () => reject(tooLarge ? TOO_LARGE() : MALFORMED())
    const parser = openParser(req, maxFileBytes)
    if (!parser) return reject(MALFORMED())
    parser.on('field', (name, value, info) => {
      if (name !== undefined && !info.valueTruncated) fields[name] = value
    })
    parser.on('file', (_name, stream) => {
      files += 1
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('limit', () => (tooLarge = true))
      // A form that ends inside its file: without a listener this would end the process.
      stream.on('error', refuse)
    })
    for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const)
      parser.on(limit, () => (files = 2))
    parser.on('error', refuse)
    parser.on('close', () => {
      if (tooLarge || files > 1) return refuse()
      const file = Buffer.concat(parts)
      resolve({ fields, file: file.length > 0 ? file : undefined })
    })
    req.on('aborted', refuse)
    req.pipe(parser)
  })
}

function openParser(req: Request, fileSize: number): busboy.Busboy | undefined {
  try {
    const limits = {
      files: 1,
      fields: MAX_FIELDS,
      parts: MAX_FIELDS + 1,
      fileSize,
      fieldSize: MAX_FIELD_BYTES,
    }
    return busboy({ headers: req.headers, limits })
  } catch {
    return undefined
  }
}

const MALFORMED = () =>
  new DomainError('invalid-request', {
    fr: 'Le formulaire envoyé est incomplet ou mal formé. Recommencez avec un seul fichier.',
    en: 'The form that was sent is incomplete or not well formed. Try again with one file.',
  })
const TOO_LARGE = () =>
  new DomainError('too-large', {
    fr: 'Ce fichier est trop gros pour être accepté ici.',
    en: 'This file is too large to be accepted here.',
  })
