import { z } from 'zod'
import { LIMITS } from '../../credential/limits.js'
import { readStrictJson } from '../../credential/strict-json.js'
import { DomainError } from '../../errors.js'
import type { Options } from './check-signatures.js'
import type { Problem } from './rule.js'
import { isObject, type Json } from '../../credential/values.js'

/** What options count; others are for other software, and passed over. */
const OptionsSchema = z.object({
  checks: z.array(z.string().max(100)).max(20).optional(),
  challenge: z.string().max(1_000).optional(),
  domain: z.union([z.string().max(1_000), z.array(z.string().max(1_000)).max(20)]).optional(),
  expectedProofPurpose: z.string().max(100).optional(),
})

export type Asked = Readonly<{ document: Json; options: Options }>

/**
 * Takes apart what is to be verified, as strictly as a badge: one value, bounded, no name twice.
 *
 * @param member where the document is in the request
 * @returns the problem of a request that can't be read
 * @throws {DomainError} too-large or unsupported-type
 */
export function readRequest(body: unknown, member: string): Asked | Problem {
  if (!Buffer.isBuffer(body)) throw unsupported()
  const read = readStrictJson(body)
  if (!read.ok) {
    if (read.fault.code === 'too_large') throw tooLarge()
    return { ...read.fault, pointer: '' }
  }
  const document = isObject(read.value) ? read.value[member] : undefined
  if (!isObject(read.value) || !isObject(document)) return missing(member)
  const options = OptionsSchema.safeParse(read.value.options ?? {})
  return options.success ? { document, options: options.data } : WRONG_OPTIONS
}

function missing(member: string): Problem {
  return {
    code: 'structure',
    pointer: `/${member}`,
    words: {
      fr: `La demande doit être un objet JSON avec un objet « ${member} ».`,
      en: `The request must be a JSON object with an object “${member}”.`,
    },
  }
}

const WRONG_OPTIONS: Problem = {
  code: 'options',
  pointer: '/options',
  words: {
    fr: '« options » doit être un objet : « checks » une liste de textes, « challenge » et « expectedProofPurpose » des textes, « domain » un texte ou une liste de textes.',
    en: '“options” must be an object: “checks” a list of texts, “challenge” and “expectedProofPurpose” texts, “domain” a text or a list of texts.',
  },
}

function unsupported(): DomainError {
  return new DomainError('unsupported-type', {
    fr: 'Cette opération prend du JSON : envoyez-le avec « Content-Type: application/json ».',
    en: 'This operation takes JSON: send it with “Content-Type: application/json”.',
  })
}

function tooLarge(): DomainError {
  const kib = LIMITS.jsonBytes / 1024
  return new DomainError('too-large', {
    fr: `Ce document est trop grand pour être vérifié ici (${kib} Kio et 5 000 valeurs au plus).`,
    en: `This document is too large to be verified here (${kib} KiB and 5,000 values at most).`,
  })
}
