import type { Command } from 'commander'
import { findNamed } from '../people/find-named.js'
import { issueToken } from '../people/issue-token.js'
import { OPERATOR } from '../people/operator.js'
import { withContext, type Shell } from './shell.js'

const INSTEAD = {
  fr: 'La page « Jetons » (/tokens) fait la même chose.',
  en: 'The page “Tokens” (/tokens) does the same.',
}

type Options = {
  name: string
  scopes: string
  days: string
  organisation?: string
  json?: boolean
}

export function addToken(program: Command, shell: Shell): void {
  program
    .command('token')
    .description(
      'issue an API token, shown once; while the service runs on SQLite, its page does it',
    )
    .requiredOption('--name <name>', 'what it is for')
    .requiredOption('--scopes <scopes>', 'words apart by commas, such as organisations:read')
    .option('--days <days>', 'how long it lives, 90 at most', '30')
    .option(
      '--organisation <organisation>',
      'the one that it is tied to (slug, public id, UAI or SIRET); needed for vc-api:issue',
    )
    .option('--json', 'print it as a JSON object')
    .action((options: Options) =>
      withContext(shell, { access: 'write', instead: INSTEAD }, async (ctx) => {
        const organisation =
          options.organisation === undefined
            ? undefined
            : await findNamed(ctx.db, options.organisation)
        const issued = await issueToken(ctx, OPERATOR, {
          name: options.name,
          scopes: options.scopes.split(',').map((scope) => scope.trim()),
          days: Number(options.days),
          ownerId: null,
          organisationId: organisation?.id ?? null,
        })
        shell.print(options.json ? JSON.stringify(issued) : issued.token)
      }),
    )
}
