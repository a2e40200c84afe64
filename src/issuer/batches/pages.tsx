import type { VNode } from 'preact'
import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import type { Asked } from '../../people/views/sheet.js'
import { holdPreview, openPreview } from '../../web/held-preview.js'
import { page, type Page } from '../../web/page.js'
import { PageNumber, told } from '../../web/validate.js'
import type { Words } from '../../words.js'
import { actOnIssued } from './act-on-issued.js'
import { BADGE_ACTS, BATCH_ACTS, type BatchAct } from './acts.data.js'
import { fromValue, seeChoice } from './choose-rows.js'
import { previewRows, readRows, type CsvRows } from './preview-csv.js'
import { ROWS_PREVIEW } from './rows-preview.js'
import { secondBatch } from './second.js'
import { actsOf, seeBatch, seeBatches } from './see-batch.js'
import { startBatch } from './start-batch.js'
import { noBatch, STEERINGS, steerBatch } from './steer-batch.js'
import { OUTCOMES } from './store.js'
import { BatchPage } from './views/batch.js'
import { BatchesView } from './views/batches.js'
import { CsvPreviewView, CsvView } from './views/csv.js'
import { NewBatchView } from './views/new-batch.js'
import { OnIssuedPage } from './views/on-issued.js'

const Id = z.string().max(64)
const Typed = z.string().max(4_000).default('')
const Key = z.string().min(1).max(64)
const Entitled = z.literal('yes').optional()
const Said = { key: Key, function: Typed, comment: Typed, reason: Typed, entitled: Entitled }

const STARTED = {
  fr: 'Le lot est lancé. Cette page dit où il en est.',
  en: 'The batch has begun. This page says how far it is.',
}

const batchesPage = page({
  path: '/batches',
  access: 'signed-in',
  query: z.object({ page: PageNumber }),
  async show(ctx, asked, actor) {
    const list = await seeBatches(ctx, actor, asked.query.page)
    return <BatchesView asked={asked} acts={actsOf(actor)} list={list} />
  },
})

const newPage = page({
  path: '/batches/new',
  access: 'signed-in',
  query: z.object({
    act: z.enum(BATCH_ACTS).optional().catch(undefined),
    cohort: Id.optional(),
    badge: Id.optional(),
  }),
  form: z.object({
    ...Said,
    rows: z.preprocess(
      (value) => (value === undefined ? [] : [value].flat()),
      z.array(z.string().max(160)).max(200),
    ),
  }),
  async show(ctx, asked, actor) {
    const { cohort, badge } = asked.query
    const act = actFor(asked.query.act, actsOf(actor))
    const choice = await seeChoice(ctx, actor, { act, cohort, badge })
    return <NewBatchView asked={asked} choice={choice} cohort={cohort} batchKey={ctx.newId()} />
  },
  async submit(ctx, { form, query }, actor) {
    const act = actFor(query.act, actsOf(actor))
    assertEntitled(act, form)
    const rows = form.rows.map((value) => {
      const target = fromValue(value)
      if (!target) throw noBatch()
      return target
    })
    const id = await startBatch(ctx, actor, { ...form, act, rows })
    return { to: `/batches/${id}`, notice: STARTED }
  },
})

const csvPage = page({
  path: '/batches/csv',
  access: 'signed-in',
  form: z.union([
    z.object({ ...Said, sealed: z.string(), leaveOut: z.literal('yes').optional() }),
    z.object({
      act: z.enum(BATCH_ACTS),
      file: z.instanceof(Uint8Array, {
        error: told({ fr: 'Choisissez le fichier.', en: 'Choose the file.' }),
      }),
    }),
  ]),
  async show(ctx, asked, actor) {
    // What was previewed and refused is shown as it was.
    const sealed = asked.problem?.values.sealed
    if (typeof sealed !== 'string' || asked.problem?.status === 410)
      return <CsvView asked={asked} acts={actsOf(actor)} />
    return preview(ctx, actor, asked, openPreview(ctx, actor, ROWS_PREVIEW, sealed))
  },
  async submit(ctx, asked, actor) {
    const { form } = asked
    if ('file' in form) {
      const act = actFor(form.act, actsOf(actor))
      return preview(ctx, actor, asked, await readRows(ctx, actor, { act, file: form.file }))
    }
    const { act, rows, faults } = openPreview(ctx, actor, ROWS_PREVIEW, form.sealed)
    if (faults.length > 0 && form.leaveOut !== 'yes') throw wrong('/leaveOut', LEAVE_OUT)
    assertEntitled(act, form)
    const id = await startBatch(ctx, actor, { ...form, act, rows })
    return { to: `/batches/${id}`, notice: STARTED }
  },
})

