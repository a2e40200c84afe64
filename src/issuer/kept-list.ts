import type { Context } from '../context.js'
import { lookForList, type List } from '../verifier/believed-list.js'
import { lookupsOf } from './own-lookups.js'
import { setIn } from './published-bits.js'
import { statusUrl } from './status.js'

/** A list of ours, whoever has kept it, that the issuer has signed whom it names. */
export type KeptList = List & Readonly<{ publicId: string; issuer: string }>

/** `isBehind`: it tells what the store does not know, so the store was restored. */
export type TakenOver = Readonly<{ revoked: number; isBehind: boolean }>

/** @returns undefined for what is no list of our address, or not signed by its issuer */
export async function readKept(ctx: Context, text: string): Promise<KeptList | undefined> {
  try {
    const document = JSON.parse(text) as { id: string; issuer: string; validFrom: string }
    const { id, issuer, validFrom } = document
    const prefix = statusUrl(ctx, '')
    if (!id.startsWith(prefix)) return undefined
    const found = async () => ({ outcome: 'found', value: document }) as const
    const lookups = { ...lookupsOf(ctx), statusList: found }
    // It need not be valid today.
    const list = await lookForList(id, { lookups, issuerId: issuer, now: new Date(validFrom) })
    if (typeof list === 'string') return undefined
    return { ...list, publicId: id.slice(prefix.length), issuer }
  } catch {
    // It is no list at all.
    return undefined
  }
}

/** The places that a list tells revoked and the store does not. */
export function unknownIn({ bits }: List, known: readonly number[]): number[] {
  const told = new Set(known)
  return setIn(bits).filter((position) => !told.has(position))
}

export function isNewer(
  { validFrom }: List,
  { published_at }: Readonly<{ published_at: string | null }>,
): boolean {
  // A list is dated in whole seconds.
  return validFrom.getTime() > Date.parse(published_at ?? '1970-01-01')
}
