import type { Command } from 'commander'
import { changeSetting, undoSetting } from '../administration/settings/change-setting.js'
import { sayValue } from '../administration/settings/say-value.js'
import { seeSetting, seeSettings } from '../administration/settings/see-settings.js'
import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import { OPERATOR } from '../people/operator.js'
import { findOrganisationByNumber } from '../people/store.js'
import { sayIn } from '../web/say.js'
import type { Words } from '../words.js'
import { answer, withContext, type Shell } from './shell.js'

type Options = Readonly<{ school?: string; json?: boolean; fr?: string; en?: string }>

const READING = { access: 'read' } as const
const WRITING = {
  access: 'write',
  instead: {
    fr: 'La page « Réglages » (/admin/settings) fait la même chose.',
    en: 'The page “Settings” (/admin/settings) does the same.',
  },
} as const

/** What may be changed while the service runs; also where nobody can sign in any more. */
export function addSettings(program: Command, shell: Shell): void {
  const settings = program.command('settings').description('settings: list them, set or undo one')
  const ofSchool = ['--school <uai>', 'of a school instead of the service'] as const
  settings
    .command('list')
    .description('say what counts now; also beside the service')
    .option(...ofSchool)
    .option('--json', 'print them as a JSON array')
    .action((options: Options) =>
      withContext(shell, READING, (ctx) => tellAll(ctx, shell, options)),
    )
  settings
    .command('set')
    .description('set one')
    .argument('<key>')
    .argument('[value]', 'none for a text in two languages')
    .option('--fr <text>', 'of a text in two languages, the French')
    .option('--en <text>', 'of a text in two languages, the English')
    .option(...ofSchool)
    .action((key: string, value: string | undefined, options: Options) =>
      withContext(shell, WRITING, async (ctx) => {
        const read = await readOne(ctx, key, options)
        const { fr = '', en = '' } = options
        await changeSetting(ctx, OPERATOR, { ...read, typed: { value: value ?? '', fr, en } })
        await tellOne(ctx, shell, read)
      }),
    )
  settings
    .command('undo')
    .description('set what counted before the last change')
    .argument('<key>')
    .option(...ofSchool)
    .action((key: string, options: Options) =>
      withContext(shell, WRITING, async (ctx) => {
        const read = await readOne(ctx, key, options)
        await undoSetting(ctx, OPERATOR, read)
        await tellOne(ctx, shell, read)
      }),
    )
}

async function tellAll(ctx: Context, shell: Shell, options: Options): Promise<void> {
  const { lines } = await seeSettings(ctx, OPERATOR, await scopeOf(ctx, options))
  const said = (language: keyof Words) =>
    lines
      .map(({ key, setting, value, from }) => {
        const shown = sayValue(sayIn(language), setting, value)
        return `${key}: ${shown}${from === 'environment' ? ` (${setting.env ?? ''})` : ''}`
      })
      .join('\n')
  const json = lines.map(({ key, value, from }) => ({ key, value, from }))
  answer(shell, options.json, { json, words: { fr: said('fr'), en: said('en') } })
}

async function readOne(ctx: Context, key: string, options: Options) {
  const scope = await scopeOf(ctx, options)
  const { version } = await seeSetting(ctx, OPERATOR, { key, scope })
  return { key, scope, version }
}

async function tellOne(
  ctx: Context,
  { print, language }: Shell,
  which: Readonly<{ key: string; scope: string }>,
): Promise<void> {
  const { setting, value } = await seeSetting(ctx, OPERATOR, which)
  print(`${which.key}: ${sayValue(sayIn(language), setting, value)}`)
}

/** @throws {DomainError} not-found */
async function scopeOf(ctx: Context, { school }: Options): Promise<string> {
  if (school === undefined) return ''
  const found = await findOrganisationByNumber(ctx.db, school)
  if (found) return found.publicId
  throw new DomainError('not-found', {
    fr: `Aucun établissement n’a l’UAI ${school.slice(0, 20)} ici.`,
    en: `No school has the UAI ${school.slice(0, 20)} here.`,
  })
}
