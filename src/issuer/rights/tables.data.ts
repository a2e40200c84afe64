import { sql, type RawBuilder } from 'kysely'
import type { Schema } from '../../store/schema.js'

/** A value, or the column in which a query about many has it. */
type Asked<T> = T | RawBuilder<T>

/** Whose rows are asked for. */
export type Of<Id = Asked<number>> = Readonly<{
  studentId: Asked<number>
  /** Of the account; no row has -1: they have none. */
  personId: Id
  /** The same where the account is of this record of a student and of nothing else, so that it goes with it; else -1. */
  accountId: Id
  /** What goes with the last record of a person is asked for as of each of them. */
  isOfEach?: true
  /** Of the address that they sign in with. */
  emailHash: Asked<string>
}>

/** What stands in a column instead: made anew for each row. */
export type Instead =
  'nothing' | 'empty' | 'new-id' | 'no-birth-date' | 'no-name' | 'today-if-open' | 'now'

/** The order in which an erasure commits: first nobody comes in any more, who it is goes last. */
export const STAGES = ['doors', 'badges', 'facts', 'identity'] as const
export type Stage = (typeof STAGES)[number]

export type Held = Readonly<{
  table: keyof Schema
  /** Which of its rows are of a student. */
  where: (of: Of) => RawBuilder<boolean>
  stage: Stage
  /** 'delete': the rows; 'keep': they are of several, or say nothing of anybody by themselves; else what stands in their columns. */
  erase: 'delete' | 'keep' | Readonly<Record<string, Instead>>
  /** The same place holds what one is given a copy of. */
  copy: boolean
}>

const dossiers = (of: Of) => sql`(select id from dossiers where student_id = ${of.studentId})`
const badges = (of: Of) => sql`(select id from badges where dossier_id in ${dossiers(of)})`
const badgeIds = (of: Of) => sql`(select public_id from badges where dossier_id in ${dossiers(of)})`
const placements = (of: Of) => sql`(select id from placements where student_id = ${of.studentId})`
const placementIds = (of: Of) =>
  sql`(select public_id from placements where student_id = ${of.studentId})`
const attended = (of: Of) =>
  sql`(select session_id from session_students where student_id = ${of.studentId})`
/** Sessions of this student and of nobody else: what is written of them is of the student. */
const alone = (
  of: Of,
) => sql`(select session_id from session_students where session_id in ${attended(of)}
  group by session_id having count(*) = 1)`
/** Schools that have another record of the same person. */
const otherSchools = ({ studentId, personId }: Of) =>
  sql`(select school_id from students where person_id = ${personId} and id <> ${studentId}
    union select school_id from schoolings where student_id in
      (select id from students where person_id = ${personId} and id <> ${studentId}))`
const pairs = (of: Of) =>
  sql`(select cohort_id from mentor_pairs where student_id = ${of.studentId})`
const schools = (of: Of) => sql`(select school_id from schoolings where student_id = ${of.studentId}
  union select school_id from students where id = ${of.studentId})`

const ofStudent = (of: Of) => sql<boolean>`student_id = ${of.studentId}`
const ofPlacements = (of: Of) => sql<boolean>`placement_id in ${placements(of)}`
const ofBadges = (of: Of) => sql<boolean>`badge_id in ${badges(of)}`
const ofDossiers = (of: Of) => sql<boolean>`dossier_id in ${dossiers(of)}`
const ofGuardians = (of: Of) =>
  sql<boolean>`guardian_id in (select id from guardians where student_id = ${of.studentId})`
const hasOther = (of: Of) => sql<boolean>`exists (select 1 from students as other
  where other.person_id = ${of.personId} and other.id <> ${of.studentId} and other.erased_at is null)`
/** What an account has for being a student's, whatever other roles it has: it goes with the last record. */
const ofPerson = (of: Of) =>
  of.isOfEach
    ? sql<boolean>`person_id = ${of.personId}`
    : sql<boolean>`person_id = ${of.personId} and not ${hasOther(of)}`
/** An account that has other roles, or another record, too, stays: of it only the role of this student goes. */
const ofAccount = (of: Of) => sql<boolean>`person_id = ${of.accountId}`

