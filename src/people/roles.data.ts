import type { Role } from '../context.js'
import type { Words } from '../words.js'
import type { OrganisationKind } from './store.js'

/** What each role is called, and in which kinds of organisation it is held; none: the platform's. */
export const ROLE_FACTS: Readonly<
  Record<Role, Readonly<{ words: Words; kinds: readonly OrganisationKind[] }>>
> = {
  'platform-admin': {
    words: { fr: 'administrateur de la plateforme', en: 'platform administrator' },
    kinds: [],
  },
  'school-staff': {
    words: { fr: 'personnel du lycée', en: 'lycée staff' },
    kinds: ['lycee', 'college'],
  },
  'school-approver': {
    words: { fr: 'approbateur du lycée', en: 'lycée approver' },
    kinds: ['lycee'],
  },
  'liaison-officer': {
    words: { fr: 'chargé de liaison', en: 'liaison officer' },
    kinds: ['lycee'],
  },
  'company-admin': {
    words: { fr: 'administrateur de l’entreprise', en: 'company administrator' },
    kinds: ['company'],
  },
  'company-endorser': {
    words: { fr: 'endosseur de l’entreprise', en: 'company endorser' },
    kinds: ['company'],
  },
  'scheme-coordinator': {
    words: { fr: 'responsable de dispositif', en: 'scheme coordinator' },
    kinds: ['higher-education', 'mentoring-structure', 'lycee'],
  },
  'academic-referent': {
    words: { fr: 'référent académique', en: 'academic referent' },
    kinds: ['academy'],
  },
  student: { words: { fr: 'élève', en: 'student' }, kinds: ['lycee', 'college'] },
}

/** What a person may be invited as: students come with their class. */
export const STAFF_ROLES = [
  'school-staff',
  'school-approver',
  'liaison-officer',
  'company-admin',
  'company-endorser',
  'scheme-coordinator',
  'academic-referent',
  'platform-admin',
] as const satisfies readonly Role[]
export type StaffRole = (typeof STAFF_ROLES)[number]
