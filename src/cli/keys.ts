import type { Command } from 'commander'
import { DomainError } from '../errors.js'
import { OPERATOR } from '../people/operator.js'
import { destroyKey, keyToDestroy } from '../people/destroy-key.js'
import { findNamed } from '../people/find-named.js'
import { stageOfKey } from '../people/key-store.js'
import { ANNOUNCED_MS } from '../people/keys.js'
import { keyToRevoke, revokeKey } from '../people/revoke-key.js'
import { assertMayRotate, rotateKey } from '../people/rotate-key.js'
import { assertMayRotateService, rotateServiceKey } from '../people/rotate-service-key.js'
import { seeKeys } from '../people/see-keys.js'
import { addRewrap } from './rewrap.js'
import type { Words } from '../words.js'
import { answer, withContext, type Shell } from './shell.js'

const INSTEAD = {
  fr: 'La page « Clés » de l’organisation (/organisations) fait la même chose.',
  en: 'The page “Keys” of the organisation (/organisations) does the same.',
}

const INSTEAD_SERVICE = {
  fr: 'La page « Clés du service » (/service-keys) fait la même chose.',
  en: 'The page “Keys of the service” (/service-keys) does the same.',
}

type Options = { json?: boolean; confirm?: boolean }
const CONFIRM = ['--confirm', 'do it; without, only say what would be done'] as const

export function addKeys(program: Command, shell: Shell): void {
  const keys = program
    .command('keys')
    .alias('key')
    .description('list the public keys of the organisations; rotate or revoke one')
    .option('--json', 'print them as one JSON array')
    .action((options: Options) =>
      withContext(shell, { access: 'read' }, async (ctx) => {
        const lines = await seeKeys(ctx, OPERATOR)
        if (options.json) shell.print(JSON.stringify(lines, null, 2))
        else
          for (const key of lines)
            shell.print(`${key.state.padEnd(9)} ${key.provider.padEnd(6)} ${key.id}`)
      }),
    )
  addRotate(keys, shell)
  addRotateService(keys, shell)
  addRevoke(keys, shell)
  addDestroy(keys, shell)
  addRewrap(keys, shell)
}

function addRotate(keys: Command, shell: Shell): void {
  keys
    .command('rotate')
    .description(
      'announce the next key of an organisation; the service lets it sign some minutes later',
    )
    .argument('<organisation>', 'its slug, public id, UAI or SIRET')
    .option('--rsa', 'its RSA key, which signs tokens (.jwt), instead of the key of its badges')
    .option(...CONFIRM)
    .option('--json', 'print it as a JSON object')
    .action((name: string, { rsa }: { rsa?: boolean }, command: Command) => {
      const { json, confirm } = command.optsWithGlobals<Options>()
      const kind = rsa ? 'RSA' : 'Ed25519'
      return withContext(shell, toAccess(confirm), async (ctx) => {
        const organisation = await findNamed(ctx.db, name)
        if (!confirm) {
          await assertMayRotate(ctx, OPERATOR, organisation, kind)
          return onlySay(shell, json, {
            fr: `Une nouvelle clé${rsa ? ' de jetons' : ''} de ${organisation.name} serait annoncée, et signerait ${ANNOUNCED_MS / 60_000} minutes après.`,
            en: `A new key${rsa ? ' of tokens' : ''} of ${organisation.name} would be announced, and sign ${ANNOUNCED_MS / 60_000} minutes later.`,
          })
        }
        answerAnnounced(shell, json, await rotateKey(ctx, OPERATOR, organisation, kind))
      })
    })
}

function addRotateService(keys: Command, shell: Shell): void {
  keys
    .command('rotate-service')
    .description(
      'announce the next key of the service, which signs checkpoints, receipts and trust lists',
    )
    .option(...CONFIRM)
    .option('--json', 'print it as a JSON object')
    .action((_options: Options, command: Command) => {
      const { json, confirm } = command.optsWithGlobals<Options>()
      return withContext(shell, toAccess(confirm, INSTEAD_SERVICE), async (ctx) => {
        if (!confirm) {
          await assertMayRotateService(ctx, OPERATOR)
          return onlySay(shell, json, {
            fr: `Une nouvelle clé du service serait annoncée, et signerait ${ANNOUNCED_MS / 60_000} minutes après.`,
            en: `A new key of the service would be announced, and sign ${ANNOUNCED_MS / 60_000} minutes later.`,
          })
        }
        answerAnnounced(shell, json, await rotateServiceKey(ctx, OPERATOR))
      })
    })
}

