import type { Logger } from 'pino'
import type { Config } from './config.js'
import type { Published } from './store/published.js'
import type { Db } from './store/schema.js'
import type { Words } from './words.js'

/**
 * The outside world, opened once by main.ts, cli.ts or a test, and handed down. A function that
 * takes it does I/O; a rule never takes it.
 */
export type Context = Readonly<{
  config: Config
  db: Db
  log: Logger
  now(): Date
  /** The clock that several nodes have in common, where the store has one; inside a transaction, asked on its connection. */
  storeNow?: (db: Db) => Promise<Date>
  /** 128 random bits as 22 letters and digits of base64url: a public id, a job id. */
  newId(): string
  randomBytes(count: number): Uint8Array
  keys: KeyRing
  vault: Vault
  /** Signed status lists in files beside the store; none where nothing is restored. */
  published?: Published
  /** Who was erased, by random id, in files beside the store: a store that is restored erases them again. */
  erased?: Published
  /** A data key a student, for backups, in a file beside the store, which nodes of a PostgreSQL share. */
  studentKeys?: StudentKeys
  outside: Outside
  /** The servers of who else says who somebody is; none: nobody signs in by them. */
  signInServers?: SignInServers
  apart: Apart
  /** The same for credentials of any kind, whose contexts strangers write; never for badges. */
  generalApart: Apart
  /** A thread in which our own verifier looks at what we have signed; no stranger's input comes there. */
  checkers: Apart
  /** Who may be played in a demo; a real service has none. */
  demoAccounts?: readonly DemoAccount[]
}>

export type DemoAccount = Readonly<{ role: Role; name: string; email: string; password: string }>

/** The signing keys at rest, wherever each is kept. Private halves never leave their provider: it signs. */
export type KeyRing = Readonly<{
  /** Makes a key, an Ed25519 key if nothing is said, where the settings say; answers what names it. */
  create(curve?: Curve): Promise<KeyHandle>
  /** The same for an RSA key, which takes a part of a second, in another thread. */
  createRsa(): Promise<KeyHandle & Pick<RsaPublicKey, 'publicKeyJwk'>>
  /**
   * The signature of `bytes`: Ed25519 (64 bytes), or RSASSA-PKCS1-v1_5 with SHA-256, both of which give the same bytes
   * each time; ECDSA with SHA-256 (P-256) or SHA-384 (P-384), as r and s side by side, which does not.
   *
   * @throws {DomainError} keys-away while its provider does not answer
   * @throws {Error} for a key that isn't here
   */
  sign(key: KeyHandle, bytes: Uint8Array): Promise<Uint8Array>
  /** @throws {DomainError} keys-away */
  has(key: KeyHandle): Promise<boolean>
  /** Destroys the private half, for ever. One that is not there is destroyed. @throws {DomainError} keys-away: it may still be there */
  destroy(key: KeyHandle): Promise<void>
  /** Asks every provider whether it can sign. @returns the words of the first that can't */
  away(): Promise<Words | undefined>
}>

/** One place that keeps keys; it makes Ed25519 keys at least. Each function as in `KeyRing`, by the name of the key. */
export type KeyProvider = Readonly<{
  create(): Promise<PublicKey>
  sign(name: string, bytes: Uint8Array): Promise<Uint8Array>
  has(name: string): Promise<boolean>
  destroy(name: string): Promise<void>
}>

export type Curve = 'Ed25519' | 'P-256' | 'P-384'
export type PublicKey = Readonly<{ publicKeyMultibase: string }>

/** Named by the thumbprint of its JWK (RFC 7638, SHA-256). */
export type RsaPublicKey = Readonly<{
  thumbprint: string
  publicKeyJwk: Readonly<{ kty: 'RSA'; n: string; e: string }>
}>

/**
 * A key by its name, which is its Multikey or the thumbprint of an RSA key, and who keeps it: one of `KEY_PROVIDERS`,
 * kept beside the key in the store.
 */
export type KeyHandle = Readonly<{ name: string; provider: string }>

