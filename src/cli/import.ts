import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import { NamedMapping } from '../mentoring/class-list/column-mapping.js'
import { FIELDS } from '../mentoring/class-list/fields.js'
import { importClassList, previewClassList } from '../mentoring/imports/import-class-list.js'
import type { ImportSummary } from '../mentoring/class-list/summary.js'
import { OPERATOR } from '../people/operator.js'
import { findOrganisationByNumber } from '../people/store.js'
import { toUai } from '../people/uai.js'
import type { Words } from '../words.js'
import { answer, withContext, type Shell } from './shell.js'

type Options = Readonly<{
  school: string
  year: string
  mapping?: string
  dryRun?: boolean
  leaveOutRefused?: boolean
  json?: boolean
}>

const READING = { access: 'read' } as const
const WRITING = {
  access: 'write',
  instead: {
    fr: 'La page « Importer » du lycée (/import) fait la même chose.',
    en: 'The school’s page “Import” (/import) does the same.',
  },
} as const

export function addImport(program: Command, shell: Shell): void {
  program
    .command('import')
    .description(
      'import a class list of SIECLE or a CSV; while the service runs on SQLite, its page does it',
    )
    .argument('<file>', 'ElevesSansAdresses.xml, its zip, or a CSV')
    .requiredOption('--school <uai>', 'UAI of the lycée')
    .requiredOption('--year <year>', 'school year, by the year that it starts in')
    .option(
      '--mapping <file>',
      'what the columns of a CSV are, as JSON; else as the school said before',
    )
    .option('--dry-run', 'say what would be done, and do nothing; also beside the service')
    .option('--leave-out-refused', 'import the good rows although others are refused')
    .option('--json', 'print the summary as a JSON object')
    .action(async (file: string, options: Options) => {
      const bytes = await readFile(file)
      const how = options.dryRun ? READING : WRITING
      await withContext(shell, how, async (ctx) => {
        const summary = await runImport(ctx, bytes, options)
        answer(shell, options.json, { json: summary, words: inWords(summary, options) })
        if (!options.json) tellRefused(shell, summary)
        if (summary.totals.refused > 0) shell.answerNo()
      })
    })
}

/** @throws {DomainError} as importClassList; not-found for a school that is not here */
export async function runImport(
  ctx: Context,
  file: Uint8Array,
  { school, year, mapping, dryRun, leaveOutRefused = false }: Options,
): Promise<ImportSummary> {
  const found = await findOrganisationByNumber(ctx.db, toUai(school))
  if (!found) {
    throw new DomainError('not-found', {
      fr: `Aucun lycée n’a l’UAI ${toUai(school)} ici.`,
      en: `No lycée has the UAI ${toUai(school)} here.`,
    })
  }
  const named = mapping === undefined ? undefined : await readMapping(mapping)
  const input = { schoolId: found.publicId, schoolYear: Number(year), file, mapping: named }
  return dryRun
    ? previewClassList(ctx, OPERATOR, input)
    : importClassList(ctx, OPERATOR, { ...input, leaveOutRefused })
}

/** @throws {DomainError} invalid-request */
async function readMapping(path: string): Promise<NamedMapping> {
  const text = await readFile(path, 'utf8')
  try {
    return NamedMapping.parse(JSON.parse(text))
  } catch (cause) {
    throw new DomainError(
      'invalid-request',
      {
        fr: `Ce n’est pas une correspondance. Écrivez par exemple ${EXAMPLE}. Champs : ${NAMES}.`,
        en: `This is no mapping. Write for example ${EXAMPLE}. Fields: ${NAMES}.`,
      },
      { cause },
    )
  }
}

const EXAMPLE =
  '{"columns": {"ID_NATIONAL": "N° INE", "NOM_DE_FAMILLE": "Nom"}, "level": "TLE_PRO"}'
const NAMES = FIELDS.filter((field) => field !== 'LIGNE').join(', ')

function inWords({ totals }: ImportSummary, { dryRun }: Options): Words {
  const fr = `${totals.new} nouveaux, ${totals.updated} modifiés, ${totals.unchanged} inchangés, ${totals.ignored} ignorés, ${totals.refused} refusés.`
  const en = `${totals.new} new, ${totals.updated} updated, ${totals.unchanged} unchanged, ${totals.ignored} ignored, ${totals.refused} refused.`
  return dryRun ? { fr: `Rien n’est écrit : ${fr}`, en: `Nothing is written: ${en}` } : { fr, en }
}

/** Row by row: where, what is wrong, the cure; never a name. */
function tellRefused({ tell, language }: Shell, { refused }: ImportSummary): void {
  for (const { row, line, column, place, words } of refused) {
    const where = place === undefined ? column : `${column} [${place}]`
    tell(`${row} (${line}) ${where}: ${words[language]}`)
  }
}
