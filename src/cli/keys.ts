import type { Command } from 'commander'
import { DomainError } from '../errors.js'
import { OPERATOR } from '../people/operator.js'
import { destroyKey } from '../people/destroy-key.js'
import { findNamed } from '../people/find-named.js'
import { revokeKey } from '../people/revoke-key.js'
import { rotateKey } from '../people/rotate-key.js'
import { seeKeys } from '../people/see-keys.js'
import { addRewrap } from './rewrap.js'
import { answer, withContext, type Shell } from './shell.js'

const INSTEAD = {
  fr: 'La page « Clés » de l’organisation (/organisations) fait la même chose.',
  en: 'The page “Keys” of the organisation (/organisations) does the same.',
}

type Options = { json?: boolean }

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
    .option('--json', 'print it as a JSON object')
    .action((name: string, _options: Options, command: Command) =>
      withContext(shell, { access: 'write', instead: INSTEAD }, async (ctx) => {
        const organisation = await findNamed(ctx.db, name)
        const made = await rotateKey(ctx, OPERATOR, organisation)
        const at = made.activatesAt.toISOString()
        answer(shell, command.optsWithGlobals<Options>().json, {
          json: { key: made.publicKeyMultibase, activatesAt: at },
          words: {
            fr: `La clé ${made.publicKeyMultibase} est annoncée ; elle signera à partir de ${at}.`,
            en: `The key ${made.publicKeyMultibase} is announced; it signs from ${at}.`,
          },
        })
      }),
    )
}

function addRevoke(keys: Command, shell: Shell): void {
  keys
    .command('revoke')
    .description('say that somebody else may have a key; if it is the one that signs, another does')
    .argument('<key>', 'the public key, z6Mk…')
    .requiredOption('--since <instant>', 'since when, as 2026-11-24T11:00:00Z')
    .option('--json', 'print the answer as a JSON object')
    .action((key: string, { since }: { since: string }, command: Command) =>
      withContext(shell, { access: 'write', instead: INSTEAD }, async (ctx) => {
        const next = await revokeKey(ctx, OPERATOR, { key, since: toInstant(since) })
        answer(shell, command.optsWithGlobals<Options>().json, {
          json: { key, next: next ?? null },
          words: {
            fr: `La clé ${key} est révoquée.${next ? ` ${next} signe dès maintenant.` : ''}`,
            en: `The key ${key} is revoked.${next ? ` ${next} signs from now on.` : ''}`,
          },
        })
      }),
    )
}

function addDestroy(keys: Command, shell: Shell): void {
  keys
    .command('destroy')
    .description('destroy the private half of a key that is retired or revoked, for ever')
    .argument('<key>', 'the public key, z6Mk…')
    .option('--json', 'print the answer as a JSON object')
    .action((key: string, _options: Options, command: Command) =>
      withContext(shell, { access: 'write' }, async (ctx) => {
        await destroyKey(ctx, OPERATOR, key)
        answer(shell, command.optsWithGlobals<Options>().json, {
          json: { key, destroyed: true },
          words: {
            fr: `La moitié privée de ${key} est détruite. Elle est peut-être encore dans vos sauvegardes.`,
            en: `The private half of ${key} is destroyed. It may still be in your backups.`,
          },
        })
      }),
    )
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
