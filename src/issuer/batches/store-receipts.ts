import { pack, unpack } from '../../store/packed.js'
import type { Db } from '../../store/schema.js'
import { saveBatch, type Batch } from './store.js'

/** Keeps the signed receipt, packed: a batch is not changed any more. */
export function saveReceipt(db: Db, id: number, receipt: string): Promise<void> {
  return saveBatch(db, id, { receipt_packed: pack(receipt, undefined) })
}

/** The signed receipt of a batch, JSON; null while there is none. */
export function receiptIn({
  receipt_packed: packed,
}: Pick<Batch, 'receipt_packed'>): string | null {
  return packed === null ? null : unpack(packed, undefined)
}
