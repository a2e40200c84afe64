import { dayInWords, overlap } from '../days.js'
import type { Warning } from '../warnings.js'
import type { AgeGroup } from './ages.js'
import { RULES } from './rules.js'

/** From its first day to its last. */
export type Days = Readonly<{ fromDay: string; untilDay: string }>
export type Host = Readonly<{ staffCount: number; quotaRaised: boolean }>
export type Derogation = Readonly<{ sentOn: string; validUntil: string }>
export type Work = 'ORDINARY' | 'REGULATED'

const MOST_TRAINEES = 3
const DAY_MS = 86_400_000

/** PFMP-03. @param others the other placements that this tutor has */
export function judgeTutorLoad(days: Days, others: readonly Days[]): Warning[] {
  const count = mostAtOnce(days, others)
  if (count <= MOST_TRAINEES) return []
  return [
    {
      rule: RULES.tutorLoad,
      words: {
        fr: `Ce tuteur aurait ${count} stagiaires en même temps ; ${MOST_TRAINEES} au plus sont permis (R124-13).`,
        en: `This tutor would have ${count} trainees at once; ${MOST_TRAINEES} at most are allowed (R124-13).`,
      },
    },
  ]
}

/** How many there are on the fullest day, this one among them. It is a day on which one of them begins. */
function mostAtOnce(days: Days, others: readonly Days[]): number {
  const meeting = others.filter((other) => overlap(days, other))
  const firstDays = [days, ...meeting].map(({ fromDay }) =>
    fromDay < days.fromDay ? days.fromDay : fromDay,
  )
  const on = (day: string) =>
    meeting.filter(({ fromDay, untilDay }) => fromDay <= day && day <= untilDay).length
  return 1 + Math.max(...firstDays.map(on))
}

/** PFMP-04: 15 % of the staff, or 3 below 20 people; raised by the academy, 20 %, or 5 below 30. */
export function quotaOf({ staffCount, quotaRaised }: Host): number {
  const usual = staffCount >= 20 ? Math.ceil((staffCount * 15) / 100) : 3
  if (!quotaRaised) return usual
  return Math.max(usual, staffCount >= 30 ? Math.ceil((staffCount * 20) / 100) : 5)
}

/** PFMP-04. @param others the other placements at this site */
export function judgeHostQuota(days: Days, host: Host | undefined, others: readonly Days[]) {
  if (!host) return []
  const quota = quotaOf(host)
  const full = weeksOf(days)
    .map((week) => ({ week, count: 1 + others.filter((other) => overlap(week, other)).length }))
    .find(({ count }) => count > quota)
  if (!full) return []
  const monday = dayInWords(full.week.fromDay)
  return [
    {
      rule: RULES.hostQuota,
      words: {
        fr: `La semaine du ${monday.fr}, ce site aurait ${full.count} stagiaires ; ${quota} au plus sont permis pour ${host.staffCount} personnes (R124-10).`,
        en: `In the week of ${monday.en} this site would have ${full.count} trainees; ${quota} at most are allowed for ${host.staffCount} people (R124-10).`,
      },
    },
  ]
}

/** The civil weeks, Monday to Sunday, that a period touches. */
export function weeksOf({ fromDay, untilDay }: Days): Days[] {
  const weeks: Days[] = []
  // 1970-01-01 was a Thursday, the fourth day of its week.
  const days = Date.parse(fromDay) / DAY_MS
  for (let monday = days - ((days + 3) % 7); toDay(monday) <= untilDay; monday += 7) {
    weeks.push({ fromDay: toDay(monday), untilDay: toDay(monday + 6) })
  }
  return weeks
}

/** PFMP-10: regulated work of a minor takes a declaration that holds on all days. */
export function judgeDerogation(
  of: Days & Readonly<{ work: Work; age: AgeGroup }>,
  derogations: readonly Derogation[],
): Warning[] {
  if (of.work === 'ORDINARY' || of.age === 'ADULT') return []
  if (derogations.some((one) => one.sentOn <= of.fromDay && of.untilDay <= one.validUntil))
    return []
  const latest = derogations
    .map(({ validUntil }) => validUntil)
    .toSorted()
    .at(-1)
  return [{ rule: RULES.derogation, words: noDerogation(latest) }]
}

function noDerogation(latest: string | undefined) {
  if (latest === undefined) {
    return {
      fr: 'Ce site n’a pas de déclaration de dérogation : un mineur n’y fait pas de travaux réglementés. Saisissez-la, ou confirmez que vous avez lu.',
      en: 'This site has no declaration of derogation: a minor does no regulated work there. Record it, or confirm that you read this.',
    }
  }
  const day = dayInWords(latest)
  return {
    fr: `La déclaration de dérogation de ce site ne couvre pas toute la période (la dernière vaut jusqu’au ${day.fr}). Un mineur ne fait pas alors de travaux réglementés.`,
    en: `The site’s declaration of derogation does not cover all of the period (the last one is valid until ${day.en}). A minor then does no regulated work.`,
  }
}

/** A declaration is valid for three years from the day on which it was sent. */
export function threeYearsAfter(day: string): string {
  const later = `${Number(day.slice(0, 4)) + 3}${day.slice(4)}`
  // Three years after a leap day there is none.
  return day.endsWith('-02-29') ? later.replace('-02-29', '-02-28') : later
}

function toDay(days: number): string {
  return new Date(days * DAY_MS).toISOString().slice(0, 10)
}