type Announced = Awaited<ReturnType<typeof rotateKey>>

function answerAnnounced(shell: Shell, json: boolean | undefined, made: Announced): void {
  const at = made.activatesAt.toISOString()
  answer(shell, json, {
    json: { key: made.publicKeyMultibase, activatesAt: at },
    words: {
      fr: `La clé ${made.publicKeyMultibase} est annoncée ; elle signera à partir de ${at}.`,
      en: `The key ${made.publicKeyMultibase} is announced; it signs from ${at}.`,
    },
  })
}

function addRevoke(keys: Command, shell: Shell): void {
  keys
    .command('revoke')
    .description('say that somebody else may have a key; if it is the one that signs, another does')
    .argument('<key>', 'the public key, z6Mk…, or the thumbprint of an RSA key')
    .requiredOption('--since <instant>', 'since when, as 2026-11-24T11:00:00Z')
    .option(...CONFIRM)
    .option('--json', 'print the answer as a JSON object')
    .action((key: string, { since }: { since: string }, command: Command) => {
      const { json, confirm } = command.optsWithGlobals<Options>()
      return withContext(shell, toAccess(confirm), async (ctx) => {
        const revocation = { key, since: toInstant(since) }
        if (!confirm) {
          const signs = stageOfKey(await keyToRevoke(ctx, OPERATOR, revocation)) === 'active'
          return onlySay(shell, json, {
            fr: `La clé ${key} serait révoquée, pour toujours.${signs ? ' Elle signe : une autre la remplacerait aussitôt.' : ''}`,
            en: `The key ${key} would be revoked, for good.${signs ? ' It is the one that signs: another would at once.' : ''}`,
          })
        }
        const next = await revokeKey(ctx, OPERATOR, revocation)
        answer(shell, json, {
          json: { key, next: next ?? null },
          words: {
            fr: `La clé ${key} est révoquée.${next ? ` ${next} signe dès maintenant.` : ''}`,
            en: `The key ${key} is revoked.${next ? ` ${next} signs from now on.` : ''}`,
          },
        })
      })
    })
}

/** Who only asks what would be done may do so beside the service. */
function toAccess(
  confirm: boolean | undefined,
  instead: Words = INSTEAD,
): Parameters<typeof withContext>[1] {
  return confirm ? { access: 'write', instead } : { access: 'read' }
}

/** Nothing was done, which is no success. */
function onlySay(shell: Shell, json: boolean | undefined, { fr, en }: Words): void {
  answer(shell, json, {
    json: { done: false },
    words: {
      fr: `${fr} Rien n’est fait : ajoutez --confirm.`,
      en: `${en} Nothing is done: add --confirm.`,
    },
  })
  shell.answerNo()
}

function addDestroy(keys: Command, shell: Shell): void {
  keys
    .command('destroy')
    .description('destroy the private half of a key that is retired or revoked, for ever')
    .argument('<key>', 'the public key, z6Mk…, or the thumbprint of an RSA key')
    .option(...CONFIRM)
    .option('--json', 'print the answer as a JSON object')
    .action((key: string, _options: Options, command: Command) => {
      const { json, confirm } = command.optsWithGlobals<Options>()
      return withContext(shell, { access: confirm ? 'write' : 'read' }, async (ctx) => {
        if (!confirm) {
          await keyToDestroy(ctx, OPERATOR, key)
          return onlySay(shell, json, {
            fr: `La moitié privée de ${key} serait détruite, pour toujours.`,
            en: `The private half of ${key} would be destroyed, for ever.`,
          })
        }
        await destroyKey(ctx, OPERATOR, key)
        answer(shell, json, {
          json: { key, destroyed: true },
          words: {
            fr: `La moitié privée de ${key} est détruite. Elle est peut-être encore dans vos sauvegardes.`,
            en: `The private half of ${key} is destroyed. It may still be in your backups.`,
          },
        })
      })
    })
}

function toInstant(text: string): Date {
  const at = new Date(text)
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(at.getTime()))
    return at
  throw new DomainError('invalid-request', {
    fr: '--since est un instant avec son fuseau, comme 2026-11-24T11:00:00Z.',
    en: '--since is an instant with its zone, such as 2026-11-24T11:00:00Z.',
  })
}
