import type { Schema } from '../../store/schema.js'

/**
 * What whoever has a backup may read of the rows of a student (`HELD`), besides numbers, days and instants: codes, random ids, hashes
 * of random tokens, functions of adults. Every other column is sealed under the key of the student: a column that is new, or a
 * table, is sealed until somebody names it here.
 */
export const OPEN_IN_BACKUP: Readonly<Partial<Record<keyof Schema, readonly string[]>>> = {
  agreement_mentions: ['mention'],
  agreement_signatures: ['party', 'manner'],
  answer_links: ['public_id', 'token_hash', 'purpose'],
  api_tokens: ['public_id', 'scopes'],
  badge_notices: ['act', 'reason'],
  badges: ['public_id'],
  batch_rows: ['badge_public_id', 'outcome', 'function'],
  calendar_feeds: ['public_id', 'language'],
  consent_records: [
    'public_id',
    'purpose',
    'answer',
    'capacity',
    'method',
    'text_hash',
    'language',
  ],
  dossier_facts: ['kind'],
  // One of its unique indexes hangs on the reason of a replacement.
  dossiers: [
    'public_id',
    'state',
    'assessed_function',
    'assessed_way',
    'endorsed_function',
    'endorsed_way',
    'reopen_reason',
    'replacement_reason',
  ],
  endorsement_withdrawals: ['function'],
  endorser_links: ['public_id', 'token_hash', 'step', 'function'],
  enrolments: ['exit_reason'],
  erasure_requests: ['public_id', 'badges', 'asked_as', 'ended_as', 'refusal_code'],
  fact_versions: ['kind'],
  guardian_links: ['public_id', 'purpose', 'token_hash'],
  guardians: ['public_id', 'language', 'ended_why'],
  identities: ['public_id'],
  invitations: ['purpose'],
  jobs: ['public_id', 'kind', 'key', 'payload', 'leased_until'],
  kept_warnings: ['subject_kind', 'subject_id', 'rule'],
  mail_settings: ['digest'],
  mentor_pairs: ['subject', 'interview_outcome', 'end_reason'],
  mentoring_sessions: [
    'public_id',
    'scheme',
    'kind',
    'format',
    'place',
    'accompanied_by',
    'confirmed_function',
  ],
  objections: ['public_id', 'processing', 'outcome'],
  outbox_mails: ['public_id', 'key', 'language', 'given_up_why'],
  passkeys: ['public_id'],
  past_contests: ['kind', 'ended_by'],
  persons: ['public_id', 'language'],
  placement_assessments: ['grid_id', 'outcome', 'manner'],
  placement_plans: ['start_time', 'end_time', 'work'],
  placement_visits: ['manner', 'finding'],
  placements: ['public_id', 'confirmed_function'],
  planned_sessions: ['public_id', 'kind', 'start_time'],
  record_readings: ['reader', 'role', 'kind'],
  recoveries: ['public_id'],
  role_assignments: ['role'],
  schoolings: ['level', 'mef'],
  selections: ['public_id', 'token_hash', 'shows'],
  share_links: ['public_id', 'token_hash', 'shows'],
  students: ['public_id', 'sex'],
  voided_badges: ['public_id', 'reason'],
  web_sessions: ['public_id', 'roles', 'proven_by'],
}

/** Of days, of several students at once, and sealed by the vault alone, whose keys lie beside a backup: it has no rows of them. */
export const LEFT_OUT_OF_BACKUP: readonly (keyof Schema)[] = ['pending_imports']

/** The same, but their rows are needed: these columns are empty. */
export const BLANK_IN_BACKUP: Readonly<Partial<Record<keyof Schema, readonly string[]>>> = {
  // A request that is asked again after a restore does nothing again; its answer is the status alone.
  kept_answers: ['type', 'body_sealed'],
}