/** Encrypts what the database must not hold in clear (birth dates), fingerprints what it looks up (INE). */
export type Vault = Readonly<{
  seal(clear: string): string
  open(sealed: string): string
  /** The same under the newest key; undefined when it is. @throws {Error} when no key of the vault opens it */
  reseal(sealed: string): string | undefined
  fingerprint(value: string): string
}>

/** What one student is sealed under in backups. */
export type DataKey = Readonly<{
  seal(clear: string): string
  /** @throws {Error} for what another key sealed, and for what was touched */
  open(sealed: string): string
}>

/**
 * The data keys of students, by public id, in a store of their own: once one is destroyed, nobody reads that student in any backup.
 * Several processes may use it at once; each function is one transaction.
 */
export type StudentKeys = Readonly<{
  /** Makes the keys that are missing; who was erased gets none. */
  give(students: readonly string[]): (student: string) => DataKey | undefined
  findAll(): Readonly<{
    of(student: string): DataKey | undefined
    isDestroyed(student: string): boolean
  }>
  /** Keys of students who are none of these. */
  countOthers(students: ReadonlySet<string>): number
  /** For good; it may be done again. */
  destroy(students: readonly string[]): void
  /** Who stays, though their key was destroyed, may be given a new one; what was sealed under the one before stays closed. */
  allowAgain(students: readonly string[]): void
  /** Writes the file anew, without what lies in the gaps of its pages. */
  scrub(): void
  /** As `Vault.reseal`, of every key. @returns how many were sealed anew */
  reseal(reseal: (wrapped: string) => string | undefined): number
  /** Copies the file into a folder, in the place of the copy before, which is overwritten. */
  copyTo(folder: string): void
  /** Takes the keys that are missing from such a copy. @throws {Error} where there is none */
  takeFrom(folder: string): void
}>

/** What may be asked of other people's servers, through the one guarded fetcher. */
export type Outside = Readonly<{
  /** The text at an https address. `reuse`: an answer of a few minutes ago will do, if its server says so. */
  fetchText(url: string, accept: string, options?: Readonly<{ reuse?: boolean }>): Promise<Fetched>
}>

/**
 * One request to a server that the settings name: https on the public internet, no redirects, bounded in time and bytes.
 *
 * @throws {Error} when it may not be asked, or does not answer
 */
export type SignInServers = Readonly<{
  send(
    request: Readonly<{
      url: string
      method: string
      headers: Readonly<Record<string, string>>
      body: string | undefined
    }>,
  ): Promise<
    Readonly<{ status: number; headers: Readonly<Record<string, string>>; body: Uint8Array }>
  >
}>

/**
 * Threads with a limit of time and memory, for work that a stranger's input could make endless.
 *
 * `run` @throws {DomainError} verification-aborted when a task was ended, overloaded when too many wait
 */
export type Apart = Readonly<{ run(task: unknown, signal?: AbortSignal): Promise<unknown> }>

export type Fetched =
  | Readonly<{
      outcome: 'found'
      body: Uint8Array
      contentType: string
      /** Of an answer that may be used again: when it came. */
      fetchedAt?: Date
    }>
  | Readonly<{ outcome: 'refused' | 'unreachable' | 'missing'; reason: string }>

export const ROLES = [
  'platform-admin',
  'school-staff',
  'school-approver',
  'liaison-officer',
  'company-admin',
  'company-endorser',
  'scheme-coordinator',
  'academic-referent',
  'student',
] as const
export type Role = (typeof ROLES)[number]

/** A role held now. The platform administrator's has no organisation. */
export type Assignment = Readonly<{ role: Role; organisationId: number | null }>

/** Who wants something done: a person at a page, an API token, or the operator at the command line. */
export type Actor = Readonly<{
  personId: number | null
  /** For the audit: never a name. */
  publicId: string
  assignments: readonly Assignment[]
  via: 'session' | 'token' | 'operator'
  /**
   * Of a person at a page who has shown nothing lately that lets them commit anybody (`people/step-up.data.ts`): such
   * acts wait until they have. Set where a session is read, and nowhere else.
   */
  mustStepUp?: true
  /** Of a token that is tied to one organisation. */
  organisationId?: number | null
  /** Of an API token; a person at a page has all that their roles allow. */
  scopes: readonly string[]
}>
