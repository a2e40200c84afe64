import { Command, CommanderError } from 'commander'
import { DomainError } from '../errors.js'
import { addAudit } from './audit.js'
import { addBackup } from './backup.js'
import { addCheck } from './check.js'
import { addCheckArchive } from './check-archive.js'
import { addDemo } from './demo.js'
import { addHealth } from './health.js'
import { addImport } from './import.js'
import { addInvite } from './invite.js'
import { addIssue } from './issue.js'
import { addJobs } from './jobs.js'
import { addKeys } from './keys.js'
import { addLog } from './log.js'
import { addRestore } from './restore.js'
import { addRetention } from './retention.js'
import { languageOf, NO, USAGE, YES, type Environment, type Shell } from './shell.js'
import { addSettings } from './settings.js'
import { addToken } from './token.js'
import { addTrust } from './trust.js'
import { addVerify } from './verify.js'

const COMMANDS = [
  addVerify,
  addCheckArchive,
  addIssue,
  addImport,
  addKeys,
  addLog,
  addToken,
  addTrust,
  addBackup,
  addRestore,
  addCheck,
  addRetention,
  addHealth,
  addJobs,
  addAudit,
  addSettings,
  addInvite,
  addDemo,
]

/**
 * Runs a command line.
 *
 * @returns the exit status: 0 yes, 1 a negative answer, 2 the command was not understood
 */
export async function runCommand(
  argv: readonly string[],
  env: Environment,
  out: Pick<Console, 'log' | 'error'> = console,
): Promise<number> {
  let status = YES
  const shell: Shell = {
    env,
    language: languageOf(env),
    print: (line) => out.log(line),
    tell: (line) => out.error(line),
    answerNo: () => {
      status = NO
    },
  }
  const program = programOf(shell)
  try {
    await program.parseAsync([...argv])
    return status
  } catch (error) {
    return statusOf(error, shell)
  }
}

/** All commands, with what each takes. */
export function programOf(shell: Shell): Command {
  const program = new Command('sceau')
    .description('Competency badges of vocational lycées')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => shell.print(text.trimEnd()),
      writeErr: (text) => shell.tell(text.trimEnd()),
    })
    .configureHelp({ showGlobalOptions: true })
  for (const add of COMMANDS) add(program, shell)
  return program
}

function statusOf(error: unknown, { language, tell }: Shell): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? YES : USAGE
  if (error instanceof DomainError) {
    tell(error.words[language])
    for (const { pointer, words } of error.fields) tell(`${pointer}: ${words[language]}`)
    return NO
  }
  if (!(error instanceof Error)) throw error
  tell(error.message)
  return USAGE
}
