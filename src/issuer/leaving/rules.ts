import { isAtLeast } from '../../mentoring/levels.js'
import type { Schooling } from '../../mentoring/schemes/scheme.js'

/**
 * How near to the end of school somebody is: not yet asked, in their last years (from Terminale on), or their schooling has
 * ended.
 */
export type LeavingStage = 'before' | 'last-years' | 'left'

/** @param day YYYY-MM-DD */
export function leavingStageOf(
  schoolings: readonly Pick<Schooling, 'level' | 'fromDay' | 'untilDay'>[],
  day: string,
): LeavingStage {
  const open = schoolings.filter(
    ({ fromDay, untilDay }) => fromDay <= day && (untilDay === null || untilDay >= day),
  )
  if (open.length === 0) return schoolings.some(({ fromDay }) => fromDay <= day) ? 'left' : 'before'
  const isLast = open.some(({ level }) => isAtLeast(level, 'TLE_PRO') || isAtLeast(level, 'TLE_GT'))
  return isLast ? 'last-years' : 'before'
}

/** The last day of somebody who has left. @returns undefined for who is at school, or never was */
export function leftOn(schoolings: readonly Pick<Schooling, 'untilDay'>[]): string | undefined {
  const days = schoolings.map(({ untilDay }) => untilDay)
  return days.some((day) => day === null)
    ? undefined
    : days
        .flatMap((day) => day ?? [])
        .toSorted()
        .at(-1)
}
