import type { Say } from '../web/say.js'
import type { Tone } from '../web/components/status.js'
import type { Words } from '../words.js'
import type { VerifiedBadge } from './verify-now.js'

/** `endorsement`: the badge is good, but somebody's word for it is not, or could not be checked. */
export type Standing =
  'valid' | 'revoked' | 'suspended' | 'expired' | 'invalid' | 'unknown' | 'endorsement'

/** How a shared badge stands now. What our own book says counts at once, whatever list is out. */
export function standingOf({ report, revocation, heldOn }: VerifiedBadge): Standing {
  const check = (name: string) => report.checks.find((one) => one.name === name)
  if (revocation !== null || check('status')?.code === 'revoked') return 'revoked'
  if (heldOn !== null || check('status')?.code === 'suspended') return 'suspended'
  if (check('validity')?.code === 'expired') return 'expired'
  if (report.verdict === 'invalid') return 'invalid'
  if (report.verdict === 'indeterminate' || !report.trusted) return 'unknown'
  return check('endorsements')?.result === 'pass' ? 'valid' : 'endorsement'
}

export const STANDING_TONES: Readonly<Record<Standing, Tone>> = {
  valid: 'valid',
  revoked: 'invalid',
  suspended: 'invalid',
  expired: 'invalid',
  invalid: 'invalid',
  unknown: 'unknown',
  endorsement: 'unknown',
}

/** The one sentence that says it. */
export function standingSentence(
  say: Say,
  { revocation, heldOn, shown }: VerifiedBadge,
  is: Standing,
): string {
  const since = revocation ? say.day(revocation.day) : ''
  const held = heldOn ? say.day(heldOn) : ''
  const until = shown?.validUntil ? say.day(shown.validUntil.slice(0, 10)) : ''
  const sentences = {
    valid: {
      fr: 'Vérifié à l’instant : signature, émetteur, validité, révocation, endossement',
      en: 'Checked just now: signature, issuer, validity, revocation, endorsement',
    },
    revoked: revokedWords(since, revocation?.replaced ?? false),
    suspended: {
      fr: `Suspendu${held && ` depuis le ${held}`} : l’émetteur l’examine, il ne compte pas pour l’instant`,
      en: `Suspended${held && ` since ${held}`}: the issuer examines it, it does not count for now`,
    },
    expired: {
      fr: `Expiré${until && ` le ${until}`} : ce badge ne vaut plus aujourd’hui`,
      en: `Expired${until && ` on ${until}`}: this badge is not valid today`,
    },
    invalid: {
      fr: 'Ce badge n’est pas valide : ne vous y fiez pas',
      en: 'This badge is not valid: do not rely on it',
    },
    unknown: {
      fr: 'Tout n’a pas pu être vérifié à l’instant : ne concluez rien, réessayez plus tard',
      en: 'Not everything could be checked just now: conclude nothing, try again later',
    },
    endorsement: {
      fr: 'Le badge est valide, mais son endossement a été retiré ou n’a pas pu être vérifié',
      en: 'The badge is valid, but its endorsement was withdrawn or could not be checked',
    },
  }
  return say(sentences[is])
}

function revokedWords(since: string, replaced: boolean): Words {
  if (replaced)
    return {
      fr: `Révoqué le ${since}, et remplacé par un badge plus récent : celui-ci ne compte plus`,
      en: `Revoked on ${since}, and replaced by a newer badge: this one counts no more`,
    }
  return {
    fr: `Révoqué${since && ` le ${since}`} : ce badge ne compte plus`,
    en: `Revoked${since && ` on ${since}`}: this badge counts no more`,
  }
}
