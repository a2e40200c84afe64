import type { Actor, Context } from '../context.js'
import { dayAt } from '../people/days.js'
import { listAssignments, type Organisation, type Person } from '../people/store.js'
import { schoolYearOf } from '../mentoring/school-year.js'
import type { Dice } from './dice.js'
import type {
  CollegianPlan,
  DossierPlan,
  GroupSessionPlan,
  PlacementPlan,
  Plan,
  SessionPlan,
  StudentPlan,
} from './plan.js'

/** A person of the demo, and as whom they act. */
export type Player = Readonly<{ person: Person; actor: Actor }>

export type SchoolCast = Readonly<{
  organisation: Organisation
  teachers: readonly Player[]
  approver: Player
  liaison: Player
}>

export type CompanyCast = Readonly<{
  organisation: Organisation
  admin: Player
  endorsers: readonly Player[]
  /** Public ids of who are tutors beside the endorsers, and have no account. */
  tutors: readonly string[]
}>

export type CollegeCast = Pick<SchoolCast, 'organisation' | 'teachers'>

/** Public ids: of a mentor, and of the person. */
export type SchemeMentor = Readonly<{ mentorId: string; publicId: string }>

export type AroundCast = Readonly<{ organisation: Organisation; player: Player }>

/** What is known of the demo as it goes on: what acts have answered, by what the plan calls it. */
export type Stage = Readonly<{
  /** Its clock stands where the play is. */
  ctx: Context
  plan: Plan
  dice: Dice
  schools: Map<number, SchoolCast>
  companies: Map<number, CompanyCast>
  colleges: Map<number, CollegeCast>
  admins: Player[]
  /** Of the academy, the university and the mentoring structure: one person each. */
  around: Map<'academy' | 'university' | 'structure', AroundCast>
  /** Public ids. */
  classes: Map<number, string>
  cohorts: Map<string, string>
  students: Map<StudentPlan | CollegianPlan, string>
  accounts: Map<StudentPlan, Player>
  facts: Map<SessionPlan | PlacementPlan | GroupSessionPlan, string>
  /** Cordées and pairs, by groupKey; and persons who mentor for who runs them, by their place. */
  groups: Map<string, string>
  tutors: Map<'university' | 'structure', readonly SchemeMentor[]>
  dossiers: Map<DossierPlan, string>
  /** Ids of template versions, and public ids of templates. */
  versions: Map<string, number>
  templates: Map<number, string>
  /** Addresses that were shared, by what they show. */
  links: Map<NonNullable<DossierPlan['shared']>, string>
}>

/** Something that happens at an instant of the past. */
export type Happening = Readonly<{ at: string; happen(): Promise<unknown> }>

export function openStage(ctx: Context, plan: Plan, dice: Dice): Stage {
  return {
    ctx,
    plan,
    dice,
    schools: new Map(),
    companies: new Map(),
    colleges: new Map(),
    admins: [],
    around: new Map(),
    classes: new Map(),
    cohorts: new Map(),
    students: new Map(),
    accounts: new Map(),
    facts: new Map(),
    groups: new Map(),
    tutors: new Map(),
    dossiers: new Map(),
    versions: new Map(),
    templates: new Map(),
    links: new Map(),
  }
}

/** What the play has already brought about. @throws {Error} when its order is wrong */
export function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key)
  if (value === undefined) throw new Error('The demo speaks of what has not happened yet.')
  return value
}

export function oneOf<T>(all: readonly T[], index: number): T {
  const found = all[index % all.length]
  if (found === undefined) throw new Error('Nobody is there.')
  return found
}

/** Somebody as who is signed in, with the roles that they hold now. */
export async function asPlayer(ctx: Context, person: Person): Promise<Player> {
  const day = dayAt(ctx.now(), ctx.config.timeZone)
  const assignments = await listAssignments(ctx.db, person.id, day)
  const { id: personId, publicId } = person
  return { person, actor: { personId, publicId, assignments, via: 'session', scopes: [] } }
}

/** Which school a student goes to on a day: after the bac it may be another. */
export function schoolOn({ years, school }: StudentPlan, day: string): number {
  return years.find(({ year }) => year === schoolYearOf(day))?.school ?? school
}

export const cohortKey = (school: number, entryYear: number): string => `${school}.${entryYear}`
export const groupKey = (group: GroupSessionPlan['group']): string => JSON.stringify(group)
export const versionKey = (template: number, version: number): string => `${template}.${version}`
