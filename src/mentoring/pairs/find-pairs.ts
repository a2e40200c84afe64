import type { Db } from '../../store/schema.js'
import type { Words } from '../../words.js'
import type { Sides } from '../cohorts/sides.js'
import type { Finding, GroupFinding } from '../finding.js'
import { lastSessionDays, listGroups, type Group } from '../groups/store.js'
import { oneMentor } from '../schemes/one-mentor.js'
import { firstDayOf, schoolYearOf } from '../school-year.js'
import { isEarlyEnd, isStalled, registrationWarnings, STALLED_DAYS } from './pair-rules.js'
import { listPairs, type Pair } from './store.js'

/**
 * What is reported of the pairs that some run or, as schools, have students in: those open on a day,
 * and those that ended in its school year.
 *
 * @param today YYYY-MM-DD
 */
export async function pairFindings(db: Db, sides: Sides, today: string): Promise<GroupFinding[]> {
  const since = firstDayOf(schoolYearOf(today))
  const groups = (await listGroups(db, sides)).filter(
    ({ scheme, closedOn }) => scheme === oneMentor.code && (closedOn === null || closedOn >= since),
  )
  const ids = groups.map(({ id }) => id)
  const pairs = new Map((await listPairs(db, ids)).map((pair) => [pair.cohortId, pair]))
  const lastDays = await lastSessionDays(db, ids)
  return groups.flatMap((group) => {
    const { publicId, title } = group
    const pair = pairs.get(group.id)
    const found =
      pair && isTheirs(sides, group, pair)
        ? findingsOf(group, pair, { lastSessionOn: lastDays.get(group.id), today })
        : []
    return found.map((one) => ({ ...one, publicId, title }))
  })
}

/** Who runs it, or the school where the young person is now: one that they have left can do nothing about it. */
export function isTheirs(
  { schoolIds, companyIds }: Sides,
  { ownerId }: Pick<Group, 'ownerId'>,
  { student }: Pair,
): boolean {
  return companyIds.includes(ownerId) || schoolIds.includes(student.school_id)
}

function findingsOf(
  { openedOn, closedOn }: Group,
  pair: Pair,
  { lastSessionOn, today }: Readonly<{ lastSessionOn: string | undefined; today: string }>,
): Finding[] {
  const { registrationReference: reference, registeredOn } = pair
  const isOpen = closedOn === null || closedOn >= today
  return [
    ...(closedOn !== null && isEarlyEnd(openedOn, closedOn)
      ? [{ rule: 'JM-05', words: EARLY_END }]
      : []),
    ...(isOpen && registrationWarnings({ reference, registeredOn }).length > 0
      ? [{ rule: 'JM-03', words: NOT_REGISTERED }]
      : []),
    ...(isOpen && isStalled({ startedOn: openedOn, lastSessionOn }, today)
      ? [{ rule: 'JM-D1', words: STALLED }]
      : []),
    ...(!isOpen && pair.interviewOn === null ? [{ rule: 'JM-D2', words: NO_INTERVIEW }] : []),
  ]
}

const EARLY_END: Words = {
  fr: 'Rupture précoce : ce binôme a duré moins de six mois.',
  en: 'Early end: this pair lasted less than six months.',
}
const NOT_REGISTERED: Words = {
  fr: 'L’inscription sur le site national n’est pas notée. Ajoutez sa référence et sa date.',
  en: 'The registration on the national site is not noted. Add its reference and its day.',
}
const STALLED: Words = {
  fr: `Aucune séance depuis plus de ${STALLED_DAYS} jours. Prenez des nouvelles du binôme, ou terminez-le.`,
  en: `No session for more than ${STALLED_DAYS} days. Ask how the pair is doing, or end it.`,
}
const NO_INTERVIEW: Words = {
  fr: 'Ce binôme a pris fin sans entretien de clôture.',
  en: 'This pair ended without a closing interview.',
}
