import type { Command } from 'commander'
import { OPERATOR } from '../people/operator.js'
import { seeKeys } from '../people/see-keys.js'
import { withContext, type Shell } from './shell.js'

export function addKeys(program: Command, shell: Shell): void {
  program
    .command('keys')
    .description('list the public keys of the organisations')
    .option('--json', 'print them as one JSON array')
    .action((options: { json?: boolean }) =>
      withContext(shell, { access: 'read' }, async (ctx) => {
        const keys = await seeKeys(ctx, OPERATOR)
        if (options.json) shell.print(JSON.stringify(keys, null, 2))
        else for (const key of keys) shell.print(`${key.state.padEnd(8)} ${key.id}`)
      }),
    )
}
