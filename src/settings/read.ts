import type { Context } from '../context.js'
import type { Words } from '../words.js'
import { isFixed, toValue, usualOf } from './rules.js'
import { SETTINGS, type Setting, type SettingKey } from './settings.data.js'
import { findSetting, listOfSchools, OF_SERVICE } from './store.js'

type ValueOf<Key extends SettingKey> = (typeof SETTINGS)[Key]['kind'] extends 'number'
  ? number
  : (typeof SETTINGS)[Key]['kind'] extends 'words'
    ? Words | null
    : string

/**
 * What counts now: what the environment says, else what the school has set, else the service, else what is usual. It is
 * read anew each time, so that every node goes by a change at once.
 *
 * @param school public id of a school that may have its own
 */
export async function valueOf<Key extends SettingKey>(
  ctx: Pick<Context, 'db' | 'config'>,
  key: Key,
  school?: string,
): Promise<ValueOf<Key>> {
  // A value is of the kind that its setting names: toValue makes no other.
  return (await readValue(ctx, key, school)) as ValueOf<Key>
}

async function readValue(
  { db, config }: Pick<Context, 'db' | 'config'>,
  key: SettingKey,
  school: string | undefined,
): Promise<string | number | Words | null> {
  const setting: Setting = SETTINGS[key]
  if (isFixed(setting, config)) return usualOf(setting, config)
  const scopes = school === undefined ? [OF_SERVICE] : [school, OF_SERVICE]
  for (const scope of scopes) {
    const kept = (await findSetting(db, scope, key))?.value
    const value = kept === null || kept === undefined ? undefined : toValue(setting, kept)
    if (value !== undefined) return value
  }
  return usualOf(setting, config)
}

/** What schools have set for themselves, by their public id. */
export async function valuesOfSchools(
  ctx: Pick<Context, 'db'>,
  key: SettingKey,
): Promise<Map<string, string | number | Words>> {
  const found = new Map<string, string | number | Words>()
  for (const { scope, value } of await listOfSchools(ctx.db, key)) {
    const sound = value === null ? undefined : toValue(SETTINGS[key], value)
    if (sound !== undefined && sound !== '') found.set(scope, sound)
  }
  return found
}

/** How long a value that every request asks for may be of before. */
const LATELY_MS = 30_000

type Lately = Map<SettingKey, Readonly<{ value: Promise<unknown>; until: number }>>
const LATELY = new WeakMap<Context['db'], Lately>()

/** The same, of at most half a minute ago: for what each request asks. A node that changes it forgets it at once. */
export async function valueLately<Key extends SettingKey>(
  ctx: Pick<Context, 'db' | 'config' | 'now'>,
  key: Key,
): Promise<ValueOf<Key>> {
  if (isFixed(SETTINGS[key], ctx.config)) return valueOf(ctx, key)
  const known: Lately = LATELY.get(ctx.db) ?? new Map<never, never>()
  LATELY.set(ctx.db, known)
  const at = ctx.now().getTime()
  const before = known.get(key)
  if (before && before.until > at && before.until - LATELY_MS <= at)
    return before.value as Promise<ValueOf<Key>>
  const value = valueOf(ctx, key)
  known.set(key, { value, until: at + LATELY_MS })
  // A store that did not answer is asked again.
  value.catch(() => known.delete(key))
  return value
}

/** After a change, on the node that made it. */
export function forgetLately({ db }: Pick<Context, 'db'>): void {
  LATELY.delete(db)
}

/** Whether only a passkey lets a person commit anybody. */
export async function passkeysRequired(
  ctx: Pick<Context, 'db' | 'config' | 'now'>,
): Promise<boolean> {
  return (await valueLately(ctx, 'passkeys-required')) === 'on'
}

/** How often one address may ask in a minute: for `rateLimit`. */
export function verificationsPerMinute(
  ctx: Pick<Context, 'db' | 'config' | 'now'>,
  factor = 1,
): () => Promise<number> {
  return async () => factor * (await valueLately(ctx, 'verifications-per-minute'))
}
