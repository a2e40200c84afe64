import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize, nothingHere } from '../../people/authorize.js'
import { listPasskeys, lockPerson } from '../../people/passkeys/store.js'
import { forgetLately } from '../../settings/read.js'
import { isFixed, toKept, toValue, usualOf, type Typed } from '../../settings/rules.js'
import { settingOf, type Setting } from '../../settings/settings.data.js'
import { findSetting, insertSetting, listVersions } from '../../settings/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { scopeOf, type WhichSetting } from './scope.js'

/** Which setting, as somebody has read it. */
export type SettingRead = WhichSetting & Readonly<{ /** 0: nobody had set it. */ version: number }>

/**
 * Sets a value, of the service or of a school. What it was before can be had again.
 *
 * @throws {DomainError} not-found, forbidden, invalid-request, conflict (somebody else was first), or rule-refused: the
 *   environment says it, or it would keep out who says it
 */
export async function changeSetting(
  ctx: Context,
  actor: Actor,
  input: SettingRead & Readonly<{ typed: Typed }>,
): Promise<void> {
  const setting = await authorised(ctx, actor, input)
  const value = toKept(setting, input.typed)
  await keep(ctx, actor, { ...input, setting, value, action: 'setting.changed' })
}

/**
 * Sets what counted before the last change; nothing, if that was the first.
 *
 * @throws {DomainError} as changeSetting; not-found where nothing was changed
 */
export async function undoSetting(ctx: Context, actor: Actor, input: SettingRead): Promise<void> {
  const setting = await authorised(ctx, actor, input)
  const [last, before] = await listVersions(ctx.db, input.scope, input.key, 2)
  if (!last) throw nothingHere()
  const value = before?.value ?? null
  // A rule may have become stricter since.
  const sound = value !== null && toValue(setting, value) !== undefined ? value : null
  await keep(ctx, actor, { ...input, setting, value: sound, action: 'setting.undone' })
}

type Keeping = SettingRead & Readonly<{ setting: Setting; value: string | null; action: string }>

async function keep(ctx: Context, actor: Actor, of: Keeping): Promise<void> {
  const { key, scope, setting, value, action } = of
  const at = ctx.now()
  const version = of.version + 1
  await ctx.db.transaction().execute(async (trx) => {
    await assertKeepsOutNobody(trx, actor, key, value ?? usualOf(setting, ctx.config))
    // The audit says that it was changed, not to what: a contact is somebody's address.
    const details = { version, scope: scope === '' ? null : scope }
    await appendAudit(trx, { at, actor: actor.publicId, action, subject: key, details })
    const now = await findSetting(trx, scope, key)
    if ((now?.version ?? 0) !== of.version) throw otherWasFirst()
    const set = { set_by: actor.publicId, set_at: at.toISOString() }
    if (!(await insertSetting(trx, { scope, key, version, value, ...set }))) throw otherWasFirst()
  })
  forgetLately(ctx)
}

async function authorised(ctx: Context, actor: Actor, which: WhichSetting): Promise<Setting> {
  const { resource } = await scopeOf(ctx, which.scope)
  authorize(actor, 'change-settings', resource)
  const setting = settingOf(which.key)
  if (!setting?.scopes.includes(which.scope === '' ? 'service' : 'school')) throw nothingHere()
  if (isFixed(setting, ctx.config)) throw fixed(setting.env ?? '')
  return setting
}

/**
 * Who asks a passkey of everybody must have one. The operator’s way is the command line, which asks for none.
 *
 * @param counts what would count, whether somebody sets it or it is usual once nobody does
 */
async function assertKeepsOutNobody(
  trx: Db,
  { personId }: Actor,
  key: string,
  counts: unknown,
): Promise<void> {
  if (key !== 'passkeys-required' || counts !== 'on' || personId === null) return
  // Their last passkey may be on its way out.
  await lockPerson(trx, personId)
  if ((await listPasskeys(trx, personId)).length > 0) return
  const words = {
    fr: 'Vous n’avez pas de clé d’accès : vous ne pourriez plus rien changer ici. Enregistrez-en une à la page « Mon compte », puis recommencez.',
    en: 'You have no passkey: you could change nothing here any more. Register one on the page “My account”, then try again.',
  }
  throw new DomainError('rule-refused', words, { fields: [{ pointer: '/value', words }] })
}

function fixed(name: string): DomainError {
  return new DomainError('rule-refused', {
    fr: `L’environnement du service donne ce réglage (${name}) et compte avant cette page. Retirez la variable pour le changer ici.`,
    en: `The environment of the service gives this setting (${name}) and counts before this page. Take the variable away to change it here.`,
  })
}

function otherWasFirst(): DomainError {
  return new DomainError('conflict', {
    fr: 'Quelqu’un vient de changer ce réglage. Relisez-le, puis recommencez.',
    en: 'Somebody has just changed this setting. Read it again, then try again.',
  })
}
