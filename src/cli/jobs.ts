import type { Command } from 'commander'
import { wordsOfJob } from '../administration/job-words.js'
import { retryJob, seeJobs, type JobsView } from '../administration/jobs.js'
import { OPERATOR } from '../people/operator.js'
import type { Words } from '../words.js'
import { answer, withContext, type Shell } from './shell.js'

const INSTEAD = {
  fr: 'La page /admin/health relance une tâche pendant qu’il tourne.',
  en: 'The page /admin/health tries a job again while it runs.',
}

export function addJobs(program: Command, shell: Shell): void {
  program
    .command('jobs')
    .description(
      'the jobs that wait or have failed, without what they are about; status 1 if any has failed',
    )
    .option('--retry <id>', 'have a job that failed tried again at the next start')
    .option('--json', 'print them as a JSON object')
    .action(async (options: { retry?: string; json?: boolean }) => {
      const { retry, json } = options
      if (retry === undefined) return list(shell, json)
      await withContext(shell, { access: 'write', instead: INSTEAD }, async (ctx) => {
        const changed = await retryJob(ctx, OPERATOR, retry)
        answer(shell, json, { json: { job: retry, changed }, words: changed ? RETRIED : LEFT })
      })
    })
}

const RETRIED = { fr: 'La tâche est relancée.', en: 'The job is tried again.' }
const LEFT = {
  fr: 'La tâche est déjà à faire ou finie : rien n’a été changé.',
  en: 'The job is due or done already: nothing was changed.',
}

function list(shell: Shell, json: boolean | undefined): Promise<void> {
  return withContext(shell, { access: 'read' }, async (ctx) => {
    const jobs = await seeJobs(ctx, OPERATOR)
    answer(shell, json, { json: jobs, words: toWords(jobs) })
    if (jobs.troubled.length > 0) shell.answerNo()
  })
}

function toWords({ kinds, troubled }: JobsView): Words {
  const counts = kinds.map(({ kind, waiting, givenUp }) => ({
    fr: `${wordsOfJob(kind).fr} : ${waiting} en attente, ${givenUp} abandonnées`,
    en: `${wordsOfJob(kind).en}: ${waiting} waiting, ${givenUp} given up`,
  }))
  const faults = troubled.map(({ id, kind, attempts, why }) => ({
    fr: `${id} (${wordsOfJob(kind).fr}, ${attempts} essais) : ${why.fr}`,
    en: `${id} (${wordsOfJob(kind).en}, ${attempts} tries): ${why.en}`,
  }))
  const all = [...counts, ...faults]
  if (all.length === 0) return { fr: 'Aucune tâche n’attend.', en: 'No job waits.' }
  return { fr: all.map(({ fr }) => fr).join('\n'), en: all.map(({ en }) => en).join('\n') }
}
