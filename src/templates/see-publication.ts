import type { Actor, Context } from '../context.js'
import { may } from '../people/authorize.js'
import { findPerson } from '../people/store.js'
import type { Words } from '../words.js'
import { mayStandIn, whyNotPublish } from './second-person.js'
import type { Version } from './store.js'

/** Who wants a version published, and what the reader may do about it. */
export type Publication = Readonly<{
  /** Undefined: nobody has proposed it as it is. */
  proposed:
    Readonly<{ person: string; function: string; at: string; byReader: boolean }> | undefined
  /** Whether the reader may publish it now; as the school's liaison officer, or as one of the company. */
  as: 'company' | 'liaison' | undefined
  /** Why they may not, though they are entitled. */
  why: Words | undefined
}>

/** What the page of a version says of its publication. */
export async function seePublication(
  ctx: Context,
  actor: Actor,
  version: Version,
): Promise<Publication> {
  const { proposal, creatorId } = version
  if (version.publishedAt !== null || version.archivedAt !== null) return NOTHING
  const person = proposal && (await findPerson(ctx.db, proposal.byId))
  const proposed = proposal
    ? {
        person: person ? `${person.givenName} ${person.familyName}` : '',
        function: proposal.function,
        at: proposal.at,
        byReader: proposal.byId === actor.personId,
      }
    : undefined
  const ofCompany = may(actor, 'publish-template', { companyIds: [creatorId] })
  const isEntitled = ofCompany || (await mayStandIn(ctx, actor, creatorId))
  if (!isEntitled || actor.personId === null) return { ...NOTHING, proposed }
  const why = await whyNotPublish(ctx, version, actor.personId)
  return { proposed, as: why ? undefined : ofCompany ? 'company' : 'liaison', why: why?.words }
}

const NOTHING: Publication = { proposed: undefined, as: undefined, why: undefined }
