import type { Context } from '../context.js'
import { THEMES } from '../credential/themes.data.js'
import { OTHER_THEME, themeCode, type SchoolFigures } from '../mentoring/indicators/school-codes.js'
import { firstDayOf, schoolYearOf } from '../mentoring/school-year.js'
import { dayAt, dayBefore } from '../people/days.js'
import type { Definition } from '../templates/definition.js'
import { listErasedAwards } from './rights/store.js'
import { listEndorsedIn, listIssuedIn } from './store/badge-figures.js'

/**
 * The badges of a school in a school year, by the codes of the indicators: issued, by theme, revoked since, and
 * dossiers endorsed by a company. Nothing of who looked at one: that is never counted.
 */
export async function countBadges(
  { db, config: { timeZone } }: Pick<Context, 'db' | 'config'>,
  { schoolId, year }: Readonly<{ schoolId: number; year: number }>,
): Promise<SchoolFigures> {
  // A day more on either side: a school year begins at midnight where the school is.
  const span = { from: dayBefore(firstDayOf(year)), until: `${year + 1}-09-02` }
  const isThen = (instant: string) => schoolYearOf(dayAt(new Date(instant), timeZone)) === year
  const issued = (await listIssuedIn(db, { schoolId, ...span })).filter(({ releasedAt }) =>
    isThen(releasedAt),
  )
  const endorsed = (await listEndorsedIn(db, { schoolId, ...span })).filter(isThen)
  // Of students who were erased since.
  const erased = await listErasedAwards(db, { schoolId, year })
  const one = ({ definition, revokedAt }: (typeof issued)[number]) => {
    return { definition, issued: 1, revoked: revokedAt === null ? 0 : 1, endorsed: 0 }
  }
  const all = [...issued.map(one), ...erased]
  const sumOf = (what: 'issued' | 'revoked' | 'endorsed', of = all) =>
    of.reduce((sum, award) => sum + award[what], 0)
  const themes = Map.groupBy(
    all.filter(({ issued: number }) => number > 0),
    ({ definition }) => themeOf(definition),
  )
  return {
    badges: sumOf('issued'),
    badges_valid: sumOf('issued') - sumOf('revoked'),
    badges_revoked: sumOf('revoked'),
    endorsed: endorsed.length + sumOf('endorsed'),
    ...Object.fromEntries(
      [...themes].map(([theme, those]) => [themeCode(theme), sumOf('issued', those)]),
    ),
  }
}

function themeOf(definition: string): string {
  const { theme } = JSON.parse(definition) as Definition
  return THEMES.find((known) => known === theme) ?? OTHER_THEME
}
