import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import { serviceKey, serviceDid } from '../people/service-keys.js'
import { IssuerList, signIssuerList } from '../verifier/trust/issuer-list.js'
import { refreshTrustLists } from '../verifier/trust/refresh-lists.js'
import { seeTrustLists, type SeenList } from '../verifier/trust/see-lists.js'
import type { Language, Words } from '../words.js'
import { withContext, type Shell } from './shell.js'

const INSTEAD = {
  fr: 'Le service rafraîchit lui-même ses listes, à son démarrage et toutes les six heures.',
  en: 'The service itself refreshes its lists, at its start and every six hours.',
}
const NO_JSON: Words = {
  fr: 'Ce fichier ne peut pas être lu, ou ce n’est pas du JSON. Vérifiez son nom et sa forme (docs/trust-lists.md).',
  en: 'This file can’t be read, or is no JSON. Check its name and its form (docs/trust-lists.md).',
}
/** Days that a list counts, if its file doesn't say. */
const DAYS = 90
const DAY_MS = 86_400_000

type Options = { json?: boolean }

export function addTrust(program: Command, shell: Shell): void {
  const trust = program.command('trust').description('the lists of issuers that are believed here')
  trust
    .command('list')
    .description('show the lists that TRUST_LISTS names, as they are stored')
    .option('--json', 'print them as one JSON array')
    .action((options: Options) =>
      withContext(shell, { access: 'read' }, async (ctx) => show(shell, options, ctx)),
    )
  trust
    .command('refresh')
    .description('ask for the lists now; while the service runs on SQLite, it does it by itself')
    .option('--json', 'print them as one JSON array')
    .action((options: Options) =>
      withContext(shell, { access: 'write', instead: INSTEAD }, async (ctx) => {
        const refreshed = await refreshTrustLists(ctx)
        await show(shell, options, ctx)
        if (refreshed.some(({ fault }) => fault !== undefined)) shell.answerNo()
      }),
    )
  trust
    .command('sign')
    .description('sign a list of issuers with the key of this service, for others to believe')
    .argument('<file>', 'a JSON file with id, publisher and issuers')
    .action((file: string) =>
      withContext(shell, { access: 'read' }, async (ctx) => {
        const { signed, setting } = await sign(ctx, await readGiven(file, shell.language))
        shell.print(signed)
        shell.tell(setting)
      }),
    )
}

/** @throws {Error} for what is no file, or no JSON: said without the words of the machine */
async function readGiven(file: string, language: Language): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown
  } catch (cause) {
    throw new Error(NO_JSON[language], { cause })
  }
}

async function show(shell: Shell, { json }: Options, ctx: Context): Promise<void> {
  const lists = await seeTrustLists(ctx)
  if (json) shell.print(JSON.stringify(lists, null, 2))
  else for (const list of lists) shell.print(lineOf(list, shell.language))
}

/** The signed list, and what others write into their settings to believe it. */
async function sign(ctx: Context, given: unknown): Promise<{ signed: string; setting: string }> {
  const key = await serviceKey(ctx.db)
  if (!key) throw new Error('The service has no key yet: start it once.')
  const at = ctx.now()
  const { success, data, error } = IssuerList.safeParse({
    validFrom: seconds(at),
    validUntil: seconds(new Date(at.getTime() + DAYS * DAY_MS)),
    ...ofService(ctx, given),
  })
  if (!success) throw notAList(error.issues)
  const signed = await signIssuerList(data, (bytes) => ctx.keys.sign(key, bytes))
  return { signed, setting: `TRUST_LISTS=${data.id}#${key.name}` }
}

/** Who publishes is this service, unless the file names another. */
function ofService(ctx: Context, given: unknown): object {
  if (typeof given !== 'object' || given === null) return {}
  const publisher: unknown = 'publisher' in given ? given.publisher : undefined
  if (typeof publisher !== 'object' || publisher === null) return given
  return { ...given, publisher: { id: serviceDid(ctx.config.publicUrl), ...publisher } }
}

function notAList(issues: readonly { path: PropertyKey[]; message: string }[]): DomainError {
  const fields = issues.map(({ path, message }) => ({
    pointer: `/${path.map(String).join('/')}`,
    words: { fr: message, en: message },
  }))
  const words = {
    fr: 'Ce fichier n’est pas une liste d’émetteurs. Corrigez ces champs (docs/trust-lists.md) :',
    en: 'This file is not a list of issuers. Correct these fields (docs/trust-lists.md):',
  }
  return new DomainError('invalid-request', words, { fields })
}

function seconds(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}

function lineOf(
  { state, source, issuers, publisher, validUntil, fault }: SeenList,
  language: Language,
): string {
  const of = publisher === null ? '' : ` ${publisher[language]}, ${issuers}, ${validUntil ?? ''}`
  const why = fault === null ? '' : ` (${(FAULTS[fault] ?? UNSEEN)[language]})`
  return `${state.padEnd(11)} ${source}${of}${why}`
}

const UNSEEN: Words = { fr: 'pas encore demandée', en: 'not asked for yet' }
const FAULTS: Readonly<Record<string, Words>> = {
  unreachable: { fr: 'n’a pas pu être lue', en: 'could not be read' },
  too_large: { fr: 'trop grande', en: 'too large' },
  form: { fr: 'n’est pas une liste signée', en: 'is no signed list' },
  key: { fr: 'la clé des réglages n’en est pas une', en: 'the key of the settings is none' },
  signature: { fr: 'signée par une autre clé', en: 'signed with another key' },
  content: { fr: 'son contenu n’a pas la forme prévue', en: 'its content has not the right form' },
  address: { fr: 'elle nomme une autre adresse', en: 'it names another address' },
  too_early: { fr: 'ne compte pas encore', en: 'does not count yet' },
  out_of_date: { fr: 'n’est plus à jour', en: 'is out of date' },
  older: { fr: 'plus ancienne que celle que nous avons', en: 'older than the one that we have' },
}
