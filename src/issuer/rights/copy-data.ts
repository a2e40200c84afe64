import type { Actor, Context } from '../../context.js'
import { noteReading } from '../../mentoring/students/note-reading.js'
import { assertSteppedUp, authorize } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { appendAudit } from '../../store/audit.js'
import { readRows } from '../../store/rows-of.js'
import type { Db, Row } from '../../store/schema.js'
import { zipInParts } from '../../web/tables/zip-parts.js'
import { selectionUrl } from '../selections/address.js'
import { linkUrl } from '../link-address.js'
import { organisationNames, versionsOf } from '../readers.js'
import { listBadgesOf, type Badge } from '../store/badges.js'
import { personOf } from '../steps.js'
import { correctionIn } from './copy-correction.js'
import { resourceOf, studentFor } from './ask-erasure.js'
import { HELD } from './tables.data.js'
import { summaryHtml, type Copied } from './views/summary.js'
import { whoIs } from './who.js'

type Line = Readonly<Record<string, unknown>>

/**
 * Everything that is held of a student, in one archive: for the student, or for somebody of the school's management whom
 * they asked, who gets no address that opens what the student shows. A line of the audit tells that it was taken, and by whom.
 *
 * @param studentId nobody's: the student who asks
 * @throws {DomainError} not-found, forbidden, or step-up-required for the school
 */
export async function copyData(
  ctx: Context,
  actor: Actor,
  studentId?: string,
): Promise<{ name: string; parts: AsyncIterable<Uint8Array> }> {
  const student = await studentFor(ctx, actor, studentId)
  authorize(actor, 'take-data', resourceOf(student))
  const as = personOf(actor) === student.person_id ? 'STUDENT' : 'SCHOOL'
  // A student has no passkey, and what is theirs is not held back; the school exports all of somebody else.
  if (as === 'SCHOOL') assertSteppedUp(actor)
  const { copied, badges } = await ctx.db.transaction().execute(async (trx) => {
    const line = { at: ctx.now(), actor: actor.publicId, action: 'data.copied' }
    if (as === 'SCHOOL') await noteReading({ ...ctx, db: trx }, actor, { student, kind: 'copy' })
    await appendAudit(trx, { ...line, subject: student.public_id, details: { as } })
    return readAll({ ...ctx, db: trx }, student, as)
  })
  const madeOn = today(ctx)
  const json = { madeAt: ctx.now().toISOString(), held: copied }
  const files = [
    { name: 'mes-donnees.html', parts: [summaryHtml(copied, madeOn)] },
    { name: 'donnees.json', parts: [JSON.stringify(json, null, 2)] },
    ...badges.map((badge) => ({ name: fileOf(badge), parts: [badge.badge_document ?? ''] })),
  ]
  return { name: `mes-donnees-${madeOn}.zip`, parts: zipInParts(files) }
}

const fileOf = ({ public_id: id }: Pick<Badge, 'public_id'>): string => `badges/${id}.json`

async function readAll(
  ctx: Context,
  student: Row<'students'>,
  as: Taker,
): Promise<{ copied: Copied; badges: readonly Badge[] }> {
  const of = await whoIs(ctx, ctx.db, student)
  const copied: Record<string, readonly Line[]> = {}
  const told = await tellers(ctx, student.id, as)
  // Who has other roles, too, is given what is theirs as a student, and their account.
  const whole = { ...of, accountId: of.personId }
  for (const { table, where, copy } of HELD) {
    if (!copy) continue
    const rows = await readRows(ctx.db, { table, where: where(whole) })
    copied[table] = rows.map((row) => told(table, row))
  }
  const ids = await readRows(ctx.db, {
    table: 'badges',
    where: placeOf('badges')(whole),
  })
  const badges = await listBadgesOf(
    ctx.db,
    ids.map(({ id }) => Number(id)),
  )
  return { copied, badges: badges.filter(({ badge_document }) => badge_document !== null) }
}

function placeOf(table: (typeof HELD)[number]['table']) {
  const found = HELD.find((one) => one.table === table)
  if (!found) throw new Error(`Nothing says whose the rows of ${table} are.`)
  return found.where
}

type Taker = 'STUDENT' | 'SCHOOL'

/** What is nobody's business: who of the adults did it (their function is told), hashes, and what is sealed. */
const UNTOLD =
  /(?:_by_id|_hash|_sealed|_fingerprint|^mentor_id|^tutor_id|^person_id|^log_nonce|^reader)$/

/** To whom a link was given is the student's own, too. */
const UNTOLD_TO_SCHOOL = new RegExp(`${UNTOLD.source}|^label$`)

/** Turns rows into what they say: sealed values opened, organisations and badges by name. */
async function tellers(
  ctx: Context,
  studentId: number,
  as: Taker,
): Promise<(table: string, row: Line) => Line> {
  const untold = as === 'STUDENT' ? UNTOLD : UNTOLD_TO_SCHOOL
  const linkOf = addressesOf(ctx, as)
  const opened = openerOf(ctx)
  const nameOf = await organisationNames(ctx)
  const badgeNames = await namesOfBadges(ctx, ctx.db, studentId)
  return (table, row) => ({
    ...Object.fromEntries(Object.entries(row).filter(([column]) => !untold.test(column))),
    ...(typeof row.school_id === 'number' && { school: nameOf(row.school_id) }),
    ...(typeof row.company_id === 'number' && { company: nameOf(row.company_id) }),
    ...(typeof row.organisation_id === 'number' && { organisation: nameOf(row.organisation_id) }),
    ...(table === 'fact_versions' && { content: withoutPeople(String(row.content)) }),
    ...(table === 'students' && { birth_date: opened(row.birth_date_sealed) }),
    ...(table === 'objections' && {
      reason: opened(row.reason_sealed),
      answer: opened(row.answer_sealed),
    }),
    ...linkOf(table, row),
    ...correctionIn(ctx, table, row),
    ...(table === 'dossiers' && { badge: badgeNames(Number(row.template_version_id)) }),
    ...(table === 'badges' &&
      row.released_at !== null && { file: fileOf({ public_id: String(row.public_id) }) }),
  })
}

/** The addresses that open what a student shows, the code on paper, and where else they are reached: theirs alone to pass on. */
function addressesOf(ctx: Context, as: Taker): (table: string, row: Line) => Line {
  if (as === 'SCHOOL') return () => ({})
  const opened = openerOf(ctx)
  return (table, row) => {
    const token = opened(row.token_sealed) ?? ''
    if (table === 'private_contacts') return { address: opened(row.address_sealed) }
    if (table === 'selections') return { address: selectionUrl(ctx, token) }
    if (table !== 'share_links') return {}
    return { address: linkUrl(ctx, token), code: opened(row.code_sealed) }
  }
}

function openerOf(ctx: Context) {
  return (sealed: unknown) => (typeof sealed === 'string' ? ctx.vault.open(sealed) : null)
}

/** A version of a fact names people by their ids: no others than whoever asks are told. */
function withoutPeople(content: string): unknown {
  const { tutor: _, mentors: __, students: ___, ...said } = JSON.parse(content) as Line
  return said
}

async function namesOfBadges(ctx: Context, db: Db, studentId: number) {
  const dossiers = await db
    .selectFrom('dossiers')
    .select('template_version_id')
    .where('student_id', '=', studentId)
    .execute()
  const versions = await versionsOf(
    ctx,
    dossiers.map((one) => one.template_version_id),
  )
  return (id: number): string => versions(id).definition.name
}
