import type { MailWait } from '../mail/health-store.js'
import type { KindCount } from '../store/jobs-seen.js'
import type { ChainCheck } from './store.js'

/** Unknown: it could not be looked at, or there is nothing yet to tell by. Never well for want of a look. */
export type HealthState = 'well' | 'not-well' | 'unknown'

export const PARTS = [
  'store',
  'audit',
  'clock',
  'keys',
  'mail',
  'jobs',
  'lists',
  'erasures',
  'disk',
  'backup',
] as const
export type PartName = (typeof PARTS)[number]

/** What was found: counts, instants, codes. */
export type Findings = Readonly<Record<string, string | number | null>>
export type HealthPart = Readonly<{ name: PartName; state: HealthState; found: Findings }>

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** A worker looks twice a second; what is late by more than this has no worker. */
const LATE_MS = 15 * MINUTE_MS
/** Audit and backup are looked after daily; a day's delay is no fault yet. */
const DAILY_MS = 2 * DAY_MS
const MAIL_LATE_MS = 60 * MINUTE_MS
const MAIL_LOOKED_BACK_MS = 7 * DAY_MS
const LEAST_FREE_BYTES = 1024 ** 3
const LEAST_FREE_SHARE = 0.05

/** Backups are made from outside and not always told to us: they inform, and decide nothing. */
export function weighAll(parts: readonly HealthPart[]): HealthState {
  const deciding = parts.filter(({ name }) => name !== 'backup').map(({ state }) => state)
  if (deciding.includes('not-well')) return 'not-well'
  return deciding.includes('unknown') || deciding.length === 0 ? 'unknown' : 'well'
}

/** Where a copy may take over, what was acknowledged must be in it: a badge that has left can't be called back. */
export function weighStandbys(standbys: number | null, waits: boolean): HealthState {
  return (standbys ?? 0) > 0 && !waits ? 'not-well' : 'well'
}

export function weighChain(check: ChainCheck | undefined, now: Date): HealthState {
  if (!check) return 'unknown'
  if (check.broken_at !== null) return 'not-well'
  return age(check.checked_at, now) > DAILY_MS ? 'unknown' : 'well'
}

/** Who has never had a job has never had a worker either: nothing is known of it. */
export function weighJobs(kinds: readonly KindCount[], now: Date): HealthState {
  const isIll = ({ givenUp, failed, oldest }: KindCount) =>
    givenUp > 0 || failed > 0 || (oldest !== null && age(oldest, now) > LATE_MS)
  if (kinds.some(isIll)) return 'not-well'
  return kinds.length === 0 ? 'unknown' : 'well'
}

export type MailState = MailWait & Readonly<{ isOn: boolean; sent: number }>

export function weighMail({ isOn, sent, oldest, givenUp }: MailState, now: Date): HealthState {
  if (!isOn) return 'unknown'
  if (oldest !== null && age(oldest, now) > MAIL_LATE_MS) return 'not-well'
  if (givenUp.some(({ latest }) => age(latest, now) < MAIL_LOOKED_BACK_MS)) return 'not-well'
  return sent === 0 ? 'unknown' : 'well'
}

export function weighLists(state: Readonly<{ lists: number; behind: number }>): HealthState {
  if (state.behind > 0) return 'not-well'
  return state.lists === 0 ? 'unknown' : 'well'
}

/** Whoever should have been forgotten and could not be is somebody's name that is kept too long. */
export function weighErasures(failed: number): HealthState {
  return failed > 0 ? 'not-well' : 'well'
}

export function weighDisk(free: number, total: number): HealthState {
  if (total <= 0) return 'unknown'
  return free < LEAST_FREE_BYTES || free / total < LEAST_FREE_SHARE ? 'not-well' : 'well'
}

export function weighBackup(at: string | null, now: Date, days: number): HealthState {
  if (at === null) return 'unknown'
  return age(at, now) > days * DAY_MS ? 'not-well' : 'well'
}

function age(iso: string, now: Date): number {
  return now.getTime() - Date.parse(iso)
}
