import type { DemoAccount } from '../context.js'
import type { DemoFacts } from '../demo/hand-out.js'
import { DEMO_TASKS } from '../people/demo-tasks.data.js'
import { ROLE_FACTS } from '../people/roles.data.js'
import type { Language } from '../words.js'

/** The address, and a table of accounts to try. */
export function demoSheet({ url, accounts, examples }: DemoFacts, language: Language): string {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en)
  const shared = examples.shared
  return [
    '',
    say(`Sceau, académie de démonstration : ${url}`, `Sceau, demonstration academy: ${url}`),
    '',
    ...table(accounts.map((account) => row(account, language))),
    '',
    say(
      `Mot de passe de tous : ${accounts[0]?.password ?? ''}`,
      `Password of them all: ${accounts[0]?.password ?? ''}`,
    ),
    say(
      `Entrer d’un bouton, sans rien taper : ${url}/sign-in`,
      `Enter by a button, without typing: ${url}/sign-in`,
    ),
    ...(shared ? [say(`Un badge partagé : ${shared}`, `A shared badge: ${shared}`)] : []),
    say('Tout est fictif. Arrêter : Ctrl-C.', 'All of it is fictional. Stop: Ctrl-C.'),
    '',
  ].join('\n')
}

function row({ role, name, email }: DemoAccount, language: Language): string[] {
  return [ROLE_FACTS[role].words[language], name, email, DEMO_TASKS[role][language]]
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((one) => one[column]?.length ?? 0)))
  return rows.map((one) => `  ${one.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`)
}
