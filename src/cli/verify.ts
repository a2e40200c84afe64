import { buffer } from 'node:stream/consumers'
import type { Command } from 'commander'
import { loadConfig } from '../config.js'
import { openLog, systemNow } from '../open-context.js'
import { openApart, workOf } from '../verifier/apart/badge-work.js'
import { OFFLINE, type Lookups } from '../verifier/lookups.js'
import { outsideLookups } from '../verifier/outside-lookups.js'
import { verifyBadge } from '../verifier/verify-badge.js'
import { verifyFiles, type FileReport } from '../verifier/verify-files.js'
import { openSafeFetch } from '../web/safe-fetch.js'
import type { Language } from '../words.js'
import type { Shell } from './shell.js'

type Way = Readonly<{ lookups: () => Lookups; now: Date; language: Language }>

export function addVerify(program: Command, shell: Shell): void {
  program
    .command('verify')
    .description('verify badges: files, folders, or standard input (-)')
    .argument('[paths...]', 'JSON, JWT, PNG or SVG files, or folders', ['-'])
    .option('--json', 'print the reports as one JSON array')
    .option('--offline', 'ask no server: what would need one is unknown')
    .action(async (paths: string[], options: { json?: boolean; offline?: boolean }) => {
      const now = systemNow
      const outside = openSafeFetch({ log: openLog(loadConfig(shell.env)), now })
      const apart = openApart()
      const lookups = () => ({
        ...(options.offline ? OFFLINE : outsideLookups(outside)),
        work: workOf(apart),
      })
      const way = { lookups, now: now(), language: shell.language }
      const reports = await verifyAll(paths, way).finally(() => apart.close())
      if (options.json) shell.print(JSON.stringify(reports, null, 2))
      else
        for (const { file, report } of reports)
          shell.print(`${report.verdict.padEnd(13)} ${file}: ${report.summary}`)
      if (reports.some(({ report }) => report.verdict !== 'valid')) shell.answerNo()
    })
}

async function verifyAll(paths: readonly string[], way: Way): Promise<FileReport[]> {
  if (paths.length !== 1 || paths[0] !== '-') return verifyFiles(paths, way)
  const input = await buffer(process.stdin)
  return [{ file: '-', report: await verifyBadge(input, { ...way, lookups: way.lookups() }) }]
}
