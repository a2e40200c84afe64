#!/usr/bin/env node
import './check-node.js'
import { buffer } from 'node:stream/consumers'
import { Command, CommanderError } from 'commander'
import { loadConfig } from './config.js'
import type { Context } from './context.js'
import { DomainError } from './errors.js'
import { openContext, openLog, systemNow } from './open-context.js'
import { issueToken } from './people/issue-token.js'
import { OPERATOR } from './people/operator.js'
import { seeKeys } from './people/see-keys.js'
import { validateAudit } from './store/audit.js'
import { OFFLINE } from './verifier/lookups.js'
import { outsideLookups } from './verifier/outside-lookups.js'
import { verifyBadge } from './verifier/verify-badge.js'
import { verifyFiles, type FileReport } from './verifier/verify-files.js'
import { openSafeFetch } from './web/safe-fetch.js'

/** 0: yes; 1: a negative answer; 2: the command was not understood. */
const NO = 1
const USAGE = 2

const program = new Command('sceau')
  .description('Competency badges of vocational lycées')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })

program
  .command('verify')
  .description('verify badges: files, folders, or standard input (-)')
  .argument('[paths...]', 'JSON, JWT, PNG or SVG files, or folders', ['-'])
  .option('--json', 'print the reports as one JSON array')
  .option('--offline', 'ask no server: what would need one is unknown')
  .action(async (paths: string[], options: { json?: boolean; offline?: boolean }) => {
    const config = loadConfig(process.env)
    const now = systemNow
    const outside = openSafeFetch({ log: openLog(config), now })
    const lookups = () => (options.offline ? OFFLINE : outsideLookups(outside))
    const reports = await verifyAll(paths, { lookups, now: now() })
    if (options.json) console.log(JSON.stringify(reports, null, 2))
    else
      for (const { file, report } of reports)
        console.log(`${report.verdict.padEnd(13)} ${file}: ${report.summary}`)
    if (reports.some(({ report }) => report.verdict !== 'valid')) process.exitCode = NO
  })

program
  .command('keys')
  .description('list the public keys of the organisations')
  .option('--json', 'print them as one JSON array')
  .action((options: { json?: boolean }) =>
    withContext(async (ctx) => {
      const keys = await seeKeys(ctx, OPERATOR)
      if (options.json) console.log(JSON.stringify(keys, null, 2))
      else for (const key of keys) console.log(`${key.state.padEnd(8)} ${key.id}`)
    }),
  )

program
  .command('token')
  .description('issue an API token; it is shown once')
  .requiredOption('--name <name>', 'what it is for')
  .requiredOption('--scopes <scopes>', 'words apart by commas, such as organisations:read')
  .option('--days <days>', 'how long it lives, 90 at most', '30')
  .option('--json', 'print it as a JSON object')
  .action((options: { name: string; scopes: string; days: string; json?: boolean }) =>
    withContext(async (ctx) => {
      const scopes = options.scopes.split(',').map((scope) => scope.trim())
      const issued = await issueToken(ctx, OPERATOR, {
        name: options.name,
        scopes,
        days: Number(options.days),
        ownerId: null,
        organisationId: null,
      })
      console.log(options.json ? JSON.stringify(issued) : issued.token)
    }),
  )

program
  .command('check')
  .description('validate the hash chain of the audit')
  .option('--json', 'print the verdict as a JSON object')
  .action((options: { json?: boolean }) =>
    withContext(async (ctx) => {
      const verdict = await validateAudit(ctx.db)
      if (options.json) console.log(JSON.stringify(verdict))
      else if (verdict.sound)
        console.log(`The audit is sound: ${verdict.entries} entries, head ${verdict.head}.`)
      else console.log(`The audit is broken: entry ${verdict.brokenAt} ${verdict.reason}.`)
      if (!verdict.sound) process.exitCode = NO
    }),
  )

await program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE
  else if (error instanceof DomainError || error instanceof Error) {
    console.error(error.message)
    process.exitCode = error instanceof DomainError ? NO : USAGE
  } else throw error
})

type Way = Readonly<{ lookups: () => typeof OFFLINE; now: Date }>

async function verifyAll(paths: readonly string[], { lookups, now }: Way): Promise<FileReport[]> {
  const language = process.env.LANG?.startsWith('fr') ? 'fr' : 'en'
  if (paths.length === 1 && paths[0] === '-') {
    const input = await buffer(process.stdin)
    return [{ file: '-', report: await verifyBadge(input, { lookups: lookups(), now, language }) }]
  }
  return verifyFiles(paths, { lookups, now, language })
}

async function withContext(act: (ctx: Context) => Promise<void>): Promise<void> {
  const ctx = await openContext(loadConfig(process.env))
  try {
    await act(ctx)
  } finally {
    await ctx.db.destroy()
  }
}
