import { sql, type RawBuilder } from 'kysely'
import type { Schema } from '../../store/schema.js'
import type { Words } from '../../words.js'

/** How sure we are of an age: no norm of the CNIL on mentoring was found, so most are proposals for the DPD to confirm. */
export type Confidence = 'confirmed' | 'proposal'

type Said = Readonly<{
  code: string
  what: Words
  /** From when it is counted. */
  from: Words
  source: string
  confidence: Confidence
}>

/** Rows that are deleted when they are older than some days. */
export type Aged = Said &
  Readonly<{
    days: number
    table: keyof Schema
    /** @param before the instant that they are older than */
    where: (before: string) => RawBuilder<boolean>
  }>

/** Students who left: what tells who they are goes, what figures need stays. */
export const STUDENTS: Said & Readonly<{ schoolYears: number }> = {
  code: 'STUDENTS',
  what: {
    fr: 'Élèves partis : identité, dossiers, badges, séances, périodes en entreprise',
    en: 'Students who left: identity, dossiers, badges, sessions, placements',
  },
  from: {
    fr: 'la fin de l’année scolaire du départ',
    en: 'the end of the school year in which they left',
  },
  schoolYears: 1,
  source: 'Proposition du projet ; RGPD, article 5, 1, e',
  confidence: 'proposal',
}

/** Adults of whom no part in the service is left: their name, their address and their account go, what they did stays. */
export const ADULTS: Said & Readonly<{ days: number }> = {
  code: 'ADULTS',
  what: {
    fr: 'Mentors, tuteurs et personnels partis : nom, adresse, compte',
    en: 'Mentors, tutors and staff who left: name, address, account',
  },
  from: {
    fr: 'la fin de leur dernière fonction, de leur dernier engagement ou de leur dernière période suivie',
    en: 'the end of their last function, commitment or placement',
  },
  days: 365,
  source: 'Proposition du projet ; RGPD, article 5, 1, e',
  confidence: 'proposal',
}

/**
 * Days between the warning and the end of an account or a record. The month in which a request of a person is answered (RGPD, article 12, 3): time to
 * read, to sign in, and to take one's badges away; those who left in July are told when August is not over.
 */
export const WARNING_DAYS = 30

/** What is told ahead of the end; it goes out, it is not kept. */
export const WARNINGS: Readonly<{ code: string; what: Words }> = {
  code: 'WARNINGS',
  what: {
    fr: 'À prévenir avant l’effacement de leur compte ou de leur dossier',
    en: 'To be warned before their account or record is erased',
  },
}

/** What is ended in one night at most: the rest goes in the nights after. */
export const MOST_A_NIGHT = { students: 200, adults: 500, rows: 20_000 } as const

const expired = (before: string) => sql<boolean>`expires_at < ${before}`

