import type { Role } from '../context.js'

/**
 * How far a role reaches: everywhere, the school of its assignment, the company of its
 * assignment, or the person's own record.
 */
export type Reach = 'any' | 'school' | 'company' | 'own'

export const ACTIONS = [
  'see-student',
  'manage-classes',
  'record-session',
  'confirm-session',
  'record-placement',
  'confirm-placement',
  'contest-fact',
  'import-students',
  'see-template',
  'define-template',
  'publish-template',
  'see-dossier',
  'open-dossier',
  'propose-dossier',
  'assess-dossier',
  'endorse-dossier',
  'approve-dossier',
  'refuse-dossier',
  'revoke-badge',
  'share-badge',
  'manage-organisations',
  'manage-people',
  'manage-tokens',
  'see-keys',
  'see-audit',
] as const
export type Action = (typeof ACTIONS)[number]

const STAFF = { 'school-staff': 'school', 'school-approver': 'school' } as const
const SCHOOL = { ...STAFF, 'liaison-officer': 'school' } as const
const APPROVER = { 'school-approver': 'school' } as const
const COMPANY = { 'company-admin': 'company', 'company-endorser': 'company' } as const

/** Who may do what. What is not written here is refused. */
export const PERMISSIONS: Readonly<Record<Action, Readonly<Partial<Record<Role, Reach>>>>> = {
  'see-student': { ...SCHOOL, student: 'own' },
  'manage-classes': STAFF,
  'record-session': SCHOOL,
  'confirm-session': { ...SCHOOL, 'company-endorser': 'company' },
  'record-placement': STAFF,
  'confirm-placement': { ...STAFF, 'company-endorser': 'company' },
  'contest-fact': { student: 'own' },
  'import-students': STAFF,
  'see-template': { ...SCHOOL, ...COMPANY },
  'define-template': COMPANY,
  'publish-template': { 'company-admin': 'company' },
  'see-dossier': { ...SCHOOL, ...COMPANY, student: 'own' },
  'open-dossier': SCHOOL,
  'propose-dossier': STAFF,
  'assess-dossier': COMPANY,
  'endorse-dossier': { 'company-endorser': 'company' },
  'approve-dossier': APPROVER,
  'refuse-dossier': APPROVER,
  'revoke-badge': APPROVER,
  'share-badge': { student: 'own' },
  'manage-organisations': { 'platform-admin': 'any' },
  'manage-people': { 'platform-admin': 'any', ...APPROVER, 'company-admin': 'company' },
  'manage-tokens': { 'platform-admin': 'any' },
  'see-keys': { 'platform-admin': 'any' },
  'see-audit': { 'platform-admin': 'any' },
}

/** What takes a person at a page: no API token does it, whatever its scopes. */
export const NEVER_BY_TOKEN: readonly Action[] = [
  'assess-dossier',
  'endorse-dossier',
  'approve-dossier',
  'manage-people',
  'manage-tokens',
]
