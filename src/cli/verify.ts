import { writeFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { Command } from 'commander'
import { loadConfig } from '../config.js'
import { openLog, systemNow } from '../open-context.js'
import { openApart, workOf } from '../verifier/apart/badge-work.js'
import { OFFLINE } from '../verifier/lookups.js'
import { outsideLookups } from '../verifier/outside-lookups.js'
import { reportPdf } from '../verifier/report-pdf.js'
import type { Report } from '../verifier/report.js'
import { verifyFiles, type FileReport, type Unread } from '../verifier/verify-files.js'
import { reasonsOf } from '../verifier/views/advice.js'
import { openSafeFetch } from '../web/safe-fetch.js'
import type { Words } from '../words.js'
import type { Shell } from './shell.js'

type Options = Readonly<{ json?: boolean; offline?: boolean; report?: string }>

export function addVerify(program: Command, shell: Shell): void {
  program
    .command('verify')
    .description('verify badges: files, folders, or standard input (-)')
    .argument('[paths...]', 'JSON, JWT, PNG or SVG files, or folders', ['-'])
    .option('--json', 'print one JSON array, with a report or an error for each file')
    .option('--offline', 'ask no server: what would need one is unknown')
    .option('--report <file>', 'write the report of the one badge as a PDF')
    .addHelpText('after', EXIT_STATUS)
    .action(async (paths: string[], options: Options) => {
      const reports = await verifyAll(paths, options, shell)
      if (options.report !== undefined) await writeReport(options.report, reports, shell)
      if (options.json) shell.print(JSON.stringify(reports, null, 2))
      else printLines(reports, shell)
      if (reports.some((one) => verdictOf(one) !== 'valid')) shell.answerNo()
      // Above a negative answer: some of what was asked has none.
      const unread = reports.filter((one) => 'error' in one).length
      if (unread > 0) throw new Error(notRead(unread)[shell.language])
    })
}

const EXIT_STATUS = `
Exit status: 0 every badge is valid (read "trusted" for whether the issuer is known);
1 at least one is invalid, or could not be checked (indeterminate);
2 the command was not understood, or a file could not be read.`

function verifyAll(
  paths: readonly string[],
  { offline }: Options,
  { env, language }: Shell,
): Promise<FileReport[]> {
  const outside = openSafeFetch({ log: openLog(loadConfig(env)), now: systemNow })
  const apart = openApart()
  return verifyFiles(paths, {
    lookups: () => ({ ...(offline ? OFFLINE : outsideLookups(outside)), work: workOf(apart) }),
    now: systemNow(),
    language,
    standardInput: () => buffer(process.stdin),
  }).finally(() => apart.close())
}

function printLines(reports: readonly FileReport[], { print, language }: Shell): void {
  for (const one of reports) {
    const said = 'error' in one ? UNREAD[one.error][language] : one.report.summary
    print(`${(verdictOf(one) ?? 'unread').padEnd(13)} ${printable(one.file)}: ${said}`)
    if ('report' in one && one.report.verdict !== 'valid')
      for (const reason of reasonsOf(one.report)) print(`${' '.repeat(13)} - ${reason}`)
  }
  if (reports.length > 1) print(total(reports)[language])
}

function verdictOf(one: FileReport): Report['verdict'] | undefined {
  return 'report' in one ? one.report.verdict : undefined
}

/** A name of a file may hold what steers a terminal. */
function printable(file: string): string {
  return file.replaceAll(/\p{C}/gu, '?')
}

async function writeReport(
  file: string,
  reports: readonly FileReport[],
  { language, env }: Shell,
): Promise<void> {
  const [one, ...more] = reports
  if (!one || more.length > 0) throw new Error(ONE_BADGE[language])
  if ('error' in one) return
  const { timeZone } = loadConfig(env)
  await writeFile(file, await reportPdf(one.report, { language, timeZone, service: undefined }))
}

function total(reports: readonly FileReport[]): Words {
  const count = (verdict: Report['verdict'] | undefined) =>
    reports.filter((one) => verdictOf(one) === verdict).length
  const [valid, invalid, open] = [count('valid'), count('invalid'), count('indeterminate')]
  const unread = count(undefined)
  return {
    fr: `${reports.length} fichiers : ${valid} valides, ${invalid} non valides, ${open} pas entièrement vérifiés, ${unread} illisibles.`,
    en: `${reports.length} files: ${valid} valid, ${invalid} not valid, ${open} not fully checked, ${unread} not read.`,
  }
}

function notRead(count: number): Words {
  return {
    fr: `Fichiers ou dossiers qui n’ont pas pu être lus : ${count}. Vérifiez leurs noms et vos droits, puis recommencez.`,
    en: `Files or folders that could not be read: ${count}. Check their names and your permissions, then try again.`,
  }
}

const ONE_BADGE: Words = {
  fr: 'Un rapport PDF parle d’un seul badge : donnez un seul fichier avec --report.',
  en: 'A PDF report is about one badge: give one file with --report.',
}
const UNREAD: Readonly<Record<Unread, Words>> = {
  missing: { fr: 'ce fichier n’existe pas.', en: 'there is no such file.' },
  forbidden: { fr: 'vous n’avez pas le droit de le lire.', en: 'you may not read it.' },
  empty_folder: {
    fr: 'ce dossier ne contient aucun fichier de badge (.json, .jwt, .png, .svg).',
    en: 'this folder holds no badge file (.json, .jwt, .png, .svg).',
  },
  unreadable: { fr: 'il ne peut pas être lu.', en: 'it can’t be read.' },
  aborted: {
    fr: 'sa vérification a été arrêtée : elle demandait trop de calcul.',
    en: 'its verification was stopped: it took too much computing.',
  },
}