const deleted = { erase: 'delete', copy: true } as const
/** Technical: hashes and the like, of which a copy says nothing. */
const deletedUnseen = { erase: 'delete', copy: false } as const

/**
 * Where the rows of a student are found, in the order in which they are erased; they are given a copy of the same.
 * A test holds the schema to it: each table is here, or in `OF_NOBODY`.
 */
export const HELD: readonly Held[] = [
  // An erasure keeps the hashes of their tokens first, in `erased_links`.
  { table: 'share_links', stage: 'doors', where: ofBadges, ...deleted },
  { table: 'selection_badges', stage: 'doors', where: ofBadges, ...deleted },
  { table: 'selections', stage: 'doors', where: ofStudent, ...deleted },
  {
    // Letters to guardians, sealed until they are sent.
    ...{ table: 'outbox_mails', stage: 'doors', ...deletedUnseen },
    where: (of) =>
      sql<boolean>`key in (select 'guardian-asked ' || public_id from guardian_links where ${ofGuardians(of)})`,
  },
  {
    // Letters to a private address, sealed until they are sent.
    ...{ table: 'outbox_mails', stage: 'doors', ...deletedUnseen },
    where: (of) => sql<boolean>`exists (select 1 from persons where persons.id = ${of.personId}
      and substr(key, 1, 16 + length(persons.public_id)) = 'private-contact ' || persons.public_id)`,
  },
  {
    // Letters with a link to an account of a student who was invited before, sealed until they are sent.
    ...{ table: 'outbox_mails', stage: 'doors', ...deletedUnseen },
    where: (of) => sql<boolean>`exists (select 1 from persons where persons.id = ${of.accountId}
      and substr(key, 1, 8 + length(persons.public_id)) = 'invited ' || persons.public_id)`,
  },
  { table: 'private_contact_links', stage: 'doors', where: ofPerson, ...deletedUnseen },
  { table: 'private_contacts', stage: 'doors', where: ofPerson, ...deleted },
  { table: 'portfolios', stage: 'doors', where: ofStudent, ...deleted },
  { table: 'guardian_links', stage: 'doors', where: ofGuardians, ...deletedUnseen },
  { table: 'consent_records', stage: 'doors', where: ofStudent, ...deleted },
  { table: 'objections', stage: 'doors', where: ofStudent, ...deleted },
  { table: 'identity_changes', stage: 'doors', where: ofStudent, ...deleted },
  { table: 'correction_requests', stage: 'doors', where: ofStudent, ...deleted },
  { table: 'guardians', stage: 'doors', where: ofStudent, ...deleted },
  { table: 'record_openings', stage: 'doors', where: ofStudent, ...deleted },
  { table: 'record_readings', stage: 'doors', where: ofStudent, ...deleted },
  { table: 'passkeys', stage: 'doors', where: ofAccount, ...deletedUnseen },
  { table: 'identity_starts', stage: 'doors', where: ofAccount, ...deletedUnseen },
  { table: 'identity_offers', stage: 'doors', where: ofAccount, ...deletedUnseen },
  { table: 'school_identifiers', stage: 'doors', where: ofAccount, ...deletedUnseen },
  { table: 'recoveries', stage: 'doors', where: ofAccount, ...deletedUnseen },
  { table: 'identities', stage: 'doors', where: ofAccount, ...deletedUnseen },
  { table: 'web_sessions', stage: 'doors', where: ofAccount, ...deletedUnseen },
  { table: 'api_tokens', stage: 'doors', where: ofAccount, ...deletedUnseen },
  { table: 'invitations', stage: 'doors', where: ofAccount, ...deletedUnseen },
  { table: 'calendar_feeds', stage: 'doors', where: ofAccount, ...deletedUnseen },
  { table: 'endorser_links', stage: 'doors', where: ofDossiers, ...deletedUnseen },
  { table: 'answer_links', stage: 'doors', where: ofPlacements, ...deletedUnseen },
  {
    ...{ table: 'sign_in_attempts', stage: 'doors', ...deletedUnseen },
    where: ({ emailHash }) => sql<boolean>`email_hash = ${emailHash}`,
  },
  {
    ...{ table: 'outbox_mails', stage: 'doors', ...deleted },
    where: (of) => sql<boolean>`to_person_id = ${of.accountId}`,
  },
  { table: 'mail_settings', stage: 'doors', where: ofAccount, ...deleted },
  { table: 'announcement_dismissals', stage: 'doors', where: ofAccount, ...deletedUnseen },
  { table: 'invited_people', stage: 'doors', where: ofAccount, ...deletedUnseen },
  {
    // A class list that is being looked at may have the student in it: it is given again.
    ...{ table: 'pending_imports', stage: 'doors', ...deletedUnseen },
    where: (of) => sql<boolean>`school_id in ${schools(of)}`,
  },

  { table: 'endorsement_withdrawals', stage: 'badges', where: ofBadges, ...deleted },
  { table: 'badge_notices', stage: 'badges', where: ofBadges, ...deleted },
  {
    ...{ table: 'badge_documents', stage: 'badges', ...deletedUnseen },
    where: (of) => sql<boolean>`id in ${badges(of)}`,
  },
  {
    ...{ table: 'badge_drafts', stage: 'badges', ...deletedUnseen },
    where: (of) => sql<boolean>`id in ${badges(of)}`,
  },
  {
    ...{ table: 'batch_rows', stage: 'badges', ...deleted },
    where: (of) => sql<boolean>`student_id = ${of.studentId}`,
  },
  { table: 'dossier_facts', stage: 'badges', where: ofDossiers, ...deleted },
  { table: 'voided_badges', stage: 'badges', where: ofDossiers, ...deleted },
  {
    ...{ table: 'jobs', stage: 'badges', ...deletedUnseen },
    where: (of) => sql<boolean>`kind = 'issue-badge' and key in ${badgeIds(of)}`,
  },
  {
    ...{ table: 'dossiers', stage: 'badges', copy: false },
    where: ofStudent,
    erase: { replaces_badge_id: 'nothing' },
  },
  // Its place in the status list stays, and what it tells; with the nonce goes all that its leaf of the log said.
  { table: 'badges', stage: 'badges', where: ofDossiers, ...deleted },
  { table: 'dossiers', stage: 'badges', where: ofStudent, ...deleted },

  { table: 'past_contests', stage: 'facts', where: ofStudent, ...deleted },
  { table: 'agreement_mentions', stage: 'facts', where: ofPlacements, ...deleted },
  { table: 'agreement_signatures', stage: 'facts', where: ofPlacements, ...deleted },
  { table: 'placement_visits', stage: 'facts', where: ofPlacements, ...deleted },
  { table: 'placement_assessments', stage: 'facts', where: ofPlacements, ...deleted },
  { table: 'placement_plans', stage: 'facts', where: ofPlacements, ...deleted },
  {
    ...{ table: 'kept_warnings', stage: 'facts', ...deleted },
    where: (of) => sql<boolean>`subject_kind = 'placement' and subject_id in ${placementIds(of)}`,
  },
  {
    ...{ table: 'fact_versions', stage: 'facts', ...deleted },
    where: (of) => sql<boolean>`(kind = 'placement' and fact_id in ${placements(of)})
      or (kind = 'session' and fact_id in ${alone(of)})`,
  },
  {
    ...{ table: 'mentoring_sessions', stage: 'facts', copy: false },
    where: (of) => sql<boolean>`id in ${alone(of)}`,
    erase: { topic: 'empty', dispute_reason: 'nothing' },
  },
  {
    // Of the others who were there, too.
    ...{ table: 'mentoring_sessions', stage: 'facts', erase: 'keep', copy: true },
    where: (of) => sql<boolean>`id in ${attended(of)}`,
  },
  {
    ...{ table: 'planned_sessions', stage: 'facts', copy: true },
    where: (of) => sql<boolean>`cohort_id in ${pairs(of)}`,
    erase: { topic: 'empty' },
  },
  {
    ...{ table: 'session_students', stage: 'facts', where: ofStudent, copy: true },
    erase: { contested_at: 'nothing', contest_reason: 'nothing' },
  },
  {
    ...{ table: 'mentor_pairs', stage: 'facts', where: ofStudent, copy: true },
    erase: { registration_reference: 'nothing' },
  },
  {
    ...{ table: 'placements', stage: 'facts', where: ofStudent, copy: true },
    erase: { public_id: 'new-id', contested_at: 'nothing', contest_reason: 'nothing' },
  },
  // Codes, for figures.
  { table: 'student_outcomes', stage: 'facts', where: ofStudent, erase: 'keep', copy: true },

  {
    ...{ table: 'schoolings', stage: 'identity', where: ofStudent, copy: true },
    erase: { division: 'empty', until_day: 'today-if-open' },
  },
  {
    ...{ table: 'enrolments', stage: 'identity', where: ofStudent, copy: true },
    erase: { until_day: 'today-if-open', volunteered_on: 'nothing' },
  },
  {
    ...{ table: 'role_assignments', stage: 'identity', ...deleted },
    where: (of) => sql<boolean>`person_id = ${of.personId} and role = 'student'
      and (organisation_id is null or organisation_id not in ${otherSchools(of)})`,
  },
  {
    ...{ table: 'persons', stage: 'identity', copy: true },
    where: (of) => sql<boolean>`id = ${of.accountId}`,
    erase: {
      ...{ public_id: 'new-id', given_name: 'no-name', family_name: 'no-name' },
      ...{ email: 'nothing', password_hash: 'nothing', language: 'nothing' },
      ...{ forgetting_told_on: 'nothing', came_back_on: 'nothing' },
    },
  },
  {
    ...{ table: 'erasure_requests', stage: 'identity', where: ofStudent, copy: true },
    erase: { student_id: 'nothing', asked_by_id: 'nothing', refusal_reason: 'nothing' },
  },
  {
    ...{ table: 'students', stage: 'identity', copy: true },
    where: (of) => sql<boolean>`id = ${of.studentId}`,
    erase: {
      ...{ public_id: 'new-id', given_name: 'no-name', family_name: 'no-name' },
      ...{ birth_date_sealed: 'no-birth-date', ine_fingerprint: 'new-id', person_id: 'nothing' },
      ...{ erased_at: 'now', erasure_failed_at: 'nothing', erasure_began_at: 'nothing' },
      forgetting_told_on: 'nothing',
    },
  },
]

