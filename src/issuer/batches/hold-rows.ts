import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { BATCH_ACTS } from './acts.data.js'
import type { CsvRows } from './preview-csv.js'

/** Time to read a preview. */
const HOLD_MINUTES = 30

const Said = { function: z.string().optional(), comment: z.string().optional() }
const Held = z.object({
  personId: z.number(),
  act: z.enum(BATCH_ACTS),
  until: z.string(),
  rows: z.array(
    z.union([
      z.object({ studentId: z.string(), versionId: z.number(), ...Said }),
      z.object({ dossierId: z.string(), digest: z.string(), ...Said }),
      z.object({ badgeId: z.string(), ...Said }),
    ]),
  ),
  faults: z.array(
    z.object({
      line: z.number(),
      column: z.string(),
      shape: z.string(),
      words: z.object({ fr: z.string(), en: z.string() }),
    }),
  ),
})

/**
 * The rows of a previewed file, sealed for the one who has seen them, so that the form that goes on brings
 * back just these and the service keeps nothing.
 */
export function holdRows(ctx: Context, actor: Actor, { act, rows, faults }: CsvRows): string {
  const until = new Date(ctx.now().getTime() + HOLD_MINUTES * 60_000).toISOString()
  return ctx.vault.seal(JSON.stringify({ personId: actor.personId, act, until, rows, faults }))
}

/** @throws {DomainError} gone, for what is too old, another’s, or no rows of ours */
export function openHeldRows(ctx: Context, actor: Actor, sealed: string): CsvRows {
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
    fr: `Cet aperçu n’est plus valable : il l’est ${HOLD_MINUTES} minutes. Choisissez de nouveau le fichier.`,
    en: `This preview is good no more: it is for ${HOLD_MINUTES} minutes. Choose the file again.`,
  })
}
