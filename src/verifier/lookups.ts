/** What somebody answered: a value, "there is none", or nothing that can be believed. */
export type Looked<Value> =
  | Readonly<{
      outcome: 'found'
      value: Value
      /** When it was fetched, for an answer that is kept for a while. */
      fetchedAt?: Date
    }>
  | Readonly<{
      /** `refused`: an address that we ask on principle not. */
      outcome: 'missing' | 'unreachable' | 'refused' | 'unsupported' | 'bad_syntax'
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
  /** Remembers a list that is believed. @returns whether none seen at its address speaks against it */
  isNewestList?(url: string, list: SeenList): boolean
  /** Whose list knows an issuer; undefined: nobody's. */
  knows(issuerId: string): Promise<string | undefined>
}>

const unreachable = async (): Promise<Looked<never>> => ({ outcome: 'unreachable' })

export const OFFLINE: Lookups = {
  issuerKeys: unreachable,
  statusList: unreachable,
  knows: async () => undefined,
}
