import type { Context } from '../../context.js'
import { today } from '../../people/days.js'
import type { Db } from '../../store/schema.js'
import { casesOf } from '../classes/class-findings.js'
import { companyYearsOf } from '../classes/person-days.js'
import { listClasses } from '../classes/store.js'
import { EXITS } from '../outcomes/outcomes.data.js'
import { countExits, countOutcomes } from '../outcomes/store.js'
import { schoolYearOf } from '../school-year.js'
import { SCHEMES } from '../schemes/index.js'
import { ptech } from '../schemes/ptech.js'
import { countStates } from './governance.js'
import { addTo } from './publish.js'
import {
  outcomeBase,
  outcomeCode,
  publicCode,
  STATE_CODES,
  type SchoolFigures,
} from './school-codes.js'
import {
  countRenewals,
  listFollowed,
  listMentorsBefore,
  listMentorsOf,
  listPublicCounts,
  listSchoolFigures,
  saveSchoolFigures,
} from './school-figures-store.js'

export type SchoolYear = Readonly<{ schoolId: number; year: number }>

/** Badges of a school in a school year, by code: given by whoever issues them. */
export type CountBadges = (
  ctx: Pick<Context, 'db' | 'config'>,
  of: SchoolYear,
) => Promise<SchoolFigures>

/** Counts again what a school has as a whole in a school year, and keeps it. */
export async function countSchool(
  ctx: Context,
  countBadges: CountBadges,
  of: SchoolYear,
): Promise<void> {
  const at = ctx.now().toISOString()
  const publics = await publicsOf(ctx.db, of)
  const badges = await countBadges(ctx, of)
  const whole = await ptechOf(ctx, of)
  const parts = SCHEMES.map(({ code }) => ({
    scheme: code,
    counts: { ...publics(code), ...(code === ptech.code ? whole : {}) },
  }))
  await ctx.db.transaction().execute(async (trx) => {
    for (const { scheme, counts } of [{ scheme: '', counts: badges }, ...parts]) {
      await saveSchoolFigures(trx, { ...of, scheme }, { counts, at })
    }
  })
}

/** Totals are given only where a school said all of them, and none is above what it has. */
async function publicsOf(db: Db, of: SchoolYear) {
  const followed = (await listFollowed(db, of)).filter((one) => one.followed > 0)
  const said = await listPublicCounts(db, of)
  return (scheme: string): SchoolFigures => {
    const cohorts = followed.filter((one) => one.scheme === scheme)
    const names = [...new Set(said.map((one) => one.public))]
    return Object.fromEntries(
      names.flatMap((name) => {
        const counts = cohorts.map(({ cohortId, followed: most }) => {
          const one = said.find((total) => total.cohortId === cohortId && total.public === name)
          return one && one.count <= most ? one.count : undefined
        })
        if (counts.length === 0 || counts.includes(undefined)) return []
        return [[publicCode(name), counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)]]
      }),
    )
  }
}

/** P-TECH: companies, mentors, outcomes, and how the classes stand. */
async function ptechOf(ctx: Context, of: SchoolYear): Promise<SchoolFigures> {
  const { db } = ctx
  const scheme = ptech.code
  const classes = await listClasses(db, [of.schoolId])
  const classIds = classes.map(({ id }) => id)
  const years = await companyYearsOf(db, { classIds, year: of.year })
  const sum = (pick: (year: (typeof years)[number]) => number) =>
    years.reduce((all, year) => all + pick(year), 0)
  const mentors = await listMentorsOf(db, { ...of, scheme })
  const before = await listMentorsBefore(db, mentors, { scheme, year: of.year })
  const said = await countOutcomes(db, { ...of, scheme })
  const outcomes = [...said, ...(await countExits(db, { ...of, scheme }, EXITS))]
  return {
    // In tenths: the figures are integers.
    person_day_tenths: Math.round(sum(({ personDays }) => personDays * 10)),
    promised_days: sum(({ promised }) => promised?.personDays ?? 0),
    tutoring_days: sum(({ tutoringDays }) => tutoringDays),
    equipment_cents: sum(({ equipmentCents }) => equipmentCents),
    promised_cents: sum(({ promised }) => promised?.equipmentCents ?? 0),
    companies: new Set(years.map(({ companyId }) => companyId)).size,
    renewals: await countRenewals(db, of),
    school_mentors: mentors.length,
    new_mentors: mentors.length - before.size,
    known_mentors: before.size,
    ...outcomes.reduce<Record<string, number>>(
      (all, { kind, outcome, students }) =>
        addTo(all, { [outcomeCode(kind, outcome)]: students, [outcomeBase(kind)]: students }),
      {},
    ),
    ...(await statesOf(ctx, of, classes)),
  }
}

/** How classes stand is known of today only: a year that is over keeps what was last counted in it. */
async function statesOf(
  ctx: Context,
  of: SchoolYear,
  classes: Awaited<ReturnType<typeof listClasses>>,
): Promise<SchoolFigures> {
  const day = today(ctx)
  if (of.year === schoolYearOf(day)) {
    const cases = await casesOf(ctx.db, classes, day)
    return countStates([...cases.values()], day)
  }
  const asked = { scheme: ptech.code, schoolYear: of.year }
  const kept = await listSchoolFigures(ctx.db, [of.schoolId], asked)
  return Object.fromEntries(
    STATE_CODES.flatMap((code) => {
      const value = kept.map(({ counts }) => counts[code]).find((count) => count !== undefined)
      return value === undefined ? [] : [[code, value]]
    }),
  )
}
