import type { Actor, Context } from '../../context.js'
import { may } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { listMembersOf, type Member } from '../../people/members-store.js'
import { listOrganisations, type Organisation } from '../../people/store.js'
import type { Db, Row } from '../../store/schema.js'
import { isWithin } from '../days.js'
import { nothingHere } from '../refusals.js'
import { schoolYearOf } from '../school-year.js'
import { gapsOf, lastDayOfCohort, type Gap } from './agreement-rules.js'
import {
  agreementsOf,
  classesUnder,
  findAgreement,
  listAgreements,
  listParties,
  type ClassAgreement,
  type Party,
} from './agreement-store.js'
import { classFor } from './class-access.js'
import type { Finding } from '../finding.js'
import { concurrentCohorts, type ClassCase } from './class-case.js'
import { casesOf } from './class-findings.js'
import { findingsOf } from './finding-rules.js'
import { openingsOf } from './opening-store.js'
import { listClassPeople, type ClassPerson } from './people-store.js'
import { listCohortsOf, type Cohort } from './store.js'

/** What a class rests on, and what the rules report of it. */
export type Ground = Readonly<{
  findings: readonly Finding[]
  people: readonly (ClassPerson & { active: boolean })[]
  agreements: readonly ClassAgreement[]
  gaps: readonly Gap<Cohort>[]
  /** PT-11: how many cohorts are under way. */
  underWay: number
  /** The way by which it was opened, if that was recorded. */
  openingId: string | undefined
  progression: ClassCase['progression']
  plan: ClassCase['plan']
}>

/** For a class that the actor was let see. */
export async function groundOf(ctx: Context, row: Row<'ptech_classes'>): Promise<Ground> {
  const day = today(ctx)
  const known = (await casesOf(ctx.db, [row], day)).get(row.id)
  if (!known) throw nothingHere()
  const [opening] = await openingsOf(ctx.db, [row.id])
  const cohorts = await listCohortsOf(ctx.db, row.id)
  return {
    findings: findingsOf(known, day),
    people: await peopleOf(ctx, row),
    agreements: await agreementsOf(ctx.db, [row.id]),
    gaps: await gapsIn(ctx.db, row, { cohorts, day }),
    underWay: concurrentCohorts(cohorts, schoolYearOf(day)).length,
    openingId: opening?.public_id,
    progression: known.progression,
    plan: known.plan,
  }
}

async function peopleOf(ctx: Context, row: Row<'ptech_classes'>) {
  const day = today(ctx)
  const people = await listClassPeople(ctx.db, [row.id])
  return people.map((one) => ({ ...one, active: isWithin(day, one) }))
}

/** PT-14: the cohorts that are not over and that outlive the framework agreements of their class. */
async function gapsIn(
  db: Db,
  row: Row<'ptech_classes'>,
  { cohorts, day }: Readonly<{ cohorts: readonly Cohort[]; day: string }>,
): Promise<Gap<Cohort>[]> {
  const agreements = await agreementsOf(db, [row.id])
  const frameworks = agreements.filter(({ type }) => type === 'ACCORD_CADRE_PTECH')
  const live = cohorts.filter(({ entryYear }) => lastDayOfCohort(entryYear) >= day)
  return frameworks.length === 0 ? [] : gapsOf(frameworks, live)
}

export type PeopleView = Readonly<{
  row: Row<'ptech_classes'>
  people: Ground['people']
  /** Who has an account in the school or its academy; empty for who may not name anybody. */
  choices: readonly Member[]
  mayManage: boolean
}>

/**
 * Who has a function for a class, and whom it may be given to.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seePeople(ctx: Context, actor: Actor, classId: string): Promise<PeopleView> {
  const { row, resource } = await classFor(ctx, actor, classId, 'see-class')
  const mayManage = may(actor, 'manage-classes', resource)
  const near = [row.school_id, ...(resource.academyId ? [resource.academyId] : [])]
  const roles = ['school-staff', 'school-approver', 'academic-referent'] as const
  const choices = mayManage ? await listMembersOf(ctx.db, near, today(ctx), roles) : []
  return { row, people: await peopleOf(ctx, row), choices, mayManage }
}

export type AgreementsView = Readonly<{
  row: Row<'ptech_classes'>
  agreements: readonly ClassAgreement[]
  gaps: readonly Gap<Cohort>[]
  /** Of the school, which don't cover the class. */
  others: readonly Row<'agreements'>[]
  mayManage: boolean
}>

/**
 * The agreements of a class, and the cohorts that outlive them (PT-14).
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seeAgreements(
  ctx: Context,
  actor: Actor,
  classId: string,
): Promise<AgreementsView> {
  const { row, resource } = await classFor(ctx, actor, classId, 'see-class')
  const agreements = await agreementsOf(ctx.db, [row.id])
  const cohorts = await listCohortsOf(ctx.db, row.id)
  const ofSchool = await listAgreements(ctx.db, row.school_id)
  return {
    row,
    agreements,
    gaps: await gapsIn(ctx.db, row, { cohorts, day: today(ctx) }),
    others: ofSchool.filter(({ id }) => !agreements.some((one) => one.id === id)),
    mayManage: may(actor, 'manage-classes', resource),
  }
}

export type AgreementView = Readonly<{
  row: Row<'agreements'>
  renewed: Row<'agreements'> | undefined
  parties: readonly Party[]
  classes: readonly Row<'ptech_classes'>[]
  organisations: readonly Organisation[]
  mayManage: boolean
}>

/**
 * One agreement: its parties, and the classes that it covers.
 *
 * @throws {DomainError} forbidden or not-found
 */
export async function seeAgreement(
  ctx: Context,
  actor: Actor,
  publicId: string,
): Promise<AgreementView> {
  const row = await findAgreement(ctx.db, publicId)
  if (!row) throw nothingHere()
  const classes = await classesUnder(ctx.db, row.id)
  const [first] = classes
  if (!first) throw nothingHere()
  // Who sees a class that it covers sees the agreement.
  const { resource } = await classFor(ctx, actor, first.public_id, 'see-class')
  const ofSchool = await listAgreements(ctx.db, row.school_id)
  return {
    row,
    renewed: ofSchool.find(({ id }) => id === row.renews_id),
    parties: await listParties(ctx.db, [row.id]),
    classes,
    organisations: await listOrganisations(ctx.db),
    mayManage: may(actor, 'manage-classes', resource),
  }
}
