import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { loadConfig } from '../config.js'
import { openLog, systemNow } from '../open-context.js'
import { openApart, workOf } from '../verifier/apart/badge-work.js'
import { checkArchive, type ArchiveReport } from '../verifier/archive/check-archive.js'
import { OFFLINE } from '../verifier/lookups.js'
import { outsideLookups } from '../verifier/outside-lookups.js'
import { openSafeFetch } from '../web/safe-fetch.js'
import type { Shell } from './shell.js'

type Options = Readonly<{ json?: boolean; offline?: boolean }>

export function addCheckArchive(program: Command, shell: Shell): void {
  program
    .command('check-archive')
    .description('check a folder of badges that a student took away (ZIP)')
    .argument('<file>', 'the archive, as it was downloaded')
    .option('--json', 'print one JSON object')
    .option('--offline', 'ask no server: who signed it is then unknown')
    .addHelpText('after', EXIT_STATUS)
    .action(async (file: string, options: Options) => {
      const report = await check(await readFile(file), options, shell)
      if (options.json) shell.print(JSON.stringify(report, null, 2))
      else printLines(report, shell)
      if (report.verdict !== 'valid') shell.answerNo()
    })
}

const EXIT_STATUS = `
Exit status: 0 nothing was changed, added or taken out since the service made it, and every badge is valid;
1 something was, or could not be checked; 2 the command was not understood, or the file could not be read.`

function check(
  bytes: Uint8Array,
  { offline }: Options,
  { env, language }: Shell,
): Promise<ArchiveReport> {
  const outside = openSafeFetch({ log: openLog(loadConfig(env)), now: systemNow })
  const apart = openApart()
  return checkArchive(bytes, {
    lookups: () => ({ ...(offline ? OFFLINE : outsideLookups(outside)), work: workOf(apart) }),
    now: systemNow(),
    language,
  }).finally(() => apart.close())
}

/** What stands in an archive may steer a terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '?')
}

function printLines(report: ArchiveReport, { print, language }: Shell): void {
  const { verdict, issuer, madeAt, files, badges, findings } = report
  const by = issuer === null ? '' : `${issuer}, ${madeAt}`
  const said = {
    fr: `${files} fichiers, ${badges.length} badges${by && `, par ${by}`}`,
    en: `${files} files, ${badges.length} badges${by && `, by ${by}`}`,
  }
  print(printable(`${verdict.padEnd(13)} ${said[language]}`))
  for (const { path, message } of findings)
    print(printable(`${' '.repeat(13)} - ${path === undefined ? '' : `${path}: `}${message}`))
  for (const { path, report: one } of badges)
    print(printable(`${one.verdict.padEnd(13)} ${path}: ${one.summary}`))
}
