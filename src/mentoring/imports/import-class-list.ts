import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { appendAudit } from '../../store/audit.js'
import type { Db } from '../../store/schema.js'
import { asService } from '../../store/scope.js'
import { summarise, type ImportSummary } from '../class-list/summary.js'
import { applyPlan } from './apply.js'
import { readClassList, type ClassListInput, type ReadList } from './read-file.js'
import { insertImport } from './store.js'
import { weighList } from './weigh.js'

export type ImportChoice = Readonly<{
  /** Digest of the file that was previewed (`fileDigest`): another file is then refused. */
  expected?: string
  /** Imports the good rows although others are refused; without it one refused row refuses the file. */
  leaveOutRefused?: boolean
}>

/** What was done, and where it can be read again: /imports/{id}. */
export type ImportReceipt = ImportSummary & Readonly<{ id: string }>

/**
 * What importing a class list would do. Writes nothing.
 *
 * @throws {DomainError} not-found, forbidden, invalid-request, unsupported-type or too-large
 */
export async function previewClassList(
  ctx: Context,
  actor: Actor,
  input: ClassListInput,
): Promise<ImportSummary> {
  const read = await readClassList(ctx, actor, input)
  return previewRead(ctx, ctx.db, read)
}

/**
 * Imports a class list in one transaction: students found again by their INE, schoolings dated
 * from 1 September of the school year. The same file twice changes nothing the second time.
 *
 * @throws {DomainError} as the preview; conflict for another file than expected; rule-refused while rows are refused
 */
export async function importClassList(
  ctx: Context,
  actor: Actor,
  input: ClassListInput & ImportChoice,
): Promise<ImportReceipt> {
  const read = await readClassList(ctx, actor, input)
  if (input.expected !== undefined && input.expected !== read.fileDigest) throw otherFile()
  return ctx.db
    .transaction()
    .execute((trx) => importRead(ctx, trx, { ...read, actor, choice: input }))
}

export async function previewRead(ctx: Context, db: Db, read: ReadList): Promise<ImportSummary> {
  const plan = await asService('class-list', () => weighList(ctx, db, read))
  return summarise(plan, read.fileDigest, read.schoolYear)
}

type ToImport = ReadList & { actor: Actor; choice: ImportChoice }

/**
 * Students who come from another school are found and taken over, wherever they were.
 *
 * @param trx the transaction that holds all of it
 */
export function importRead(ctx: Context, trx: Db, read: ToImport): Promise<ImportReceipt> {
  return asService('class-list', () => importAll(ctx, trx, read))
}

async function importAll(ctx: Context, trx: Db, read: ToImport): Promise<ImportReceipt> {
  const { actor, school, fileDigest, schoolYear } = read
  const plan = await weighList(ctx, trx, read)
  if (plan.changes.length === 0) throw nothingToImport()
  if (plan.refusedRows > 0 && !read.choice.leaveOutRefused) throw refusedRows(plan.refusedRows)
  const summary = summarise(plan, fileDigest, schoolYear)
  const at = ctx.now()
  const id = ctx.newId()
  await applyPlan(ctx, trx, { plan, school, actor })
  await insertImport(trx, {
    public_id: id,
    school_id: school.id,
    file_digest: fileDigest,
    imported_by_id: actor.personId,
    imported_at: at.toISOString(),
    receipt: JSON.stringify(summary),
  })
  const { moved, totals } = summary
  const details = { school: school.publicId, schoolYear, file: fileDigest, moved, ...totals }
  const action = 'class-list.imported'
  await appendAudit(trx, { at, actor: actor.publicId, action, subject: id, details })
  ctx.log.info({ event: 'class-list-imported', import: id, school: school.publicId, ...totals })
  return { ...summary, id }
}

function otherFile(): DomainError {
  return new DomainError('conflict', {
    fr: 'Ce fichier n’est pas celui dont vous avez vu l’aperçu. Rien n’est importé : demandez un nouvel aperçu.',
    en: 'This file is not the one that you previewed. Nothing is imported: ask for a new preview.',
  })
}

function nothingToImport(): DomainError {
  return new DomainError('rule-refused', {
    fr: 'Aucun élève de cette liste ne peut être importé. Regardez ce qui est ignoré et refusé.',
    en: 'No student of this list can be imported. See what is ignored and refused.',
  })
}

function refusedRows(count: number): DomainError {
  const words = {
    fr: `Lignes refusées : ${count}. Rien n’est importé.`,
    en: `Refused rows: ${count}. Nothing is imported.`,
  }
  const cure = {
    fr: 'Corrigez ces lignes là d’où vient la liste et exportez-la de nouveau, ou demandez à les laisser de côté.',
    en: 'Mend these rows where the list comes from and export it again, or ask to leave them out.',
  }
  return new DomainError('rule-refused', words, {
    fields: [{ pointer: '/leaveOutRefused', words: cure }],
  })
}
