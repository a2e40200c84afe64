import type { Generated } from 'kysely'

export type PlacementTables = {
  /** A place where a company works, and where students may be placed. */
  company_sites: {
    id: Generated<number>
    public_id: string
    company_id: number
    siret: string
    name: string
    town: string
    staff_count: number
    /** PFMP-04: the day on which the academy let it take more trainees. */
    quota_raised_on: string | null
    created_at: string
  }
  /** PFMP-10: declarations to the inspection du travail; they are of the place, not of a student. */
  site_derogations: {
    id: Generated<number>
    site_id: number
    sent_on: string
    /** Its last day. */
    valid_until: string
    works: string
    recorded_by_id: number
    recorded_at: string
  }
  /** What was planned of a placement; one that was recorded after the fact has none. */
  placement_plans: {
    id: Generated<number>
    placement_id: number
    site_id: number | null
    /** The teacher who follows it (enseignant référent). */
    referent_id: number | null
    daily_minutes: number
    weekly_minutes: number
    /** HH:MM */
    start_time: string
    end_time: string
    /** 'ORDINARY' | 'REGULATED' */
    work: string
    /** Of the medical opinion on regulated work: a day, never what it says. */
    medical_opinion_on: string | null
    /** AgeGroup on the first day, so that a report opens no birth date. */
    age_at_start: string
    planned_by_id: number
    planned_at: string
    cancelled_at: string | null
  }
  /** PFMP-12: each time the school asked the tutor whether all goes well. */
  placement_visits: {
    id: Generated<number>
    placement_id: number
    day: string
    /** 'ON_SITE' | 'PHONE' | 'VIDEO' */
    manner: string
    /** 'GOES_WELL' | 'TO_WATCH' */
    finding: string
    by_id: number
    recorded_at: string
  }
  /** PFMP-15: what the agreement says under each mention that is written by hand. */
  agreement_mentions: {
    id: Generated<number>
    placement_id: number
    /** WrittenMention */
    mention: string
    text: string
  }
  agreement_signatures: {
    id: Generated<number>
    placement_id: number
    /** Party */
    party: string
    signed_on: string
    /** 'PAPER' | 'ELECTRONIC' */
    manner: string
    recorded_by_id: number
    recorded_at: string
  }
  /** Grids that a school brought; the one that ships with the service is in neutral-grid.data.ts. */
  assessment_grids: {
    id: Generated<number>
    public_id: string
    school_id: number
    title: string
    /** JSON: competences with their criteria, and levels. */
    content: string
    /** The day on which somebody who may do so said that it is the right one. */
    verified_on: string | null
    created_by_id: number
    created_at: string
  }
  placement_assessments: {
    id: Generated<number>
    placement_id: number
    /** Public id of a grid. */
    grid_id: string
    /** JSON: level by criterion. */
    marks: string
    comment: string
    /** 'COMPLETED' | 'PARTIALLY_COMPLETED' | 'DID_NOT_SHOW' */
    outcome: string | null
    days_done: number | null
    /** Of one that ended early. */
    last_day: string | null
    missed_hours: number | null
    /** 'LINK' | 'PAPER' */
    manner: string
    saved_by_id: number | null
    saved_at: string | null
    sent_at: string | null
    /** When the student agreed; an objection is the contest of the placement. */
    agreed_at: string | null
  }
}
