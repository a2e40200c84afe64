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
