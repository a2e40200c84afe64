import type { Words } from '../words.js'
import type { Json } from '../credential/values.js'
import type { BadgeWork } from './apart/badge-work.js'

/**
 * What somebody answered: a value, "there is none", "there is none any more" (HTTP 410), or nothing
 * that can be believed.
 */
export type Looked<Value> =
  | Readonly<{
      outcome: 'found'
      value: Value
      /** When it was fetched, for an answer that is kept for a while. */
      fetchedAt?: Date
    }>
  | Readonly<{
      /** `tls`: whoever answers can't prove to be that host. `refused`: an address that we ask on principle not. */
      outcome: 'missing' | 'gone' | 'unreachable' | 'tls' | 'refused' | 'unsupported' | 'bad_syntax'
    }>

/** A key that an issuer lists for signing credentials. */
export type IssuerKey = Readonly<{
  id: string
  controller: string
  publicKeyMultibase?: string
  publicKeyJwk?: Readonly<Record<string, unknown>>
  /** Instants after which it counts no more. */
  expires?: string
  revoked?: string
}>

/** Who knows an issuer, and under which name. */
export type Known = Readonly<{
  name: string
  /** Whose list; none: it is an organisation of this service. */
  publisher?: Words
  /** `other_time`: not when the badge was issued; `out_of_date`: the list itself has ended. */
  standing: 'counts' | 'other_time' | 'out_of_date'
}>

/** Somebody who is known here, for whom another may be taken. */
export type Resembled = Readonly<{ name: string; domain: string }>

/** A status list as it is remembered. */
export type SeenList = Readonly<{
  validFrom: Date
  /** When its signature says that it was made; later wins among lists of one `validFrom`. */
  signedAt: Date
  /** SHA-256 of its bits, hex. */
  digest: string
}>

/** What a verification asks of others. Every answer is an argument: offline, all are unreachable. */
export type Lookups = Readonly<{
  /**
   * The keys that an issuer's own document lists for assertion. `method` is the key that a signature
   * names: where the issuer lists none, it is asked for at the issuer's own host, nowhere else.
   */
  issuerKeys(issuerId: string, method?: string): Promise<Looked<readonly IssuerKey[]>>
  /**
   * The document at the address of a status list, the text itself where a compact JWS stands there;
   * `fresh`: as it is now, not of a few minutes ago.
   */
  statusList(url: string, options?: Readonly<{ fresh?: boolean }>): Promise<Looked<unknown>>
  /**
   * The JSON at an https address as it is now; the text itself where a compact JWS stands there and
   * `accept` names one.
   */
  document(url: string, accept: string): Promise<Looked<unknown>>
  /** Remembers a list that is believed. @returns whether none seen at its address speaks against it */
  isNewestList?(url: string, list: SeenList): boolean
  /**
   * Since when a log has what one of its issuers signed, to the letter; undefined: it is not the log of this issuer.
   */
  logged?(issuerId: string, credential: Json): Promise<Date | 'never' | undefined>
  /**
   * What the book of one of our issuers has on a credential of its own that no status list tells: that it is held, or
   * that a newer one has taken its place.
   */
  standing?(issuerId: string, credentialId: string): Promise<'held' | 'replaced' | undefined>
  /** Who knows an issuer of a badge that counts since `issuedAt`; undefined: nobody. */
  knows(issuerId: string, issuedAt: Date): Promise<Known | undefined>
  /** Whom a reader may take a stranger of this name for. */
  resembles?(name: string, issuerId: string): Promise<Resembled | undefined>
  /** Where costly work is done; undefined: here. */
  work?: BadgeWork
}>

/** What a check needs of the world: what others answer, and what time it is. */
export type Around = Readonly<{ lookups: Lookups; now: Date }>

const unreachable = async (): Promise<Looked<never>> => ({ outcome: 'unreachable' })

export const OFFLINE: Lookups = {
  issuerKeys: unreachable,
  statusList: unreachable,
  document: unreachable,
  knows: async () => undefined,
}
