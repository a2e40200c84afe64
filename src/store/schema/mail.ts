import type { Generated } from 'kysely'

export type MailTables = {
  /** Mail that was decided on: written with what it tells, sent by a job. */
  outbox_mails: {
    id: Generated<number>
    /** Part of its Message-ID: who gets it twice can tell. */
    public_id: string
    /** What it is about: a second one of the same key is not written. */
    key: string
    /** Null for a letter. */
    to_person_id: number | null
    /** Language */
    language: string
    /** One line, without a personal datum. */
    subject: string
    /** Plain text, without the name of a student. */
    body: string
    /** Of mail to somebody who is no person here: JSON of address and text; subject apart, body empty. Null once it is sent or given up. */
    letter_sealed: string | null
    created_at: string
    sent_at: string | null
    given_up_at: string | null
    /** 'refused' | 'no-address' | 'too-old' */
    given_up_why: string | null
  }
  mail_settings: {
    id: Generated<number>
    person_id: number
    /** 'on' | 'off'; null: as their role has it. */
    digest: string | null
    /** An address that a server refused for good: nothing is sent to it any more. */
    refused_address: string | null
    refused_at: string | null
  }
}
