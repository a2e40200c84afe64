import type { BadgeWork } from './apart/badge-work.js'

/** What somebody answered: a value, "there is none", or nothing that can be believed. */
export type Looked<Value> =
  | Readonly<{ outcome: 'found'; value: Value }>
  | Readonly<{ outcome: 'missing' | 'unreachable' | 'unsupported' | 'bad_syntax' }>

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

/** What a verification asks of others. Every answer is an argument: offline, all are unreachable. */
export type Lookups = Readonly<{
  /** The keys that an issuer's own document lists for assertion. */
  issuerKeys(issuerId: string): Promise<Looked<readonly IssuerKey[]>>
  /** The document at the address of a status list; `fresh`: as it is now, not of a few minutes ago. */
  statusList(url: string, options?: Readonly<{ fresh?: boolean }>): Promise<Looked<unknown>>
  /** The newest `validFrom` of the lists that were believed at an address so far, this one included. */
  lastSeenList?(url: string, validFrom: Date): Date
  /** Whose list knows an issuer; undefined: nobody's. */
  knows(issuerId: string): Promise<string | undefined>
  /** Where costly work is done; undefined: here. */
  work?: BadgeWork
}>

const unreachable = async (): Promise<Looked<never>> => ({ outcome: 'unreachable' })

export const OFFLINE: Lookups = {
  issuerKeys: unreachable,
  statusList: unreachable,
  knows: async () => undefined,
}
