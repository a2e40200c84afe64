import { Router } from 'express'
import type { Context } from '../../context.js'
import { appendAudit } from '../../store/audit.js'
import { assertOwnForm } from '../../web/csrf.js'
import { sendFile } from '../../web/route.js'
import type { Table } from '../../web/tables/table.js'
import { writeCsv } from '../../web/tables/write-csv.js'
import { sayIn, type Say } from '../../web/say.js'
import { actorOf, visitorOf } from '../../web/visitor.js'
import { toRowLines, type RowLine } from './see-batch.js'
import { batchFor, noBatch } from './steer-batch.js'
import { listRows } from './store.js'
import { receiptIn } from './store-receipts.js'
import { OUTCOME_WORDS } from './views/wording.js'

/** The files of a batch: its signed receipt, and its rows with names for the organisation's own records. */
export function batchRouter(ctx: Context): Router {
  const router = Router()
  router.get('/batches/:id/receipt.json', async (req, res) => {
    const batch = await batchFor(ctx, actorOf(req), req.params.id)
    const receipt = receiptIn(batch)
    if (receipt === null) throw noBatch()
    sendFile(res, {
      type: 'application/json',
      name: `recu-${batch.public_id}.json`,
      bytes: Buffer.from(receipt),
    })
  })
  // By POST from a page of ours: names go out, so it is a line of the audit.
  router.post('/batches/:id/rows.csv', async (req, res) => {
    const actor = actorOf(req)
    assertOwnForm(req, ctx.config.publicUrl, visitorOf(req).csrfToken)
    const batch = await batchFor(ctx, actor, req.params.id)
    const say = sayIn(visitorOf(req).language)
    const rows = await toRowLines(ctx, actor, await listRows(ctx.db, batch.id))
    await ctx.db.transaction().execute((trx) =>
      appendAudit(trx, {
        at: ctx.now(),
        actor: actor.publicId,
        action: 'batch.exported',
        subject: batch.public_id,
      }),
    )
    sendFile(res, {
      type: 'text/csv; charset=utf-8',
      name: `lot-${batch.public_id}.csv`,
      bytes: Buffer.from(writeCsv(tableOf(say, rows))),
    })
  })
  return router
}

const HEADS = [
  ['number', { fr: 'Ligne', en: 'Row' }],
  ['text', { fr: 'Élève', en: 'Student' }],
  ['text', { fr: 'Identifiant élève', en: 'Student id' }],
  ['text', { fr: 'Badge', en: 'Badge' }],
  ['text', { fr: 'Identifiant badge', en: 'Template id' }],
  ['number', { fr: 'Version', en: 'Version' }],
  ['text', { fr: 'Dossier', en: 'Dossier' }],
  ['text', { fr: 'Badge délivré', en: 'Badge issued' }],
  ['text', { fr: 'Issue', en: 'Outcome' }],
  ['text', { fr: 'Pourquoi', en: 'Why' }],
  ['text', { fr: 'Le', en: 'At' }],
] as const

function tableOf(say: Say, rows: readonly RowLine[]): Table {
  return {
    name: 'lot',
    columns: HEADS.map(([kind, title]) => ({ kind, title: say(title) })),
    rows: rows.map((row) => [
      row.number,
      row.student,
      row.studentId,
      row.badge,
      row.templateId,
      row.version,
      row.dossierId,
      row.badgeId,
      say(OUTCOME_WORDS[row.outcome].words),
      row.why ? say(row.why) : null,
      row.endedAt,
    ]),
  }
}
