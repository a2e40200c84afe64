import { z } from 'zod'
import type { Actor, Context } from '../context.js'
import { DomainError } from '../errors.js'
import type { Words } from '../words.js'

/** Time to read a preview. */
const HOLD_MINUTES = 30

/** What a preview showed: which kind of it, and what it may hold. */
export type PreviewKind<T> = Readonly<{
  name: string
  content: z.ZodType<T>
  /** What to do once it is good no more. */
  again: Words
}>

const Held = z.object({
  kind: z.string(),
  personId: z.number().nullable(),
  until: z.string(),
  content: z.unknown(),
})

/**
 * What was previewed, sealed for the one who has seen it: the form that goes on brings back just this, and the service
 * keeps nothing.
 */
export function holdPreview<T>(
  ctx: Context,
  { personId }: Actor,
  kind: PreviewKind<T>,
  content: T,
): string {
  const until = new Date(ctx.now().getTime() + HOLD_MINUTES * 60_000).toISOString()
  return ctx.vault.seal(JSON.stringify({ kind: kind.name, personId, until, content }))
}

/** @throws {DomainError} gone, for what is too old, another’s, or no such preview of ours */
export function openPreview<T>(
  ctx: Context,
  { personId }: Actor,
  kind: PreviewKind<T>,
  sealed: string,
): T {
  const held = unsealed(ctx, sealed)
  const isGood = held?.kind === kind.name && held.until > ctx.now().toISOString()
  const content = kind.content.safeParse(held?.content)
  if (!isGood || held.personId !== personId || !content.success) throw gone(kind.again)
  return content.data
}

function unsealed(ctx: Context, sealed: string): z.infer<typeof Held> | undefined {
  try {
    return Held.parse(JSON.parse(ctx.vault.open(sealed)))
  } catch {
    // Not sealed by us, or for something else.
    return undefined
  }
}

function gone({ fr, en }: Words): DomainError {
  return new DomainError('gone', {
    fr: `Cet aperçu n’est plus valable : il l’est ${HOLD_MINUTES} minutes. ${fr}`,
    en: `This preview is good no more: it is for ${HOLD_MINUTES} minutes. ${en}`,
  })
}
