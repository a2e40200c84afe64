import type { Generated } from 'kysely'

export type ClassTables = {
  agreements: {
    id: Generated<number>
    public_id: string
    /** Whose staff keep it here. */
    school_id: number
    /** AgreementType */
    type: string
    title: string
    start_day: string
    /** Its last day. */
    end_day: string
    /** The one that it takes over from. */
    renews_id: number | null
    created_at: string
  }
  /** Who agrees: an organisation of ours, or a name. */
  agreement_parties: {
    id: Generated<number>
    agreement_id: number
    organisation_id: number | null
    name: string | null
    /** In which capacity: « recteur », « directrice de site ». */
    capacity: string
    signed_on: string | null
  }
  class_agreements: { id: Generated<number>; class_id: number; agreement_id: number }
  /** Who has a function for a class: with an account here, or by name. */
  class_people: {
    id: Generated<number>
    public_id: string
    class_id: number
    /** ClassFunction */
    function: string
    person_id: number | null
    name: string | null
    from_day: string
    until_day: string | null
  }
  /** PT-15: the way to a class, which may begin before there is one. */
  class_openings: {
    id: Generated<number>
    public_id: string
    school_id: number
    company_id: number
    track: string
    /** Two digits. */
    academy_code: string
    /** The vote of the conseil d'administration, where there was one. */
    ca_vote_on: string | null
    /** Once it is open. */
    class_id: number | null
    created_at: string
  }
  opening_steps: {
    id: Generated<number>
    opening_id: number
    /** OpeningStep */
    step: string
    day: string
    note: string | null
    /** Of the step EXPLORATION: who took part for the corps d'inspection, and for the Dgesco. */
    inspectors: string | null
    dgesco: string | null
    by_id: number | null
  }
  /** PT-17: each change makes a version. */
  progressions: {
    id: Generated<number>
    class_id: number
    version: number
    content: string
    /** Of class_people. */
    inspector_id: number | null
    updated_on: string
    by_id: number | null
  }
  progression_cohorts: { id: Generated<number>; progression_id: number; cohort_id: number }
  /** PT-18: each change makes a version, which nobody has signed yet. */
  contribution_plans: {
    id: Generated<number>
    class_id: number
    version: number
    /** School year of its year 1, by the year that it starts in. */
    first_year: number
    written_by_id: number | null
    written_at: string
  }
  contribution_plan_years: {
    id: Generated<number>
    plan_id: number
    /** 1 to 5 */
    number: number
    content: string
  }
  plan_sign_offs: {
    id: Generated<number>
    plan_id: number
    /** 'COMPANY' | 'TEAM' */
    side: string
    person_id: number
    company_id: number | null
    at: string
  }
  /** What a company promised a class for a school year. */
  commitments: {
    id: Generated<number>
    class_id: number
    company_id: number
    /** By the year that it starts in. */
    school_year: number
    person_days: number
    equipment_cents: number
  }
  contributions: {
    id: Generated<number>
    public_id: string
    class_id: number
    company_id: number
    /** ContributionKind */
    kind: string
    day: string
    description: string
    /** Of PERSON_DAYS only. */
    half_days: number | null
    /** Of EQUIPMENT only. */
    amount_cents: number | null
    recorded_by_id: number
    recorded_at: string
    withdrawn_by_id: number | null
    withdrawn_at: string | null
  }
  /** PT-25: what a company is competent in, by NSF group: three digits. */
  company_domains: { id: Generated<number>; company_id: number; nsf: string }
}
