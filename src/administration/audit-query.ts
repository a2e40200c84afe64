import { z } from 'zod'

/** What public ids, names of processes and codes of actions are made of. */
const Code = z
  .string()
  .regex(/^[\w.-]{1,64}$/)
  .optional()
  .catch(undefined)

/** What is asked of the audit; what can't be meant is not asked. */
export const AuditQuery = z.object({
  actor: Code,
  action: Code,
  subject: Code,
  day: z.iso.date().optional().catch(undefined),
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().catch(undefined),
})
