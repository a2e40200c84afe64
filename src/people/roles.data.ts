import type { Role } from '../context.js'
import type { Words } from '../words.js'
import type { OrganisationKind } from './store.js'

/** What each role is called, and in which kind of organisation it is held; none: the platform's. */
export const ROLE_FACTS: Readonly<
  Record<Role, Readonly<{ words: Words; kind: OrganisationKind | undefined }>>
> = {
  'platform-admin': {
    words: { fr: 'administrateur de la plateforme', en: 'platform administrator' },
    kind: undefined,
  },
  'school-staff': { words: { fr: 'personnel du lycée', en: 'lycée staff' }, kind: 'lycee' },
  'school-approver': {
    words: { fr: 'approbateur du lycée', en: 'lycée approver' },
    kind: 'lycee',
  },
  'liaison-officer': {
    words: { fr: 'chargé de liaison', en: 'liaison officer' },
    kind: 'lycee',
  },
  'company-admin': {
    words: { fr: 'administrateur de l’entreprise', en: 'company administrator' },
    kind: 'company',
  },
  'company-endorser': {
    words: { fr: 'endosseur de l’entreprise', en: 'company endorser' },
    kind: 'company',
  },
  student: { words: { fr: 'élève', en: 'student' }, kind: 'lycee' },
}

/** What a person may be invited as: students come with their class. */
export const STAFF_ROLES = [
  'school-staff',
  'school-approver',
  'liaison-officer',
  'company-admin',
  'company-endorser',
  'platform-admin',
] as const satisfies readonly Role[]
export type StaffRole = (typeof STAFF_ROLES)[number]
