import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import type { ListInput } from './invite-list.js'

/** Time to read a preview. */
const HOLD_MINUTES = 30

const Held = z.object({
  personId: z.number().nullable(),
  until: z.string(),
  organisation: z.string(),
  text: z.string(),
})

/** The list that was previewed, sealed for the one who has seen it: the form brings back just this, and nothing is kept. */
export function holdList(ctx: Context, actor: Actor, { organisation, text }: ListInput): string {
  const until = new Date(ctx.now().getTime() + HOLD_MINUTES * 60_000).toISOString()
  return ctx.vault.seal(JSON.stringify({ personId: actor.personId, until, organisation, text }))
}

/** @throws {DomainError} gone, for what is too old, another’s, or no list of ours */
export function openHeldList(ctx: Context, actor: Actor, sealed: string): ListInput {
  const held = unsealed(ctx, sealed)
  if (held?.personId !== actor.personId || held.until <= ctx.now().toISOString()) throw gone()
  return held
}

function unsealed(ctx: Context, sealed: string): z.infer<typeof Held> | undefined {
  try {
    return Held.parse(JSON.parse(ctx.vault.open(sealed)))
  } catch {
    // Not sealed by us, or for something else.
    return undefined
  }
}

function gone(): DomainError {
  return new DomainError('gone', {
    fr: `Cet aperçu n’est plus valable : il l’est ${HOLD_MINUTES} minutes. Donnez de nouveau la liste.`,
    en: `This preview is good no more: it is for ${HOLD_MINUTES} minutes. Give the list again.`,
  })
}
