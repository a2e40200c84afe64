import type { Role } from '../context.js'
import type { DemoAccount, DemoFacts } from '../demo/hand-out.js'
import type { Language, Words } from '../words.js'

/** What each account of the demo is good for. */
const TO_DO: Readonly<Record<Role, Words>> = {
  'platform-admin': { fr: 'admet lycées et entreprises', en: 'admits schools and companies' },
  'school-staff': {
    fr: 'suit les cohortes, propose un dossier',
    en: 'follows cohorts, proposes a dossier',
  },
  'school-approver': { fr: 'approuve : le badge est signé', en: 'approves: the badge is signed' },
  'liaison-officer': {
    fr: 'saisit et confirme des séances',
    en: 'records and confirms sessions',
  },
  'company-admin': {
    fr: 'définit et publie des badges',
    en: 'defines and publishes badges',
  },
  'company-endorser': {
    fr: 'confirme, évalue, endosse',
    en: 'confirms, assesses, endorses',
  },
  student: { fr: 'partage son badge par un lien', en: 'shares a badge by a link' },
}

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
      `Mot de passe de tous : ${accounts[0]?.password ?? ''}   Se connecter : ${url}/sign-in`,
      `Password of them all: ${accounts[0]?.password ?? ''}   Sign in: ${url}/sign-in`,
    ),
    ...(shared ? [say(`Un badge partagé : ${shared}`, `A shared badge: ${shared}`)] : []),
    say('Tout est fictif. Arrêter : Ctrl-C.', 'All of it is fictional. Stop: Ctrl-C.'),
    '',
  ].join('\n')
}

function row({ role, name, email }: DemoAccount, language: Language): string[] {
  return [role, name, email, TO_DO[role][language]]
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((one) => one[column]?.length ?? 0)))
  return rows.map((one) => `  ${one.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`)
}
