import { loadConfig } from '../config.js'
import { DomainError } from '../errors.js'
import { openContext, type OpenContext } from '../open-context.js'
import type { Access } from '../store/open.js'
import type { Db } from '../store/schema.js'
import { asService } from '../store/scope.js'
import type { Language, Words } from '../words.js'

/** 0: yes; 1: a negative answer; 2: the command was not understood. */
export const YES = 0
export const NO = 1
export const USAGE = 2

export type Environment = Readonly<Record<string, string | undefined>>

/** What a command is given of the terminal that it runs in. */
export type Shell = Readonly<{
  env: Environment
  language: Language
  /** A line of the answer, on standard output. */
  print(line: string): void
  /** A line about the work, on standard error. */
  tell(line: string): void
  /** The command worked, and its answer is no. */
  answerNo(): void
}>

export function languageOf(env: Environment): Language {
  return (env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG)?.startsWith('fr') ? 'fr' : 'en'
}

/**
 * Runs an act on the store of the settings and closes it, whatever happens.
 *
 * @param instead who does the same while the service runs, for a command that writes
 */
export async function withContext(
  { env }: Shell,
  { access, instead }: Readonly<{ access: Access; instead?: Words }>,
  act: (ctx: OpenContext) => Promise<void>,
): Promise<void> {
  const ctx = await openContext(loadConfig(env), { access }).catch((error: unknown) => {
    if (!(error instanceof DomainError) || !instead) throw error
    const { fr, en } = error.words
    throw new DomainError(error.code, { fr: `${fr} ${instead.fr}`, en: `${en} ${instead.en}` })
  })
  try {
    await asService('command', () => act(ctx))
  } finally {
    await ctx.close()
  }
}

/** Runs an act on a store that is open, and closes it, whatever happens. */
export async function onStore<T>(db: Db, act: (db: Db) => Promise<T>): Promise<T> {
  try {
    return await asService('command', () => act(db))
  } finally {
    await db.destroy()
  }
}

/** Prints an answer: as JSON for programs, or in a sentence. */
export function answer(
  { print, language }: Shell,
  asJson: boolean | undefined,
  of: Readonly<{ json: unknown; words: Words }>,
): void {
  print(asJson ? JSON.stringify(of.json) : of.words[language])
}
