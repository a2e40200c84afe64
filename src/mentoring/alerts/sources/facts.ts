import type { Context } from '../../../context.js'
import { dayAt } from '../../../people/days.js'
import { instantAt } from '../../calendar/instant-at.js'
import { schemeOf } from '../../schemes/index.js'
import { ptech } from '../../schemes/ptech.js'
import { CONFIRM, SEE_COHORT, type Alert, type FindAlerts, type Scope } from '../alert.js'
import { listContested, listLongUnconfirmed, type Waiting } from '../waiting-store.js'

const DAY_MS = 24 * 60 * 60 * 1000
const UNCONFIRMED_DAYS = 14

/** AL-2: sessions that wait for a confirmation for more than 14 days. */
export async function unconfirmedAlerts(
  { db, config: { timeZone } }: Context,
  scope: Scope,
  today: string,
): Promise<Alert[]> {
  const first = new Date(Date.parse(today) - UNCONFIRMED_DAYS * DAY_MS).toISOString().slice(0, 10)
  const before = instantAt(first, '00:00', timeZone).toISOString()
  const waiting = await listLongUnconfirmed(db, scope, before)
  return waiting.map(({ cohortPublicId, title, count, since }) => ({
    rule: 'AL-2',
    severity: 'due',
    words: {
      fr: `${count > 1 ? `${count} séances attendent` : 'Une séance attend'} d’être confirmée${count > 1 ? 's' : ''}`,
      en: `${count > 1 ? `${count} sessions have` : 'A session has'} waited to be confirmed`,
    },
    place: title,
    href: '/confirm',
    action: CONFIRM,
    subject: cohortPublicId,
    since: dayAt(new Date(since), timeZone),
  }))
}

/** AL-3: sessions and placements of P-TECH students that they contest. */
export const contestedInCohorts: FindAlerts = (ctx, scope) =>
  contestedAlerts(ctx, scope, ({ scheme }) => scheme === ptech.code)

/** The same in groups of other schemes. */
export const contestedInGroups: FindAlerts = (ctx, scope) =>
  contestedAlerts(ctx, scope, ({ scheme }) => scheme !== ptech.code)

async function contestedAlerts(
  { db, config: { timeZone } }: Context,
  scope: Scope,
  isMeant: (one: Waiting) => boolean,
): Promise<Alert[]> {
  const contested = (await listContested(db, scope)).filter(isMeant)
  const byCohort = Map.groupBy(contested, ({ cohortPublicId }) => cohortPublicId)
  return [...byCohort].flatMap(([subject, waiting]) => {
    const [first] = waiting
    if (!first) return []
    const count = waiting.reduce((sum, one) => sum + one.count, 0)
    const [earliest = first.since] = waiting.map((one) => one.since).toSorted()
    const since = dayAt(new Date(earliest), timeZone)
    return [
      {
        rule: 'AL-3',
        severity: 'due' as const,
        words: {
          fr: `${count > 1 ? `${count} faits sont contestés` : 'Un fait est contesté'}. Corrigez ce qui est faux, ou parlez-en avec l’élève.`,
          en: `${count > 1 ? `${count} facts are contested` : 'A fact is contested'}. Correct what is wrong, or talk to the student.`,
        },
        place: first.title,
        href: `${schemeOf(first.scheme).group.page}/${subject}`,
        action: SEE_COHORT,
        subject,
        since,
      },
    ]
  })
}