async function preview(ctx: Context, actor: Actor, asked: Asked, read: CsvRows): Promise<VNode> {
  const shown = await previewRows(ctx, actor, read)
  const sealed = holdPreview(ctx, actor, ROWS_PREVIEW, read)
  return <CsvPreviewView asked={asked} preview={shown} sealed={sealed} batchKey={ctx.newId()} />
}

const batchPage = page({
  path: '/batches/:id',
  access: 'signed-in',
  params: z.object({ id: Id }),
  query: z.object({
    outcome: z
      .enum([...OUTCOMES, 'open'])
      .optional()
      .catch(undefined),
    page: PageNumber,
  }),
  form: z.discriminatedUnion('do', [
    z.object({ do: z.enum(STEERINGS) }),
    z.object({ do: z.literal('second') }),
  ]),
  async show(ctx, asked, actor) {
    const batch = await seeBatch(ctx, actor, { ...asked.params, ...asked.query })
    return <BatchPage asked={asked} batch={batch} />
  },
  async submit(ctx, { params: { id }, form }, actor) {
    if (form.do === 'second') {
      await secondBatch(ctx, actor, id)
      return { to: `/batches/${id}`, notice: STARTED }
    }
    await steerBatch(ctx, actor, { id, steering: form.do })
    return { to: `/batches/${id}` }
  },
})

const issuedPage = page({
  path: '/batches/:id/badges/:act',
  access: 'signed-in',
  params: z.object({ id: Id, act: z.enum(BADGE_ACTS) }),
  form: z.object({ key: Key, reason: Typed, comment: Typed }),
  async show(ctx, asked, actor) {
    const { id, act } = asked.params
    const batch = await seeBatch(ctx, actor, { id, page: 1 })
    if (!batch.onIssued.includes(act)) throw noBatch()
    return <OnIssuedPage asked={asked} batch={batch} act={act} batchKey={ctx.newId()} />
  },
  async submit(ctx, { params, form }, actor) {
    const made = await actOnIssued(ctx, actor, { ...form, ...params })
    return { to: `/batches/${made}`, notice: STARTED }
  },
})

/** @throws {DomainError} invalid-request, unless whoever endorses says that they may */
function assertEntitled(act: BatchAct, form: Readonly<{ entitled?: 'yes' | undefined }>): void {
  if (act === 'endorse' && form.entitled !== 'yes') throw wrong('/entitled', ENTITLED)
}

const ENTITLED: Words = {
  fr: 'Cochez cette déclaration : seule une personne en droit d’engager l’entreprise endosse.',
  en: 'Tick this statement: only a person entitled to commit the company endorses.',
}
const LEAVE_OUT: Words = {
  fr: 'Certaines lignes sont fausses : cochez pour les laisser de côté, ou corrigez le fichier et donnez-le de nouveau.',
  en: 'Some rows are wrong: tick to leave them out, or mend the file and give it again.',
}

function wrong(pointer: string, words: Words): DomainError {
  return new DomainError('invalid-request', words, { fields: [{ pointer, words }] })
}

/** @throws {DomainError} not-found for an act that is not the actor’s */
function actFor(asked: BatchAct | undefined, acts: readonly BatchAct[]): BatchAct {
  const act = asked ?? acts[0]
  if (act === undefined || !acts.includes(act)) throw noBatch()
  return act
}

export const batchPages: readonly Page[] = [batchesPage, newPage, csvPage, batchPage, issuedPage]
