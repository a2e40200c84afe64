import { listOrganisations } from '../../people/store.js'
import type { Db, Row } from '../../store/schema.js'
import { isWithin } from '../days.js'
import { schoolYearOf } from '../school-year.js'
import { agreementsOf } from './agreement-store.js'
import { domainsOf } from './contribution-store.js'
import type { Finding } from '../finding.js'
import type { ClassCase } from './class-case.js'
import { findingsOf } from './finding-rules.js'
import { listLiaisonsOf } from './liaison-store.js'
import { listSteps, openingsOf } from './opening-store.js'
import { listClassPeople } from './people-store.js'
import { companyYearsOf } from './person-days.js'
import { plansOf, progressionsOf } from './plan-store.js'
import { listClassCohorts, listClasses, listLinksOf } from './store.js'

/** A finding, and the class that it is of. */
export type ClassFinding = Finding &
  Readonly<{ classPublicId: string; className: string; schoolName: string }>

/** The classes of some schools, or of an academy by its code of two digits. */
export type ClassScope = Readonly<{ schoolIds: readonly number[] } | { academyCode: string }>

/**
 * What the rules report today of P-TECH classes: PT-10, PT-13 to PT-18, PT-21, PT-25. By class, then by rule.
 *
 * @param today YYYY-MM-DD
 */
export async function classFindings(
  db: Db,
  scope: ClassScope,
  today: string,
): Promise<ClassFinding[]> {
  const classes = await listClasses(db, await schoolIdsIn(db, scope))
  const cases = await casesOf(db, classes, today)
  const schools = new Map((await listOrganisations(db, 'lycee')).map(({ id, name }) => [id, name]))
  return classes.flatMap((row) => {
    const of = cases.get(row.id)
    const found = of ? findingsOf(of, today) : []
    const schoolName = schools.get(row.school_id) ?? ''
    const named = { classPublicId: row.public_id, className: row.name, schoolName }
    return found.map((one) => ({ ...one, ...named }))
  })
}

/** The schools of an academy. */
export async function schoolIdsIn(db: Db, scope: ClassScope): Promise<readonly number[]> {
  if ('schoolIds' in scope) return scope.schoolIds
  const lycees = await listOrganisations(db, 'lycee')
  return lycees.filter(({ academyCode }) => academyCode === scope.academyCode).map(({ id }) => id)
}

/** What the rules need to know of some classes, by id within: a few queries for all of them. */
export async function casesOf(
  db: Db,
  classes: readonly Row<'ptech_classes'>[],
  today: string,
): Promise<Map<number, ClassCase>> {
  const ids = classes.map(({ id }) => id)
  const organisations = await listOrganisations(db)
  const names = new Map(organisations.map(({ id, name }) => [id, name]))
  const companies = of(await companiesOf(db, ids, { names, today }))
  const liaisons = of(await listLiaisonsOf(db, ids))
  const agreements = of(await agreementsOf(db, ids))
  const cohorts = of(await listClassCohorts(db, ids, today))
  const people = of(await listClassPeople(db, ids))
  const progressions = of((await progressionsOf(db, ids)).map(withClassId))
  const plans = of((await plansOf(db, ids)).map(withClassId))
  const years = of(await yearsOf(db, ids, { names, today }))
  const steps = await stepsOf(db, ids)
  return new Map(
    classes.map(({ id, mef }) => [
      id,
      {
        mef,
        companies: companies(id),
        liaisons: liaisons(id),
        agreements: agreements(id),
        cohorts: cohorts(id),
        people: people(id),
        openingSteps: steps.get(id),
        progression: progressionOf(progressions(id)[0]),
        plan: plans(id)[0],
        companyYears: years(id),
      },
    ]),
  )
}

type With = Readonly<{ names: ReadonlyMap<number, string>; today: string }>

/** The companies of today, with their domains. */
async function companiesOf(db: Db, classIds: readonly number[], { names, today }: With) {
  const links = (await listLinksOf(db, classIds)).filter((link) => isWithin(today, link))
  const domains = await domainsOf(db, [...new Set(links.map(({ companyId }) => companyId))])
  return links.map(({ classId, companyId, role }) => ({
    classId,
    companyId,
    role,
    name: names.get(companyId) ?? '',
    domains: domains.get(companyId) ?? [],
  }))
}

/** The present school year and the one before it. */
async function yearsOf(db: Db, classIds: readonly number[], { names, today }: With) {
  const year = schoolYearOf(today)
  const before = await companyYearsOf(db, { classIds, year: year - 1 })
  const present = await companyYearsOf(db, { classIds, year })
  return [...before, ...present].map((one) => ({
    ...one,
    companyName: names.get(one.companyId) ?? '',
  }))
}

/** Looks up by class. */
function of<Item extends Readonly<{ classId: number }>>(items: readonly Item[]) {
  const found = Map.groupBy(items, ({ classId }) => classId)
  return (classId: number): readonly Item[] => found.get(classId) ?? []
}

function withClassId<Item extends Readonly<{ class_id: number }>>(item: Item) {
  return { ...item, classId: item.class_id }
}

function progressionOf(
  row: Readonly<{ cohortIds: readonly number[]; inspector_id: number | null }> | undefined,
) {
  return row && { cohortIds: row.cohortIds, inspectorId: row.inspector_id }
}

async function stepsOf(db: Db, classIds: readonly number[]) {
  const openings = await openingsOf(db, classIds)
  const steps = await listSteps(
    db,
    openings.map(({ id }) => id),
  )
  return new Map(
    openings.flatMap(({ id, class_id }) => {
      const taken = steps.filter(({ opening_id }) => opening_id === id).map(({ step }) => step)
      return class_id === null ? [] : [[class_id, taken] as const]
    }),
  )
}
