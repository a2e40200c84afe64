import type { Words } from '../words.js'

/** What a token may be allowed to do. A test holds it equal to what the operations of the API ask for. */
export const SCOPES = {
  'organisations:read': { fr: 'lire les organisations', en: 'read organisations' },
  'organisations:write': { fr: 'admettre des organisations', en: 'admit organisations' },
  'templates:read': { fr: 'lire les définitions de badges', en: 'read badge definitions' },
  'templates:write': { fr: 'écrire des définitions de badges', en: 'write badge definitions' },
  'mentoring:read': { fr: 'lire les cohortes', en: 'read cohorts' },
  'mentoring:write': {
    fr: 'enregistrer classes, séances et stages',
    en: 'record classes, sessions and placements',
  },
  'dossiers:read': { fr: 'lire les dossiers', en: 'read dossiers' },
  'dossiers:write': { fr: 'ouvrir et proposer des dossiers', en: 'open and propose dossiers' },
  'badges:read': { fr: 'lire les badges délivrés', en: 'read issued badges' },
  'badges:write': { fr: 'révoquer des badges', en: 'revoke badges' },
  'vc-api:issue': {
    fr: 'signer des attestations d’essai (VC-API), jamais avec la clé des badges',
    en: 'sign test credentials (VC-API), never with the key of the badges',
  },
} as const satisfies Readonly<Record<`${string}:${string}`, Words>>
export type Scope = keyof typeof SCOPES
export const SCOPE_NAMES = Object.keys(SCOPES) as [Scope, ...Scope[]]
