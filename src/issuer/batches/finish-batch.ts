import type { Context } from '../../context.js'
import { digestOf } from '../../credential/digest.js'
import { signRecord } from '../../credential/sign-record.js'
import { serviceSigner, whileServiceKeySigns } from '../../people/service-keys.js'
import { appendAudit } from '../../store/audit.js'
import { receiptOf } from './receipt.js'
import { countOutcomes, getBatch, lockBatch, saveBatch } from './store.js'
import { saveReceipt } from './store-receipts.js'

/**
 * Ends a batch of which every row has ended, with its signed receipt. Run twice, it writes one.
 *
 * @throws {KeyChanged} the key of the service was retired meanwhile: the next run signs
 */
export async function finishBatch(ctx: Context, batchId: number): Promise<void> {
  const finished = await ctx.db.transaction().execute(async (trx) => {
    const batch = await lockBatch(trx, batchId)
    const counts = await countOutcomes(trx, [batchId])
    if (batch.receipt_packed !== null || counts.some(({ outcome }) => outcome === null))
      return undefined
    // Before it is signed, so that a second run signs the same.
    const finished_at = batch.finished_at ?? ctx.now().toISOString()
    await saveBatch(trx, batchId, { finished_at })
    return finished_at
  })
  if (finished === undefined) return
  const batch = await getBatch(ctx.db, batchId)
  const signer = await serviceSigner(ctx)
  const receipt = await signRecord(
    await receiptOf(ctx, batch, signer.controller),
    signer,
    new Date(finished),
  )
  await whileServiceKeySigns(ctx, signer.publicKeyMultibase, async (trx) => {
    if ((await lockBatch(trx, batchId)).receipt_packed !== null) return
    await appendAudit(trx, {
      at: ctx.now(),
      actor: 'issuer',
      action: 'batch.finished',
      subject: batch.public_id,
      details: { receipt: digestOf(receipt) },
    })
    await saveReceipt(trx, batchId, JSON.stringify(receipt))
  })
}
