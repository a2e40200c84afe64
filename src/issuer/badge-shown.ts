import { z } from 'zod'
import { COMPLEMENTS_SENTENCE } from '../templates/definition.js'
import type { Badge } from './store/badges.js'

/** What pages show of a badge that we signed: nothing that is not in its document. */
const Signed = z.object({
  issuer: z.object({ name: z.string() }),
  validFrom: z.string(),
  validUntil: z.string().optional(),
  credentialSubject: z.object({
    achievement: z.object({
      name: z.string(),
      description: z.string(),
      criteria: z.object({ narrative: z.string() }),
      inLanguage: z.string().default('fr'),
      image: z.object({ id: z.string() }),
      alignment: z
        .array(
          z.object({
            targetName: z.string(),
            targetUrl: z.string(),
            targetFramework: z.string(),
            targetCode: z.string().default(''),
          }),
        )
        .default([]),
    }),
  }),
  evidence: z.array(z.object({ name: z.string(), description: z.string() })).default([]),
  endorsement: z.array(z.object({ issuer: z.object({ name: z.string() }) })).default([]),
})

export type BadgeShown = Readonly<{
  name: string
  description: string
  criteria: string
  /** The diploma that it stands beside; null where the criteria do not tell. */
  complements: string | null
  /** Of its texts. */
  language: string
  /** Path on this service. */
  picture: string
  school: string
  companies: readonly string[]
  validFrom: string
  validUntil: string | null
  evidence: readonly Readonly<{ name: string; description: string }>[]
  alignments: readonly Readonly<{ framework: string; code: string; name: string; url: string }>[]
}>

/** Reads a document of ours. @throws {ZodError} for one that we have not written */
export function readSigned(document: string): BadgeShown {
  const { issuer, credentialSubject, endorsement, ...signed } = Signed.parse(JSON.parse(document))
  const { achievement } = credentialSubject
  return {
    name: achievement.name,
    description: achievement.description,
    ...splitCriteria(achievement.criteria.narrative),
    language: achievement.inLanguage,
    // A path: the page loads pictures from itself only.
    picture: new URL(achievement.image.id).pathname,
    school: issuer.name,
    companies: [...new Set(endorsement.map((one) => one.issuer.name))],
    validFrom: signed.validFrom,
    validUntil: signed.validUntil ?? null,
    evidence: signed.evidence,
    alignments: achievement.alignment.map((one) => ({
      framework: one.targetFramework,
      code: one.targetCode,
      name: one.targetName,
      url: one.targetUrl,
    })),
  }
}

/** The last paragraph of the criteria that we sign says what the badge complements. */
function splitCriteria(narrative: string): Pick<BadgeShown, 'criteria' | 'complements'> {
  const at = narrative.lastIndexOf('\n\n')
  const last = narrative.slice(at + 2)
  return at > 0 && last.endsWith(COMPLEMENTS_SENTENCE)
    ? { criteria: narrative.slice(0, at), complements: last }
    : { criteria: narrative, complements: null }
}

export type BadgeState = 'valid' | 'revoked' | 'suspended' | 'expired'

/** How a badge stands by our own book; whether its signature is good is the verifier's to say. */
export function stateOf(
  badge: Pick<Badge, 'revoked_at' | 'held_at'>,
  { validUntil }: Pick<BadgeShown, 'validUntil'>,
  now: Date,
): BadgeState {
  if (badge.revoked_at !== null) return 'revoked'
  if (badge.held_at !== null) return 'suspended'
  return validUntil !== null && Date.parse(validUntil) < now.getTime() ? 'expired' : 'valid'
}
