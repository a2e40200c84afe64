import { z } from 'zod'
import type { Language, Words } from '../words.js'

/** In the order of the report. */
export const CHECK_NAMES = [
  'format',
  'structure',
  'context',
  'type',
  'proof',
  'issuer_binding',
  'validity',
  'status',
  'refresh',
  'schema',
  'endorsements',
  'trust',
] as const
export type CheckName = (typeof CHECK_NAMES)[number]

export type Result = 'pass' | 'fail' | 'unknown' | 'not_applicable'
export type Verdict = 'valid' | 'invalid' | 'indeterminate'
export type Check = Readonly<{ name: CheckName; result: Result; code: string; words: Words }>

export const ReportCheck = z
  .object({
    name: z.enum(CHECK_NAMES),
    result: z.enum(['pass', 'fail', 'unknown', 'not_applicable']),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'Check' })
const Warning = z.object({ code: z.string(), message: z.string() })
const VerdictSchema = z.enum(['valid', 'invalid', 'indeterminate'])

export const Report = z
  .object({
    verdict: VerdictSchema,
    trusted: z.boolean(),
    summary: z.string(),
    format: z.enum(['data-integrity', 'vc-jwt', 'ob2-hosted', 'ob2-signed', 'unknown']),
    checks: z.array(ReportCheck),
    badge: z
      .object({
        id: z.string().nullable(),
        name: z.string(),
        description: z.string(),
        criteria: z.string(),
        image: z.string().nullable(),
        issuer: z.object({ id: z.string(), name: z.string(), domain: z.string() }),
        validFrom: z.string(),
        validUntil: z.string().nullable(),
        recipient: z.object({ id: z.string().nullable() }),
      })
      .nullable(),
    warnings: z.array(Warning),
    endorsements: z.array(
      z.object({
        endorser: z.object({ id: z.string(), name: z.string() }),
        target: z.enum(['achievement', 'award', 'issuer']).nullable(),
        comment: z.string(),
        verdict: VerdictSchema,
        checks: z.array(ReportCheck),
      }),
    ),
    verifiedAt: z.iso.datetime(),
    engine: z.string().meta({ description: 'What made this report, with its version' }),
    digest: z
      .string()
      .meta({ description: 'SHA-256 of the very bytes that were verified: `sha256:` and hex' }),
  })
  .meta({ id: 'Report' })
export type Report = z.infer<typeof Report>

const SUMMARIES: Readonly<Record<Verdict, { known: Words; stranger: Words }>> = {
  valid: {
    known: {
      fr: 'Ce badge est valide, et nous savons qui l’a délivré.',
      en: 'This badge is valid, and we know who issued it.',
    },
    stranger: {
      fr: 'La signature de ce badge est bonne, mais nous ne savons pas qui l’a délivré.',
      en: 'The signature of this badge is good, but we don’t know who issued it.',
    },
  },
  invalid: {
    known: { fr: 'Ce badge n’est pas valide.', en: 'This badge is not valid.' },
    stranger: { fr: 'Ce badge n’est pas valide.', en: 'This badge is not valid.' },
  },
  indeterminate: {
    known: {
      fr: 'Ce badge n’a pas pu être vérifié entièrement : ne concluez rien pour l’instant.',
      en: 'This badge could not be checked fully: conclude nothing for now.',
    },
    stranger: {
      fr: 'Ce badge n’a pas pu être vérifié entièrement : ne concluez rien pour l’instant.',
      en: 'This badge could not be checked fully: conclude nothing for now.',
    },
  },
}

const CONFIRMED: Words = {
  fr: 'Un serveur confirme ce badge, mais nous ne savons pas qui l’a délivré.',
  en: 'A server confirms this badge, but we don’t know who issued it.',
}

const NO_BADGE: Words = {
  fr: 'Nous n’avons pas pu lire de badge dans ce que vous avez donné.',
  en: 'We could not read a badge in what you gave.',
}

type Deciding = Readonly<{ proof?: { code: string }; format?: { result: Result } }>

export function summaryOf(
  verdict: Verdict,
  trusted: boolean,
  language: Language,
  { proof, format }: Deciding = {},
): string {
  // A file of another kind is no badge that somebody has forged.
  if (format?.result === 'fail') return NO_BADGE[language]
  // A hosted badge of the older standard has no signature that could be good.
  if (verdict === 'valid' && !trusted && proof?.code === 'hosted') return CONFIRMED[language]
  return SUMMARIES[verdict][trusted ? 'known' : 'stranger'][language]
}

export function toReportCheck(language: Language) {
  return ({ name, result, code, words }: Check): z.infer<typeof ReportCheck> => ({
    name,
    result,
    code,
    message: words[language],
  })
}
