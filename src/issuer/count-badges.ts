import type { Context } from '../context.js'
import { THEMES } from '../credential/themes.data.js'
import { OTHER_THEME, themeCode, type SchoolFigures } from '../mentoring/indicators/school-codes.js'
import { firstDayOf, schoolYearOf } from '../mentoring/school-year.js'
import { dayAt, dayBefore } from '../people/days.js'
import type { Definition } from '../templates/definition.js'
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
  const revoked = issued.filter(({ revokedAt }) => revokedAt !== null).length
  const themes = Map.groupBy(issued, ({ definition }) => themeOf(definition))
  return {
    badges: issued.length,
    badges_valid: issued.length - revoked,
    badges_revoked: revoked,
    endorsed: endorsed.length,
    ...Object.fromEntries([...themes].map(([theme, those]) => [themeCode(theme), those.length])),
  }
}

function themeOf(definition: string): string {
  const { theme } = JSON.parse(definition) as Definition
  return THEMES.find((known) => known === theme) ?? OTHER_THEME
}
