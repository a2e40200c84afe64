import type { Actor, Context } from '../../context.js'
import { assertAllowed, nothingHere } from '../../people/authorize.js'
import { findPersonRow } from '../../people/people-store.js'
import type { Organisation } from '../../people/store.js'
import { valueOf } from '../../settings/read.js'
import { isFixed, toValue } from '../../settings/rules.js'
import {
  isSettingKey,
  SETTING_KEYS,
  settingOf,
  SETTINGS,
  type Setting,
  type SettingKey,
} from '../../settings/settings.data.js'
import { findSetting, listVersions, type KeptSetting } from '../../settings/store.js'
import type { Words } from '../../words.js'
import { scopeOf, type WhichSetting } from './scope.js'

export type Value = string | number | Words | null

export type SettingLine = Readonly<{
  key: SettingKey
  setting: Setting
  /** What counts now. */
  value: Value
  /** Who says so: the environment, this page, or neither. */
  from: 'environment' | 'page' | 'usual'
  setAt: string | null
}>

export type SettingsSeen = Readonly<{
  school: Organisation | undefined
  lines: readonly SettingLine[]
}>

/** The settings of the service, or of a school. @throws {DomainError} not-found or forbidden */
export async function seeSettings(
  ctx: Context,
  actor: Actor,
  scope: string,
): Promise<SettingsSeen> {
  const { school, resource } = await scopeOf(ctx, scope)
  assertAllowed(actor, 'change-settings', resource)
  const keys = SETTING_KEYS.filter((key) => isOf(SETTINGS[key], scope))
  const lines = await Promise.all(keys.map((key) => lineOf(ctx, { key, scope })))
  return { school, lines }
}

export type SettingSeen = SettingLine &
  Readonly<{
    school: Organisation | undefined
    /** 0: nobody has set it. */
    version: number
    /** What was set, the newest first. */
    history: readonly Readonly<{ at: string; by: string | null; value: Value | undefined }>[]
  }>

/** One of them, with what it was. @throws {DomainError} not-found or forbidden */
export async function seeSetting(
  ctx: Context,
  actor: Actor,
  { key, scope }: WhichSetting,
): Promise<SettingSeen> {
  const { school, resource } = await scopeOf(ctx, scope)
  assertAllowed(actor, 'change-settings', resource)
  if (!isSettingKey(key) || !isOf(SETTINGS[key], scope)) throw nothingHere()
  const versions = await listVersions(ctx.db, scope, key, SHOWN)
  return {
    ...(await lineOf(ctx, { key, scope })),
    school,
    version: versions[0]?.version ?? 0,
    history: await Promise.all(versions.map((one) => toPast(ctx, one))),
  }
}

const SHOWN = 10

async function toPast(ctx: Context, { key, value, set_at: at, set_by }: KeptSetting) {
  const setting = settingOf(key)
  const person = await findPersonRow(ctx.db, set_by)
  return {
    at,
    by: person ? `${person.given_name} ${person.family_name}` : null,
    value: value === null || !setting ? undefined : (toValue(setting, value) ?? undefined),
  }
}

async function lineOf(
  ctx: Context,
  { key, scope }: Readonly<{ key: SettingKey; scope: string }>,
): Promise<SettingLine> {
  const setting: Setting = SETTINGS[key]
  const value = await valueOf(ctx, key, scope === '' ? undefined : scope)
  if (isFixed(setting, ctx.config)) return { key, setting, value, from: 'environment', setAt: null }
  const kept = await findSetting(ctx.db, scope, key)
  const isSet = typeof kept?.value === 'string' && toValue(setting, kept.value) !== undefined
  return { key, setting, value, from: isSet ? 'page' : 'usual', setAt: isSet ? kept.set_at : null }
}

function isOf(setting: Setting, scope: string): boolean {
  return setting.scopes.includes(scope === '' ? 'service' : 'school')
}
