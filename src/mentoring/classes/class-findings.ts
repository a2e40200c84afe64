import { listOrganisations } from '../../people/store.js'
import type { Db, Row } from '../../store/schema.js'
import { isWithin } from '../days.js'
import { schoolYearOf } from '../school-year.js'
import { agreementsOf } from './agreement-store.js'
import { domainsOf } from './contribution-store.js'
import { findingsOf, type ClassCase, type Finding } from './finding-rules.js'
import { listLiaisonsOf } from './liaison-store.js'
import { listSteps, openingsOf } from './opening-store.js'
import { listClassPeople } from './people-store.js'
import { companyYearsOf } from './person-days.js'
import { plansOf, progressionsOf } from './plan-store.js'
import { listClassCohorts, listClasses, listLinksOf } from './store.js'

/** A finding, and the class that it is of. */
export type ClassFinding = Finding & Readonly<{ classPublicId: string; className: string }>

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
  return classes.flatMap((row) => {
    const of = cases.get(row.id)
    const found = of ? findingsOf(of, today) : []
    return found.map((one) => ({ ...one, classPublicId: row.public_id, className: row.name }))
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
  const names = new Map((await listOrganisations(db)).map(({ id, name }) => [id, name]))
  const links = (await listLinksOf(db, ids)).filter((link) => isWithin(today, link))
  const domains = await domainsOf(db, [...new Set(links.map(({ companyId }) => companyId))])
  const [liaisons, agreements, cohorts, people, progressions, plans] = [
    of(await listLiaisonsOf(db, ids)),
    of(await agreementsOf(db, ids)),
    of(await listClassCohorts(db, ids, today)),
    of(await listClassPeople(db, ids)),
    of((await progressionsOf(db, ids)).map(withClassId)),
    of((await plansOf(db, ids)).map(withClassId)),
  ]
  const openings = await stepsOf(db, ids)
  const companies = of(links)
  const year = schoolYearOf(today)
  const years = of([
    ...(await companyYearsOf(db, { classIds: ids, year: year - 1 })),
    ...(await companyYearsOf(db, { classIds: ids, year })),
  ])
  return new Map(
    classes.map(({ id, mef }) => [
      id,
      {
        mef,
        companies: companies(id).map(({ companyId, role }) => ({
          companyId,
          role,
          name: names.get(companyId) ?? '',
          domains: domains.get(companyId) ?? [],
        })),
        liaisons: liaisons(id),
        agreements: agreements(id),
        cohorts: cohorts(id),
        people: people(id),
        openingSteps: openings.get(id),
        progression: progressionOf(progressions(id)[0]),
        plan: plans(id)[0],
        companyYears: years(id).map((one) => ({
          ...one,
          companyName: names.get(one.companyId) ?? '',
        })),
      },
    ]),
  )
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
