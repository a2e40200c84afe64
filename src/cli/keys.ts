import type { Command } from 'commander'
import { DomainError } from '../errors.js'
import { OPERATOR } from '../people/operator.js'
import { findNamed } from '../people/find-named.js'
import { revokeKey } from '../people/revoke-key.js'
import { rotateKey } from '../people/rotate-key.js'
import { seeKeys } from '../people/see-keys.js'
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
        else for (const key of lines) shell.print(`${key.state.padEnd(9)} ${key.id}`)
      }),
    )
  addRotate(keys, shell)
  addRevoke(keys, shell)
}

function addRotate(keys: Command, shell: Shell): void {
  keys
    .command('rotate')
    .description(
      'announce the next key of an organisation; the service lets it sign some minutes later',
    )
    .argument('<organisation>', 'its slug, public id, UAI or SIRET')
    .option('--rsa', 'its RSA key, which signs tokens (.jwt), instead of the key of its badges')
    .option('--json', 'print it as a JSON object')
    .action((name: string, { rsa }: { rsa?: boolean }, command: Command) =>
      withContext(shell, { access: 'write', instead: INSTEAD }, async (ctx) => {
        const organisation = await findNamed(ctx.db, name)
        const made = await rotateKey(ctx, OPERATOR, organisation, rsa ? 'RSA' : 'Ed25519')
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
    .argument('<key>', 'the public key, z6Mk…, or the thumbprint of an RSA key')
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

function toInstant(text: string): Date {
  const at = new Date(text)
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(at.getTime()))
    return at
  throw new DomainError('invalid-request', {
    fr: '--since est un instant avec son fuseau, comme 2026-11-24T11:00:00Z.',
    en: '--since is an instant with its zone, such as 2026-11-24T11:00:00Z.',
  })
}
