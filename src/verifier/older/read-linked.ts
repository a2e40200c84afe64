import type { Lookups } from '../lookups.js'
import { addressOf } from './scope.js'
import { isOf, type OlderClass } from './shapes.js'
import { idOf, isObject, type Json } from '../../credential/values.js'

/** What a badge links to; `fetched`: it stands at its own address, nobody brought it along. */
export type Linked =
  | Readonly<{ outcome: 'found'; value: Json; fetched: boolean }>
  /** `other`: at its address stands something that bears another name. */
  | Readonly<{ outcome: 'unreachable' | 'missing' | 'no_address' | 'malformed' | 'other' }>

export const ACCEPT = 'application/ld+json, application/json'

/** A linked document, or the one that stands in the link's place. */
export async function readLinked(
  link: unknown,
  shapeName: OlderClass,
  lookups: Lookups,
): Promise<Linked> {
  if (!isObject(link)) return fetchLinked(link, shapeName, lookups)
  return isOf(shapeName, link)
    ? { outcome: 'found', value: link, fetched: false }
    : { outcome: 'malformed' }
}

/** The document at its own address, even where a copy of it stands in the badge. */
export async function fetchLinked(
  link: unknown,
  shapeName: OlderClass,
  lookups: Lookups,
): Promise<Linked> {
  const id = idOf(link)
  const address = addressOf(id)
  if (address === undefined) return { outcome: 'no_address' }
  const looked = await lookups.document(address, ACCEPT)
  if (looked.outcome === 'missing' || looked.outcome === 'gone') return { outcome: 'missing' }
  if (looked.outcome !== 'found') return { outcome: 'unreachable' }
  if (!isOf(shapeName, looked.value)) return { outcome: 'malformed' }
  return looked.value.id === id || (looked.value.id === undefined && shapeName === 'RevocationList')
    ? { outcome: 'found', value: looked.value, fetched: true }
    : { outcome: 'other' }
}
