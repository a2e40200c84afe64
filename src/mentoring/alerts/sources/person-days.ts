import type { Context } from '../../../context.js'
import { companyYearsOf } from '../../classes/person-days.js'
import { firstDayOf, schoolYearLabel, schoolYearOf } from '../../school-year.js'
import type { Alert, Scope } from '../alert.js'
import { listPartnerClasses } from '../partners-store.js'

/** [D] From this month and day on, little of the school year is left to keep a promise in. */
const LATE_FROM = '04-01'

/** PT-21: what a company has given of the person-days that it promised a class for this school year. */
export async function personDayAlerts(
  { db }: Context,
  { companyIds }: Scope,
  today: string,
): Promise<Alert[]> {
  const classes = await listPartnerClasses(db, companyIds, today)
  const year = schoolYearOf(today)
  const years = await companyYearsOf(db, { classIds: classes.map(({ id }) => id), year })
  return classes.flatMap((one) => {
    const given = years.find(
      ({ classId, companyId }) => classId === one.id && companyId === one.companyId,
    )
    const promised = given?.promised?.personDays ?? 0
    if (given === undefined || given.personDays >= promised) return []
    const label = schoolYearLabel(year)
    const isLate = today >= `${year + 1}-${LATE_FROM}`
    return [
      {
        rule: 'PT-21',
        severity: isLate ? ('soon' as const) : ('info' as const),
        words: {
          fr: `${String(given.personDays).replace('.', ',')} jours donnés sur ${promised} promis en ${label}`,
          en: `${given.personDays} days given of ${promised} promised in ${label}`,
        },
        place: `${one.name}, ${one.schoolName}`,
        href: '/contributions',
        action: { fr: 'Voir les séances à confirmer', en: 'See the sessions to confirm' },
        subject: one.publicId,
        since: firstDayOf(year),
      },
    ]
  })
}
