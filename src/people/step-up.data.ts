import type { Role } from '../context.js'
import type { Action } from './permissions.data.js'

/**
 * What commits an organisation, opens rights or takes everything away: a person at a page has shown their passkey
 * lately. `authorize` asks for it, so that an act that has one of these needs no word of its own. `take-data` is not among
 * them: it is a student's own right, who has no passkey; `copyData` asks the school for one.
 */
export const STEP_UP: readonly Action[] = [
  'publish-template',
  'withdraw-endorsement',
  'declare-authority',
  'endorse-dossier',
  'approve-dossier',
  'revoke-badges',
  'export-records',
  'export-scheme',
  'open-record',
  'erase-student',
  'second-erasure',
  'manage-organisations',
  'manage-people',
  'manage-tokens',
  'manage-keys',
  'change-settings',
  'announce',
]

/** Roles whose daily work is such acts: they are led to a passkey when they sign in, and keep one at least. */
export const MUST_HAVE_PASSKEY: readonly Role[] = [
  'platform-admin',
  'school-approver',
  'company-admin',
  'company-endorser',
]
