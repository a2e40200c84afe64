import type { Command } from 'commander'
import type { Context } from '../context.js'
import * as files from '../key-files/rewrap.js'
import { OPERATOR } from '../people/operator.js'
import { appendAudit } from '../store/audit.js'
import { resealAll } from '../store/sealed.js'
import { answer, withContext, type Shell } from './shell.js'

type Options = Readonly<{ newMasterKey?: boolean; newSealingKey?: boolean; json?: boolean }>

/** The keys of the service itself: what opens the key files, and what seals values in the store. */
export function addRewrap(keys: Command, shell: Shell): void {
  keys
    .command('rewrap')
    .description(
      'put key files and sealed values under the newest keys, and end those before; or begin with a new one',
    )
    .option('--new-master-key', 'make the next master.key (without a passphrase)')
    .option('--new-sealing-key', 'make the next key that seals values in the store')
    .option('--json', 'print what was done as a JSON object')
    .action((_options: Options, command: Command) =>
      withContext(shell, { access: 'write' }, async (ctx) => {
        const { json, ...which } = command.optsWithGlobals<Options>()
        if (which.newMasterKey || which.newSealingKey) {
          const begun = await beginRewrap(ctx, which)
          answer(shell, json, { json: { begun }, words: BEGUN })
          return
        }
        const done = await rewrap(ctx)
        answer(shell, json, {
          json: done,
          words: {
            fr: `${done.files} fichiers de clés et ${done.values} valeurs scellés à neuf ; seules les clés les plus récentes les ouvrent.`,
            en: `${done.files} key files and ${done.values} values sealed anew; only the newest keys open them.`,
          },
        })
      }),
    )
}

const BEGUN = {
  fr: 'La nouvelle clé est faite, l’ancienne ouvre encore. Redémarrez tous les nœuds, puis lancez « sceau key rewrap ».',
  en: 'The new key is made, the old one still opens. Restart all nodes, then run "sceau key rewrap".',
}

/** Makes new keys beside those in use; one that is begun already is not made again. @returns which were made now */
export async function beginRewrap(
  ctx: Context,
  { newMasterKey, newSealingKey }: Pick<Options, 'newMasterKey' | 'newSealingKey'>,
): Promise<string[]> {
  const begun = []
  if (newMasterKey && (await files.beginMasterKey(ctx.config))) begun.push('master-key')
  if (newSealingKey && (await files.beginSealingKey(ctx.config))) begun.push('sealing-key')
  if (begun.length > 0) await audit(ctx, 'keys.rewrap-begun', { keys: begun.join(' ') })
  return begun
}

/**
 * Puts everything under the newest keys, then ends those before. Ended anywhere, it is finished by the next run, and
 * until then both open; when nothing is under an old key, it does nothing.
 */
export async function rewrap(ctx: Context): Promise<{ files: number; values: number }> {
  const rewrapped = await files.rewrapFiles(ctx.config)
  const endsMaster = await files.hasFormerMaster(ctx.config)
  const endsSealing = await files.hasFormerSealingKey(ctx.config)
  const values = endsSealing ? await resealValues(ctx) : 0
  const done = { files: rewrapped, values }
  if (rewrapped === 0 && !endsMaster && !endsSealing) return done
  await audit(ctx, 'keys.rewrapped', done)
  await files.forgetMasters(ctx.config)
  if (endsSealing) await files.endSealingKeys(ctx.config)
  return done
}

/** In the store, and the data keys of students beside it. */
async function resealValues(ctx: Context): Promise<number> {
  const keys = ctx.studentKeys?.reseal(ctx.vault.reseal) ?? 0
  ctx.studentKeys?.scrub()
  return keys + (await resealAll(ctx.db, ctx.vault.reseal))
}

async function audit(
  ctx: Context,
  action: string,
  details: Record<string, string | number>,
): Promise<void> {
  const line = { at: ctx.now(), actor: OPERATOR.publicId, action, subject: 'service', details }
  await ctx.db.transaction().execute((trx) => appendAudit(trx, line))
}
