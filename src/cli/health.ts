import type { Command } from 'commander'
import { PART_WORDS, sayPart, STATE_WORDS } from '../administration/health-words.js'
import { seeHealth, type Health } from '../administration/see-health.js'
import { OPERATOR } from '../people/operator.js'
import { sayIn } from '../web/say.js'
import type { Words } from '../words.js'
import { answer, withContext, type Shell } from './shell.js'

export function addHealth(program: Command, shell: Shell): void {
  program
    .command('health')
    .description(
      'how the service is: store, clock, keys, mail, jobs, lists, disk, backup; status 0 only if all is well',
    )
    .option('--json', 'print what was found as a JSON object')
    .action((options: { json?: boolean }) =>
      withContext(shell, { access: 'read' }, async (ctx) => {
        const health = await seeHealth(ctx, OPERATOR)
        answer(shell, options.json, { json: health, words: toWords(health) })
        if (health.state !== 'well') shell.answerNo()
      }),
    )
}

function toWords({ version, parts }: Health): Words {
  const linesIn = (language: 'fr' | 'en') => {
    const say = sayIn(language)
    const lines = parts.map((part) =>
      say({
        fr: `${PART_WORDS[part.name].fr} : ${STATE_WORDS[part.state].fr}. ${sayPart(part, say)}`,
        en: `${PART_WORDS[part.name].en}: ${STATE_WORDS[part.state].en}. ${sayPart(part, say)}`,
      }),
    )
    return [version, ...lines].join('\n')
  }
  return { fr: linesIn('fr'), en: linesIn('en') }
}