/** In this order: what refers to others goes before them. */
export const AGED: readonly Aged[] = [
  {
    code: 'SIGN_IN_ATTEMPTS',
    what: { fr: 'Essais de connexion', en: 'Tries to sign in' },
    from: { fr: 'l’essai', en: 'the try' },
    days: 1,
    source: 'Ils ne servent que quinze minutes',
    confidence: 'proposal',
    table: 'sign_in_attempts',
    where: (before) => sql<boolean>`at < ${before}`,
  },
  {
    code: 'SESSIONS',
    what: { fr: 'Sessions de connexion', en: 'Sessions of sign-in' },
    from: { fr: 'l’ouverture', en: 'their opening' },
    days: 30,
    source: 'Elles durent douze heures au plus ; SECURITY 5.4',
    confidence: 'proposal',
    table: 'web_sessions',
    where: (before) => sql<boolean>`created_at < ${before}`,
  },
  {
    code: 'IDENTITY_STARTS',
    what: { fr: 'Connexions commencées ailleurs', en: 'Signing in elsewhere that was begun' },
    from: { fr: 'leur échéance', en: 'their expiry' },
    days: 1,
    source: 'Elles ne servent que quelques minutes',
    confidence: 'proposal',
    table: 'identity_starts',
    where: expired,
  },
  {
    code: 'IDENTITY_OFFERS',
    what: { fr: 'Comptes prouvés ailleurs, en attente', en: 'Accounts proved elsewhere, waiting' },
    from: { fr: 'leur échéance', en: 'their expiry' },
    days: 1,
    source: 'Ils ne servent que quelques minutes',
    confidence: 'proposal',
    table: 'identity_offers',
    where: expired,
  },
  {
    code: 'PASSKEY_CHALLENGES',
    what: { fr: 'Défis de clé d’accès', en: 'Challenges of passkeys' },
    from: { fr: 'leur échéance', en: 'their expiry' },
    days: 1,
    source: 'Ils ne servent que quelques minutes',
    confidence: 'proposal',
    table: 'passkey_challenges',
    where: expired,
  },
  {
    code: 'INVITATIONS',
    what: { fr: 'Invitations', en: 'Invitations' },
    from: { fr: 'leur échéance', en: 'their expiry' },
    days: 30,
    source: 'Une invitation échue ne sert plus',
    confidence: 'proposal',
    table: 'invitations',
    where: (before) => sql<boolean>`expires_at < ${before}`,
  },
  {
    code: 'CONTACT_LINKS',
    what: {
      fr: 'Adresses privées données et jamais confirmées',
      en: 'Private addresses that were given and never confirmed',
    },
    from: { fr: 'l’échéance de leur lien', en: 'the expiry of their link' },
    days: 1,
    source: 'Une adresse que personne n’a confirmée n’est celle de personne',
    confidence: 'proposal',
    table: 'private_contact_links',
    where: (before) => sql<boolean>`expires_at < ${before}`,
  },
  {
    code: 'MAILS',
    what: { fr: 'Messages envoyés ou abandonnés', en: 'Mails sent or given up' },
    from: { fr: 'leur écriture', en: 'their writing' },
    days: 90,
    source: 'De quoi répondre à qui n’a rien reçu',
    confidence: 'proposal',
    table: 'outbox_mails',
    where: (before) =>
      sql<boolean>`created_at < ${before} and (sent_at is not null or given_up_at is not null)`,
  },
  {
    code: 'ANSWER_LINKS',
    what: { fr: 'Liens de réponse sans compte', en: 'Links to answer without an account' },
    from: { fr: 'leur échéance', en: 'their expiry' },
    days: 365,
    source: 'Preuve de qui a répondu ; CNIL, journalisation, six mois à un an',
    confidence: 'proposal',
    table: 'answer_links',
    where: (before) => sql<boolean>`expires_at < ${before}`,
  },
  {
    code: 'ENDORSER_LINKS',
    what: {
      fr: 'Liens d’évaluation ou d’endossement sans compte',
      en: 'Links to assess or endorse without an account',
    },
    from: { fr: 'leur échéance', en: 'their expiry' },
    days: 365,
    source: 'Preuve de qui a répondu ; CNIL, journalisation, six mois à un an',
    confidence: 'proposal',
    table: 'endorser_links',
    where: expired,
  },
  {
    code: 'GUARDIAN_LINKS',
    what: { fr: 'Liens de responsables légaux', en: 'Links of guardians' },
    from: {
      fr: 'le jour où la personne n’est plus responsable légale ici : jusque-là le lien sert à retirer un accord',
      en: 'the day on which they are guardian no more: until then the link serves to withdraw',
    },
    days: 365,
    source: 'Preuve de qui a répondu ; CNIL, journalisation, six mois à un an',
    confidence: 'proposal',
    table: 'guardian_links',
    where: (before) =>
      sql<boolean>`guardian_id in (select id from guardians where ended_on < ${before})`,
  },
  {
    code: 'RECOVERIES',
    what: { fr: 'Accès rendus par deux personnes', en: 'Access given back by two people' },
    from: { fr: 'leur échéance', en: 'their expiry' },
    days: 365,
    source: 'CNIL, journalisation, six mois à un an',
    confidence: 'proposal',
    table: 'recoveries',
    where: expired,
  },
  {
    code: 'DOMAIN_QUESTIONS',
    what: {
      fr: 'Questions posées à une adresse d’entreprise',
      en: 'Questions to an address of a company',
    },
    from: { fr: 'leur échéance', en: 'their expiry' },
    days: 30,
    source: 'La réponse est gardée ailleurs, avec ce qu’elle prouve',
    confidence: 'proposal',
    table: 'domain_questions',
    where: expired,
  },
  {
    code: 'API_TOKENS',
    what: { fr: 'Jetons d’API échus ou révoqués', en: 'API tokens expired or revoked' },
    from: { fr: 'leur échéance ou leur révocation', en: 'their expiry or revocation' },
    days: 365,
    source: 'Savoir quel programme a agi ; CNIL, journalisation, six mois à un an',
    confidence: 'proposal',
    table: 'api_tokens',
    where: (before) => sql<boolean>`expires_at < ${before} or revoked_at < ${before}`,
  },
  {
    code: 'AUDIT_READINGS',
    what: {
      fr: 'Qui a lu la preuve des actions, et quel jour',
      en: 'Who read the audit, and when',
    },
    from: { fr: 'le jour de la lecture', en: 'the day of the reading' },
    days: 365,
    source: 'La preuve elle-même le dit une fois par jour',
    confidence: 'proposal',
    table: 'audit_readings',
    where: (before) => sql<boolean>`day < ${before}`,
  },
  {
    code: 'IDENTITY_CHANGES',
    what: {
      fr: 'Ce qui a été corrigé dans l’identité d’un élève',
      en: 'What was corrected in who a student is',
    },
    from: { fr: 'la correction', en: 'the correction' },
    days: 730,
    source: 'Deux rentrées : le temps qu’une liste ancienne soit corrigée à sa source',
    confidence: 'proposal',
    table: 'identity_changes',
    where: (before) => sql<boolean>`changed_at < ${before}`,
  },
  {
    code: 'CORRECTION_REQUESTS',
    what: { fr: 'Demandes de correction traitées', en: 'Requests for correction, answered' },
    from: { fr: 'la réponse', en: 'the answer' },
    days: 730,
    source: 'Aussi longtemps que ce qui en a été corrigé',
    confidence: 'proposal',
    table: 'correction_requests',
    where: (before) =>
      sql<boolean>`answered_at < ${before} and id not in (
        select request_id from identity_changes where request_id is not null)`,
  },
  {
    code: 'AGREEMENT_PARTIES',
    what: { fr: 'Signataires de conventions', en: 'Parties to agreements' },
    from: { fr: 'la fin de la convention', en: 'the end of the agreement' },
    days: 1825,
    source: 'Prescription de droit commun, cinq ans (code civil, article 2224)',
    confidence: 'proposal',
    table: 'agreement_parties',
    where: (before) =>
      sql<boolean>`agreement_id in (select id from agreements where end_day < ${before})`,
  },
  {
    code: 'READINGS',
    what: {
      fr: 'Qui a lu le dossier d’un élève : fonction, organisation, jour',
      en: 'Who read a student’s record: function, organisation, day',
    },
    from: { fr: 'le jour de la lecture', en: 'the day of the reading' },
    days: 365,
    source: 'CNIL, journalisation, six mois à un an',
    confidence: 'proposal',
    table: 'record_readings',
    where: (before) => sql<boolean>`day < ${before}`,
  },
  {
    code: 'DISMISSALS',
    what: { fr: 'Annonces écartées', en: 'Notices put away' },
    from: { fr: 'le jour où quelqu’un l’écarte', en: 'the day on which somebody puts it away' },
    days: 100,
    source: 'Une annonce dure 90 jours au plus',
    confidence: 'proposal',
    table: 'announcement_dismissals',
    where: (before) => sql<boolean>`at < ${before}`,
  },
  {
    code: 'ANNOUNCEMENTS',
    what: { fr: 'Annonces', en: 'Notices' },
    from: { fr: 'leur dernier jour', en: 'their last day' },
    days: 365,
    source: 'De quoi dire ce qui a été annoncé dans l’année',
    confidence: 'proposal',
    table: 'announcements',
    where: (before) => sql<boolean>`until_day < ${before}`,
  },
  {
    code: 'INVITED_TOGETHER',
    what: { fr: 'Personnes invitées par une liste', en: 'People invited from a list' },
    from: { fr: 'l’invitation', en: 'the invitation' },
    days: 365,
    source: 'De quoi relancer qui n’a pas répondu dans l’année',
    confidence: 'proposal',
    table: 'invited_people',
    where: (before) =>
      sql<boolean>`run_id in (select id from invitation_runs where made_at < ${before})`,
  },
]
