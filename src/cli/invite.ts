import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { inviteList, type Sent } from '../administration/invitations/invite-list.js'
import { previewList, type Preview } from '../administration/invitations/preview-list.js'
import { decodeText } from '../mentoring/class-list/decode-text.js'
import { findNamed } from '../people/find-named.js'
import { OPERATOR } from '../people/operator.js'
import type { Words } from '../words.js'
import { answer, withContext, type Shell } from './shell.js'

type Options = Readonly<{ organisation?: string; send?: boolean; json?: boolean }>

const INSTEAD: Words = {
  fr: 'La page « Inviter une liste » (/invitations) fait la même chose.',
  en: 'The page “Invite a list” (/invitations) does the same.',
}

export function addInvite(program: Command, shell: Shell): void {
  program
    .command('invite')
    .description('invite the people of a list; without --send, only say what would be done')
    .argument('<file>', 'CSV: given name, family name, address, role, function')
    .option('--organisation <number>', 'UAI, SIRET or short name; none: the platform itself')
    .option('--send', 'do it')
    .option('--json', 'print the answer as a JSON object')
    .action(async (file: string, options: Options) => {
      const text = decodeText(await readFile(file))
      const access = options.send
        ? ({ access: 'write', instead: INSTEAD } as const)
        : ({ access: 'read' } as const)
      await withContext(shell, access, async (ctx) => {
        const named = options.organisation
        const organisation = named === undefined ? '' : (await findNamed(ctx.db, named)).publicId
        if (options.send) {
          const sent = await inviteList(ctx, OPERATOR, { organisation, text })
          return answer(shell, options.json, { json: sent, words: sentWords(sent) })
        }
        tellPreview(shell, options, await previewList(ctx, OPERATOR, { organisation, text }))
      })
    })
}

function tellPreview(shell: Shell, { json }: Options, { rows, faults }: Preview): void {
  const count = (outcome: string) => rows.filter((row) => row.outcome === outcome).length
  const totals = { toInvite: count('invite'), here: count('here'), refused: faults.length }
  const { toInvite, here, refused } = totals
  answer(shell, json, {
    json: { done: false, totals, faults },
    words: {
      fr: `Rien n’est écrit : ${toInvite} à inviter, ${here} déjà là, ${refused} refusées. Ajoutez --send.`,
      en: `Nothing is written: ${toInvite} to invite, ${here} here already, ${refused} refused. Add --send.`,
    },
  })
  if (!json)
    for (const { line, column, words } of faults)
      shell.tell(`${line} ${column}: ${words[shell.language]}`)
  if (refused > 0) shell.answerNo()
}

/** Where no mail is sent, whoever runs the command hands the links over. */
function sentWords({ again, links }: Sent): Words {
  if (again)
    return {
      fr: 'Cette liste avait déjà été envoyée : rien n’a été fait.',
      en: 'This list had been sent already: nothing was done.',
    }
  const handed = links.map(({ email, url }) => `\n${email} ${url}`).join('')
  return { fr: `Les invitations sont faites.${handed}`, en: `The invitations are made.${handed}` }
}
