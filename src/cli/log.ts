import type { Command } from 'commander'
import type { Context } from '../context.js'
import { firstNotAsLogged } from '../issuer/logged.js'
import { verifyLog, type LogVerdict } from '../transparency/verify-log.js'
import type { Words } from '../words.js'
import { answer, withContext, type Shell } from './shell.js'

export function addLog(program: Command, shell: Shell): void {
  const log = program.command('log').description('the transparency log of issued badges')
  log
    .command('verify')
    .description(
      'build the log again from the store, and hold it against its checkpoints and the badges',
    )
    .option('--json', 'print the verdict as a JSON object')
    .action((options: { json?: boolean }) =>
      withContext(shell, { access: 'read' }, async (ctx) => {
        const verdict = await verdictOf(ctx)
        answer(shell, options.json, { json: verdict, words: toWords(verdict) })
        if (!verdict.sound) shell.answerNo()
      }),
    )
}

/** A badge names the very entry that differs; the tree, what it may be one of. */
async function verdictOf(ctx: Context): Promise<LogVerdict> {
  const tree = await verifyLog(ctx)
  const badge = await firstNotAsLogged(ctx)
  return badge ? { sound: false, at: badge.at, reason: badge.reason } : tree
}

function toWords(verdict: LogVerdict): Words {
  if (verdict.sound) {
    const { size, checkpoints, root } = verdict
    return {
      fr: `Le journal est intact : ${size} entrées, ${checkpoints} points de contrôle, racine ${root}.`,
      en: `The log is sound: ${size} entries, ${checkpoints} checkpoints, root ${root}.`,
    }
  }
  const { at, reason } = verdict
  return at === null
    ? { fr: `Le journal est rompu. (${reason})`, en: `The log is broken. ${reason}` }
    : {
        fr: `Le journal est rompu à l’entrée ${at}. (Entry ${at} ${reason}.)`,
        en: `The log is broken: entry ${at} ${reason}.`,
      }
}
