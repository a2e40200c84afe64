import type { Context } from '../../context.js'
import {
  ASKED_FIELDS,
  FIELD_WORDS,
  OUTCOME_WORDS,
  OUTCOMES,
} from '../../mentoring/corrections/fields.data.js'

type Line = Readonly<Record<string, unknown>>

/** What a request for correction, or a correction, says in a copy. */
export function correctionIn(ctx: Pick<Context, 'vault'>, table: string, row: Line): Line {
  if (table !== 'correction_requests' && table !== 'identity_changes') return {}
  const opened = (sealed: unknown) => (typeof sealed === 'string' ? ctx.vault.open(sealed) : null)
  const field = ASKED_FIELDS.find((one) => one === row.field) ?? 'other'
  const outcome = OUTCOMES.find((one) => one === row.outcome)
  const what = FIELD_WORDS[field].fr
  if (table === 'correction_requests')
    return {
      ...{ what, said: opened(row.said_sealed), answer: opened(row.answer_sealed) },
      became: outcome ? OUTCOME_WORDS[outcome].fr : null,
    }
  // Of a number there is no more than a fingerprint.
  const before = field === 'ine' ? null : opened(row.before_sealed)
  return { what, before, reason: opened(row.reason_sealed) }
}
