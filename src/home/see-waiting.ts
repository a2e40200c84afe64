import type { Actor, Context } from '../context.js'
import { issuerWaiting } from '../issuer/waiting.js'
import { mentoringWaiting } from '../mentoring/waiting.js'
import { proofsWaiting } from '../people/authority/see-proofs.js'
import { authorityWaiting } from '../people/authority/waiting.js'
import { firstStepsWaiting } from '../people/first-steps.js'
import { templatesWaiting } from '../templates/waiting.js'
import type { Waiting } from '../web/components/journey.js'

/** Each room tells what waits for somebody, within what they may do there; the most urgent first. */
const ASKED: readonly ((ctx: Context, actor: Actor) => Promise<Waiting[]>)[] = [
  firstStepsWaiting,
  issuerWaiting,
  mentoringWaiting,
  templatesWaiting,
  authorityWaiting,
  proofsWaiting,
]

/** All that waits for somebody, in all rooms. */
export async function seeWaiting(ctx: Context, actor: Actor): Promise<Waiting[]> {
  return (await Promise.all(ASKED.map((ask) => ask(ctx, actor)))).flat()
}
