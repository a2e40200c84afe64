import type { Command } from 'commander'
import { AuditQuery } from '../administration/audit-query.js'
import { wordsOfAction } from '../administration/audit-words.js'
import { seeAudit } from '../administration/see-audit.js'
import { OPERATOR } from '../people/operator.js'
import type { AuditLine } from '../store/audit-read.js'
import type { Language } from '../words.js'
import { answer, withContext, type Shell } from './shell.js'

export function addAudit(program: Command, shell: Shell): void {
  program
    .command('audit')
    .description('the latest lines of the audit, which holds ids and no names')
    .option('--actor <id>', 'of who acted')
    .option('--action <code>', 'such as badge.revoked')
    .option('--subject <id>', 'on what was acted')
    .option('--day <day>', 'YYYY-MM-DD, at school')
    .option('--before <line>', 'go on below this line')
    .option('--json', 'print them as a JSON object')
    .action(({ json, ...asked }: Record<string, string | undefined> & { json?: never }) =>
      withContext(shell, { access: 'read' }, async (ctx) => {
        const question = AuditQuery.parse(asked)
        assertMeant(asked, question)
        const { lines, before } = await seeAudit(ctx, OPERATOR, question)
        const told = lines.map(({ details, ...line }) => ({
          ...line,
          details: JSON.parse(details) as unknown,
        }))
        answer(shell, json, {
          json: { lines: told, before: before ?? null },
          words: { fr: toText(lines, 'fr'), en: toText(lines, 'en') },
        })
      }),
    )
}

/** A page leaves out what can't be meant; at a command line it is an error. @throws {Error} */
function assertMeant(
  asked: Readonly<Record<string, string | undefined>>,
  question: Readonly<Record<string, unknown>>,
): void {
  const wrong = Object.keys(asked).find((name) => question[name] === undefined)
  if (wrong !== undefined) throw new Error(`error: --${wrong} can't be “${asked[wrong] ?? ''}”.`)
}

function toText(lines: readonly AuditLine[], language: Language): string {
  const none = { fr: 'Aucune ligne ne répond à cette question.', en: 'No line answers this.' }
  if (lines.length === 0) return none[language]
  return lines
    .map(({ id, at, action, actor, subject, details }) =>
      [id, at, wordsOfAction(action)[language], actor, subject, details].join('  '),
    )
    .join('\n')
}
