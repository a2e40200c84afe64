import { ptech } from '../schemes/ptech.js'
import type { Actor, Context } from '../../context.js'
import { authorize, may, organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { nothingHere } from '../refusals.js'
import { schoolYearOf } from '../school-year.js'
import { SCHEMES } from '../schemes/index.js'
import type { Scheme } from '../schemes/scheme.js'
import {
  listPlaces,
  listSchoolsOf,
  sumFigures,
  sumHistory,
  sumSessions,
  type Place,
} from './figures-store.js'
import { readFigures, type Read } from './read-figures.js'
import { listSchoolFigures } from './school-figures-store.js'

export type IndicatorsInput = Readonly<{
  /** Public id of a school or an academy; the first that the actor may see, if it is left out. */
  place?: string | undefined
  scheme?: string | undefined
  year?: number | undefined
  level?: string | undefined
  /** Of an academy: the first three signs of the UAI of a department's schools. */
  department?: string | undefined
}>

export type IndicatorsView = Read &
  Readonly<{
    place: Place
    /** All that the actor may choose from. */
    places: readonly Place[]
    schools: readonly Place[]
    scheme: Scheme
    year: number
    years: readonly number[]
    /** Of an academy: those of its schools, where there are several. */
    departments: readonly string[]
    /** Whether the actor may say what their school knows of priority publics. */
    maySay: boolean
    today: string
  }>

/**
 * The indicators of a school or of an academy in a scheme and a school year, small numbers left out.
 * Always one scheme: a student may be in two, and would count twice.
 *
 * @throws {DomainError} not-found
 */
export async function seeIndicators(
  ctx: Context,
  actor: Actor,
  asked: IndicatorsInput,
): Promise<IndicatorsView> {
  const places = await listPlaces(ctx.db, organisationsWith(actor, 'see-indicators'))
  const place = placeAmong(actor, places, asked.place)
  const isAcademy = place.kind === 'academy'
  const day = today(ctx)
  const year = asked.year ?? schoolYearOf(day)
  const scheme = SCHEMES.find(({ code }) => code === asked.scheme) ?? ptech
  // What is left out is decided for the academy as a whole: see publish.ts.
  const schools =
    place.academyCode === null ? [place] : await listSchoolsOf(ctx.db, place.academyCode)
  const ids = schools.map(({ id }) => id)
  const of = { scheme: scheme.code, schoolYear: year }
  const figures = await sumFigures(ctx.db, ids, of)
  const sessions = await sumSessions(ctx.db, ids, of)
  const history = await sumHistory(ctx.db, ids, scheme.code)
  const whole = await listSchoolFigures(ctx.db, ids, of)
  const { level } = asked
  const schoolId = isAcademy ? undefined : place.id
  const departments = isAcademy ? departmentsIn(schools) : []
  const department = departments.find((code) => code === asked.department)
  const counted = new Set([...history.map(({ schoolYear }) => schoolYear), year])
  return {
    ...readFigures(
      { schools, figures, sessions, history, whole },
      { scheme, year, level, department, schoolId },
    ),
    place,
    places,
    schools,
    scheme,
    year,
    years: [...counted].toSorted((one, other) => other - one),
    departments,
    maySay: !isAcademy && may(actor, 'manage-classes', { schoolId: place.id }),
    today: day,
  }
}

/** @throws {DomainError} not-found or forbidden */
function placeAmong(actor: Actor, places: readonly Place[], asked: string | undefined): Place {
  const place = places.find(({ publicId }) => publicId === (asked ?? places[0]?.publicId))
  if (!place) throw nothingHere()
  const { kind, id } = place
  authorize(actor, 'see-indicators', kind === 'academy' ? { academyId: id } : { schoolId: id })
  return place
}

function departmentsIn(schools: readonly Place[]): string[] {
  const all = new Set(schools.map(({ department }) => department).filter((code) => code !== ''))
  return all.size > 1 ? [...all].toSorted() : []
}
