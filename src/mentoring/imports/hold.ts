import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { authorize } from '../../people/authorize.js'
import { findOrganisation, type Organisation } from '../../people/store.js'
import { enqueue } from '../../store/jobs.js'
import { listIn, type Content } from '../class-list/read-content.js'
import { namedIn, type ImportSummary } from '../class-list/summary.js'
import { nothingHere } from '../refusals.js'
import { importRead, previewRead, type ImportReceipt } from './import-class-list.js'
import {
  deletePendingImport,
  deleteStalePendingImports,
  findPendingImport,
  insertPendingImport,
} from './pending-store.js'
import { readGivenFile, toReadList, type ClassListInput, type GivenFile } from './read-file.js'
import { namesOf } from './store.js'

/** Time to read a preview; then the list is deleted. */
export const HOLD_MINUTES = 30
export const FORGET_JOB = 'forget-pending-import'

export type HeldList = Readonly<{
  school: Organisation
  summary: ImportSummary
  /** By public id: who is on the school's books and not in the list. */
  names: ReadonlyMap<string, string>
  /** People said what its columns are, and may say otherwise. */
  isMapped: boolean
}>

/**
 * Reads a class list and holds what is kept of it, sealed, so that the person need not give the file
 * again after the preview. One list a person; a job deletes it when its time is over.
 *
 * @returns the public id of the held list
 * @throws {DomainError} as previewClassList
 */
export async function holdClassList(
  ctx: Context,
  actor: Actor,
  input: ClassListInput,
): Promise<string> {
  const { personId } = actor
  if (personId === null) throw nothingHere()
  const { school, content, fileDigest, schoolYear } = await readGivenFile(ctx, actor, input)
  const id = ctx.newId()
  const at = ctx.now()
  const expires = new Date(at.getTime() + HOLD_MINUTES * 60_000)
  await ctx.db.transaction().execute(async (trx) => {
    await deleteStalePendingImports(trx, personId, at)
    await insertPendingImport(trx, {
      public_id: id,
      school_id: school.id,
      person_id: personId,
      school_year: schoolYear,
      file_digest: fileDigest,
      list_sealed: sealed(ctx, content),
      created_at: at.toISOString(),
      expires_at: expires.toISOString(),
    })
    const payload = { pendingImport: id }
    await enqueue(trx, { id: ctx.newId(), kind: FORGET_JOB, key: id, payload, runAt: expires })
  })
  return id
}

/**
 * What importing a held list would do now.
 *
 * @returns undefined while somebody must say what its columns are
 * @throws {DomainError} gone, not-found or forbidden
 */
export async function seeHeldList(
  ctx: Context,
  actor: Actor,
  id: string,
): Promise<HeldList | undefined> {
  const held = await openHeldFile(ctx, actor, id)
  if (!listIn(held.content)) return undefined
  const { school } = held
  const summary = await previewRead(ctx, ctx.db, toReadList(held))
  const names = await namesOf(ctx.db, school.id, namedIn(summary))
  return { school, summary, names, isMapped: held.content.kind === 'table' }
}

/**
 * Imports a held list and deletes it: once, whoever presses the button twice.
 *
 * @throws {DomainError} as importClassList, or gone
 */
export async function importHeldList(
  ctx: Context,
  actor: Actor,
  { id, leaveOutRefused }: Readonly<{ id: string; leaveOutRefused: boolean }>,
): Promise<ImportReceipt> {
  const read = toReadList(await openHeldFile(ctx, actor, id))
  return ctx.db.transaction().execute(async (trx) => {
    if (!(await deletePendingImport(trx, id))) throw gone()
    return importRead(ctx, trx, { ...read, actor, choice: { leaveOutRefused } })
  })
}

/** The job that deletes a held list whose time is over. */
export async function forgetHeldList(ctx: Context, payload: unknown): Promise<void> {
  const { pendingImport } = z.object({ pendingImport: z.string() }).parse(payload)
  await deletePendingImport(ctx.db, pendingImport)
}

/** @throws {DomainError} gone, not-found or forbidden */
export async function openHeldFile(ctx: Context, actor: Actor, id: string): Promise<GivenFile> {
  const row = await findPendingImport(ctx.db, id, ctx.now())
  // The same answer for what is over, what never was, and what another person holds.
  if (!row || row.person_id !== actor.personId) throw gone()
  const school = await findOrganisation(ctx.db, row.school_id)
  if (!school) throw gone()
  // Rights may have ended since the file was given.
  authorize(actor, 'import-students', { schoolId: school.id })
  // Our own JSON, under our own seal.
  const content = JSON.parse(ctx.vault.open(row.list_sealed)) as Content
  return { school, content, fileDigest: row.file_digest, schoolYear: row.school_year }
}

export function sealed(ctx: Context, content: Content): string {
  return ctx.vault.seal(JSON.stringify(content))
}

export function gone(): DomainError {
  return new DomainError('gone', {
    fr: `Cet aperçu n’existe plus : il est gardé ${HOLD_MINUTES} minutes, et supprimé après l’import. Choisissez de nouveau le fichier.`,
    en: `This preview is gone: it is kept for ${HOLD_MINUTES} minutes, and deleted after the import. Choose the file again.`,
  })
}
