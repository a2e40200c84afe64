import type { Words } from '../../words.js'
import type { Report } from '../report.js'
import { MANDATORY } from '../verdict.js'

type Told = Pick<Report, 'verdict' | 'trusted' | 'checks'>

/** Warnings that a reader must meet before the name that they speak of. */
export const FIRST_WARNINGS: readonly string[] = ['look_alike', 'name_differs']

/** Why a badge is not simply valid: what decided, in the words of its checks. */
export function reasonsOf({ verdict, trusted, checks }: Told): string[] {
  const deciding = checks.filter(
    ({ name, result, code }) =>
      code !== 'not_checked' &&
      ((verdict === 'invalid' && result === 'fail' && MANDATORY.includes(name)) ||
        (verdict === 'indeterminate' && result === 'unknown' && MANDATORY.includes(name)) ||
        (verdict === 'valid' && !trusted && name === 'trust') ||
        (name === 'endorsements' &&
          verdict !== 'invalid' &&
          (result === 'fail' || result === 'unknown'))),
  )
  return [...new Set(deciding.map(({ message }) => message))]
}

/** What the reader can do about it; undefined when there is nothing to do. */
export function adviceOn({ verdict, trusted, checks }: Told): Words | undefined {
  if (verdict === 'valid') return trusted ? undefined : ASK_WHO_SIGNS
  if (checks.some(({ code }) => code === 'link_only')) return OTHER_FILE
  if (verdict === 'indeterminate') return TRY_AGAIN
  const failed = checks.find(({ name, result }) => result === 'fail' && MANDATORY.includes(name))
  if (failed?.code === 'expired') return EXPIRED
  if (failed?.code === 'revoked') return REVOKED
  if (failed?.code === 'suspended') return SUSPENDED
  return failed?.name === 'format' ? OTHER_FILE : ASK_FOR_ANOTHER
}

const ASK_WHO_SIGNS: Words = {
  fr: 'demandez à l’organisme nommé dans le badge s’il l’a bien délivré, à une adresse que vous trouvez vous-même.',
  en: 'ask the organisation named in the badge whether it issued it, at an address that you find yourself.',
}
const TRY_AGAIN: Words = {
  fr: 'réessayez dans quelques minutes. Si rien ne change, demandez à l’émetteur, à une adresse que vous trouvez vous-même.',
  en: 'try again in a few minutes. If nothing changes, ask the issuer, at an address that you find yourself.',
}
const EXPIRED: Words = {
  fr: 'le badge a pu être vrai ; demandez à la personne si elle en a un plus récent.',
  en: 'the badge may have been true; ask the person for a more recent one.',
}
const REVOKED: Words = {
  fr: 'ne comptez pas sur ce badge. Son émetteur peut vous dire pourquoi il l’a retiré.',
  en: 'do not count on this badge. Its issuer can tell you why it was withdrawn.',
}
const SUSPENDED: Words = {
  fr: 'ne comptez pas sur ce badge tant que son émetteur ne vous a pas dit qu’il compte de nouveau.',
  en: 'do not count on this badge until its issuer has told you that it counts again.',
}
const OTHER_FILE: Words = {
  fr: 'demandez à qui vous l’a donné un lien de partage, ou le fichier tel que son école le lui a remis.',
  en: 'ask whoever gave it to you for a share link, or for the file as they had it from their school.',
}
const ASK_FOR_ANOTHER: Words = {
  fr: 'ne comptez pas sur ce badge. Demandez à la personne un lien de partage, et à l’émetteur s’il l’a bien délivré.',
  en: 'do not count on this badge. Ask the person for a share link, and the issuer whether it was issued.',
}
