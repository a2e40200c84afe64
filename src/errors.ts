import type { Words } from './words.js'

/**
 * The reasons for which this service refuses to do something. A code names a
 * rule of the domain, never an HTTP status: web/problems.ts gives it one.
 */
export type ErrorCode =
  | 'invalid-request'
  | 'sign-in-required'
  | 'step-up-required'
  | 'wrong-credentials'
  | 'cross-site-request'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'rule-refused'
  | 'unacknowledged'
  | 'method-not-allowed'
  | 'too-large'
  | 'unsupported-type'
  | 'too-many-requests'
  | 'overloaded'
  | 'keys-away'
  | 'store-busy'
  | 'store-full'
  | 'store-failed'
  | 'clock-off'
  | 'verification-aborted'
  | 'not-verified'
  | 'not-supported'

/** One field of the request that is wrong, by JSON Pointer (RFC 6901). */
export type FieldError = Readonly<{ pointer: string; words: Words }>

/**
 * A refusal. Its words are shown to whoever asked, so they never carry a secret and never
 * somebody else's message; `cause` is only logged.
 *
 * `rule` is the number of the domain rule that refused ("PT-03"), if one did. `members` are told
 * beside the usual ones (RFC 9457, 3.2): what another specification wants in such an answer.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: ErrorCode
  readonly words: Words
  readonly fields: readonly FieldError[]
  readonly rule: string | undefined
  readonly members: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    words: Words,
    options: {
      cause?: unknown
      fields?: readonly FieldError[]
      rule?: string
      members?: Readonly<Record<string, unknown>>
    } = {},
  ) {
    super(words.en, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.words = words
    this.fields = options.fields ?? []
    this.rule = options.rule
    this.members = options.members ?? {}
  }
}
