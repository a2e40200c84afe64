import type { Role } from '../context.js'

/**
 * How far a role reaches: everywhere, the school of its assignment, the company (or tête de cordée, or
 * mentoring structure) of its assignment, its academy, or the person's own record.
 */
export type Reach = 'any' | 'school' | 'company' | 'academy' | 'own'

export const ACTIONS = [
  'see-student',
  'manage-classes',
  'record-session',
  'confirm-session',
  'record-placement',
  'confirm-placement',
  'contest-fact',
  'import-students',
  'export-records',
  'correct-fact',
  'manage-mentors',
  'manage-schemes',
  'see-class',
  'record-contribution',
  'see-indicators',
  'manage-calendar',
  'set-academy-rule',
  'see-template',
  'define-template',
  'propose-template',
  'publish-template',
  'archive-template',
  'see-dossier',
  'open-dossier',
  'propose-dossier',
  'assess-dossier',
  'endorse-dossier',
  'stand-in-for-company',
  'ask-company',
  'withdraw-endorsement',
  'approve-dossier',
  'refuse-dossier',
  'revoke-badge',
  'share-badge',
  'give-consent',
  'manage-consents',
  'manage-organisations',
  'declare-authority',
  'manage-people',
  'manage-tokens',
  'see-keys',
  'manage-keys',
  'see-audit',
] as const
export type Action = (typeof ACTIONS)[number]

const STAFF = { 'school-staff': 'school', 'school-approver': 'school' } as const
const SCHOOL = { ...STAFF, 'liaison-officer': 'school' } as const
const APPROVER = { 'school-approver': 'school' } as const
const COMPANY = { 'company-admin': 'company', 'company-endorser': 'company' } as const

const COORDINATOR = { 'scheme-coordinator': 'company' } as const
const REFERENT = { 'academic-referent': 'academy' } as const

/** Who may do what. What is not written here is refused. */
export const PERMISSIONS: Readonly<Record<Action, Readonly<Partial<Record<Role, Reach>>>>> = {
  'see-student': { ...SCHOOL, student: 'own' },
  'manage-classes': STAFF,
  'record-session': { ...SCHOOL, ...COORDINATOR },
  'confirm-session': { ...SCHOOL, ...COORDINATOR, 'company-endorser': 'company' },
  'record-placement': STAFF,
  'confirm-placement': { ...STAFF, 'company-endorser': 'company' },
  'contest-fact': { student: 'own' },
  'import-students': STAFF,
  'export-records': STAFF,
  'correct-fact': { ...SCHOOL, ...COORDINATOR },
  'manage-mentors': { ...SCHOOL, ...COORDINATOR, 'company-admin': 'company' },
  'manage-schemes': { ...STAFF, ...COORDINATOR },
  'see-class': { ...SCHOOL, ...REFERENT },
  'record-contribution': { ...SCHOOL, 'company-admin': 'company' },
  'see-indicators': { ...SCHOOL, ...REFERENT },
  'manage-calendar': { 'platform-admin': 'any', ...REFERENT },
  'set-academy-rule': REFERENT,
  'see-template': { ...SCHOOL, ...COMPANY },
  'define-template': COMPANY,
  'propose-template': COMPANY,
  'publish-template': COMPANY,
  'archive-template': { 'company-admin': 'company' },
  'see-dossier': { ...SCHOOL, ...COMPANY, student: 'own' },
  'open-dossier': SCHOOL,
  'propose-dossier': STAFF,
  'assess-dossier': COMPANY,
  'endorse-dossier': { 'company-endorser': 'company' },
  'stand-in-for-company': { 'liaison-officer': 'school' },
  'ask-company': { ...APPROVER, 'company-admin': 'company' },
  'withdraw-endorsement': COMPANY,
  'approve-dossier': APPROVER,
  'refuse-dossier': APPROVER,
  'revoke-badge': APPROVER,
  'share-badge': { student: 'own' },
  'give-consent': { student: 'own' },
  'manage-consents': STAFF,
  'manage-organisations': { 'platform-admin': 'any' },
  'declare-authority': { 'company-admin': 'company' },
  'manage-people': { 'platform-admin': 'any', ...APPROVER, 'company-admin': 'company' },
  'manage-tokens': { 'platform-admin': 'any' },
  'see-keys': { 'platform-admin': 'any' },
  'manage-keys': { 'platform-admin': 'any' },
  'see-audit': { 'platform-admin': 'any' },
}

/** What takes a person at a page: no API token does it, whatever its scopes. */
export const NEVER_BY_TOKEN: readonly Action[] = [
  'assess-dossier',
  'endorse-dossier',
  'stand-in-for-company',
  'ask-company',
  'withdraw-endorsement',
  'propose-template',
  'publish-template',
  'archive-template',
  'approve-dossier',
  'declare-authority',
  'manage-people',
  'manage-tokens',
  'manage-keys',
  'export-records',
  'give-consent',
  'manage-consents',
]