/**
 * Tables in which nothing is of one student: of organisations, adults, groups, or counted. `audit`, `kept_answers`,
 * `status_entries` and `log_leaves` have a word of their own in ADR 0041.
 */
export const OF_NOBODY: readonly (keyof Schema)[] = [
  'agreement_parties',
  'agreements',
  'assessment_grids',
  'audit',
  'audit_checks',
  'audit_head',
  'audit_readings',
  'announcements',
  'authority_proofs',
  'badge_commons',
  'batches',
  'class_agreements',
  'class_companies',
  'class_list_imports',
  'class_openings',
  'class_people',
  'cohort_figures',
  'cohort_schools',
  'cohorts',
  'column_mappings',
  'commitments',
  'company_domains',
  'company_sites',
  // Empty between two transactions.
  'consents_let_go',
  'contribution_plan_years',
  'contribution_plans',
  'contributions',
  'definition_endorsements',
  'domain_questions',
  'erased_awards',
  // Hashes of tokens that nobody has any more.
  'erased_links',
  'figures_due',
  'group_openings',
  'invitation_runs',
  // Sealed, two days at most: those that name the student are opened and forgotten (`forgetAnswers`).
  'kept_answers',
  'leaver_letters',
  'liaison_assignments',
  'log_checkpoints',
  'log_head',
  'log_leaves',
  'log_nodes',
  'mentors',
  'opening_steps',
  'organisation_keys',
  'organisations',
  // Of a session or of who is half signed in; minutes.
  'passkey_challenges',
  'plan_sign_offs',
  'progression_cohorts',
  'progressions',
  'ptech_classes',
  'public_counts',
  'school_breaks',
  'school_figures',
  'school_traits',
  'service_keys',
  'session_figures',
  'session_mentors',
  'settings',
  'site_derogations',
  'status_entries',
  'status_lists',
  'template_versions',
  'templates',
  'trust_lists',
  'trusted_issuers',
  'vc_credentials',
  'vc_issuers',
  'vc_lost_places',
  'vc_status_lists',
  'vetting_orders',
]
