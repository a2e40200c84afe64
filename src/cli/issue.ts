import type { Command } from 'commander'
import type { Context } from '../context.js'
import { countJobs } from '../store/jobs.js'
import { runNextJob } from '../worker.js'
import { answer, withContext, type Shell } from './shell.js'

const INSTEAD = {
  fr: 'Le service signe lui-même ce qui est dû.',
  en: 'The service signs what is due by itself.',
}

export type IssueReport = Readonly<{ ran: number; waiting: number; givenUp: number }>

export function addIssue(program: Command, shell: Shell): void {
  program
    .command('issue')
    .description('sign what is approved and due, once; the running service does so by itself')
    .option('--json', 'print what was done as a JSON object')
    .action((options: { json?: boolean }) =>
      withContext(shell, { access: 'write', instead: INSTEAD }, async (ctx) => {
        const report = await runDueJobs(ctx)
        const { ran, waiting, givenUp } = report
        answer(shell, options.json, {
          json: report,
          words: {
            fr: `${ran} travaux exécutés, ${waiting} en attente, ${givenUp} abandonnés.`,
            en: `${ran} jobs run, ${waiting} waiting, ${givenUp} given up.`,
          },
        })
        if (waiting + givenUp > 0) shell.answerNo()
      }),
    )
}

/** Runs jobs until none is due. What fails is due again later, and counted as waiting. */
export async function runDueJobs(ctx: Context): Promise<IssueReport> {
  let ran = 0
  while (await runNextJob(ctx)) ran += 1
  return { ran, ...(await countJobs(ctx.db)) }
}
