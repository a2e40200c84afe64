import type { Command } from 'commander'
import { applyRetention, seeDue, type Due } from '../issuer/rights/retention.js'
import { ADULTS, AGED, STUDENTS, WARNINGS } from '../issuer/rights/retention.data.js'
import { writeAnew } from '../store/scrub.js'
import type { Words } from '../words.js'
import { answer, withContext, type Shell } from './shell.js'

const INSTEAD: Words = {
  fr: 'Le service le fait de lui-même chaque nuit.',
  en: 'The service does it by itself each night.',
}

/** What is kept longer than its age, and the end of it. */
export function addRetention(program: Command, shell: Shell): void {
  program
    .command('retention')
    .description('say what is past its age: students who left, old sessions, mails; or end it')
    .option('--confirm', 'do it; without, only say what would be done')
    .option('--json', 'print the answer as a JSON object')
    .action(({ confirm, json }: { confirm?: boolean; json?: boolean }) => {
      const access = confirm
        ? ({ access: 'write', instead: INSTEAD } as const)
        : ({ access: 'read' } as const)
      return withContext(shell, access, async (ctx) => {
        if (!confirm) {
          const due = await seeDue(ctx)
          answer(shell, json, { json: { done: false, due }, words: toWords(due, NOT_DONE) })
          return shell.answerNo()
        }
        const done = await applyRetention(ctx)
        await writeAnew(ctx.db)
        answer(shell, json, { json: { done: true, ended: done }, words: toWords(done, DONE) })
      })
    })
}

const NOT_DONE: Words = {
  fr: 'Rien n’est fait : ajoutez --confirm.',
  en: 'Nothing is done: add --confirm.',
}
const DONE: Words = { fr: 'C’est fait.', en: 'It is done.' }

function toWords(due: readonly Due[], end: Words): Words {
  const whatOf = (code: string) =>
    [STUDENTS, ADULTS, WARNINGS, ...AGED].find((one) => one.code === code)?.what
  const list = (language: 'fr' | 'en') =>
    due.map(({ code, found }) => `  ${found}  ${whatOf(code)?.[language] ?? code}`).join('\n')
  return {
    fr: `Au-delà de leur durée :\n${list('fr')}\n${end.fr}`,
    en: `Past their age:\n${list('en')}\n${end.en}`,
  }
}
