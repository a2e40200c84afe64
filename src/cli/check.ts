import type { Command } from 'commander'
import { validateAudit } from '../store/audit.js'
import { answer, withContext, type Shell } from './shell.js'

export function addCheck(program: Command, shell: Shell): void {
  program
    .command('check')
    .description('validate the hash chain of the audit')
    .option('--json', 'print the verdict as a JSON object')
    .action((options: { json?: boolean }) =>
      withContext(shell, { access: 'read' }, async (ctx) => {
        const verdict = await validateAudit(ctx.db)
        answer(shell, options.json, {
          json: verdict,
          words: verdict.sound
            ? {
                fr: `L’audit est intact : ${verdict.entries} lignes, empreinte ${verdict.head}.`,
                en: `The audit is sound: ${verdict.entries} entries, head ${verdict.head}.`,
              }
            : {
                fr: `L’audit est rompu à la ligne ${verdict.brokenAt}. (${verdict.reason})`,
                en: `The audit is broken: entry ${verdict.brokenAt} ${verdict.reason}.`,
              },
        })
        if (!verdict.sound) shell.answerNo()
      }),
    )
}
