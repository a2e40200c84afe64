import { toJcs } from '../../credential/jcs.js'
import { NOT_REVOKED, REVOKED } from '../findings.js'
import type { FoundChecks } from '../found.js'
import type { Lookups } from '../lookups.js'
import { toW3cInstant } from './dates.js'
import {
  CONFIRMED,
  DIFFERS,
  IN_SCOPE,
  NO_ANSWER,
  NOT_COMPARED,
  NOT_THERE,
  OUT_OF_SCOPE,
  WRONG_FORM,
} from './findings.js'
import { ACCEPT } from './read-linked.js'
import { readLinks, type Content } from './read-links.js'
import { addressOf, isInScope } from './scope.js'
import { isOf, saysSigned } from './shapes.js'
import { idOf, isObject, type Json } from '../../credential/values.js'
import { toInstant } from '../../credential/instant.js'

export type Proven = Readonly<{ found: FoundChecks; content?: Content }>

/**
 * A hosted badge is true when the server of its issuer shows the same one now. What was handed in only
 * tells where to ask; what is reported is what the server shows.
 *
 * @see https://www.imsglobal.org/spec/ob/v2p0/ HostedBadge Verification
 */
export async function checkHosted(copy: Json, lookups: Lookups): Promise<Proven> {
  const address = addressOf(idOf(copy))
  if (address === undefined) return { found: { structure: WRONG_FORM } }
  const looked = await lookups.document(address, ACCEPT)
  if (looked.outcome === 'gone') return { found: { proof: NOT_COMPARED, status: REVOKED } }
  // The address itself says that there is no such badge: that is an answer, and it is no.
  if (looked.outcome === 'missing') return { found: { proof: NOT_THERE } }
  if (looked.outcome !== 'found') return { found: { proof: NO_ANSWER } }
  const source = looked.value
  if (isOf('RevokedAssertion', source) && source.revoked === true && source.id === copy.id)
    return { found: { proof: NOT_COMPARED, status: REVOKED } }
  // A signed one that is called hosted would not be looked for in its list of revocations.
  if (!isOf('Assertion', source) || saysSigned(source)) return { found: { proof: DIFFERS } }
  return compare(copy, source, lookups)
}

async function compare(copy: Json, source: Json, lookups: Lookups): Promise<Proven> {
  if (!sameAward(copy, source)) return { found: { proof: DIFFERS } }
  const links = await readLinks(source, lookups)
  if ('found' in links) return { found: { ...links.found, status: NOT_REVOKED } }
  // A server that the issuer does not name confirms nothing.
  if (!isInScope(idOf(source), links.profile))
    return { found: { proof: NOT_COMPARED, issuer_binding: OUT_OF_SCOPE } }
  return {
    content: links,
    found: {
      proof: sameClass(copy.badge, links.badgeClass) ? CONFIRMED : DIFFERS,
      issuer_binding: IN_SCOPE,
      status: NOT_REVOKED,
    },
  }
}

/** To whom, for what, from when until when: all that is shown or decides. */
function sameAward(copy: Json, source: Json): boolean {
  return saidBy(copy) === saidBy(source)
}

function saidBy({ id, recipient, badge, issuedOn, expires }: Json): string {
  const { type, identity, hashed = false, salt = '' } = recipient as Json
  const [from, until] = [issuedOn, expires].map((date) => String(toInstant(toW3cInstant(date))))
  return toJcs({ id, badge: idOf(badge), type, identity, hashed, salt, from, until })
}

/** A class that the copy brings along may be out of date in its words, but not be another. */
function sameClass(copied: unknown, badgeClass: Json): boolean {
  return (
    !isObject(copied) ||
    (copied.name === badgeClass.name && idOf(copied.issuer) === idOf(badgeClass.issuer))
  )
}
