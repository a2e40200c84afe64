import { wordOf } from './values.js'
import { decodeStatusList } from './status-list.js'
import { sha256OfBytes, toByteText, type ByteText } from './byte-text.js'
import { lint, type Expected, type LintFault } from './lint.js'
import type { Likeness } from './precedent.js'

/** Only `prepareCredential` and `restorePrepared` make one: it can't be written down elsewhere. */
const MADE = Symbol('prepared')

/**
 * An unsigned credential that has passed the lint: frozen bytes and their digest. The signer takes
 * nothing else.
 */
export class PreparedCredential {
  /** JSON text, exactly as it will be signed. */
  readonly text: string
  /** The same in UTF-8. */
  readonly bytes: ByteText
  /** JSON text of its contexts. */
  readonly contexts: string
  /** SHA-256 of the text, hex. */
  readonly digest: string
  /** SHA-256 of the canonical form, where it is known: what will be signed. */
  readonly canonical: Buffer | undefined
  /** An object that only looks like one does not type-check, and is refused by `assertPrepared`. */
  readonly #made = true

  static isOne(value: unknown): value is PreparedCredential {
    return typeof value === 'object' && value !== null && #made in value && value.#made
  }

  constructor(made: symbol, credential: Readonly<Record<string, unknown>>, known?: Texts) {
    if (made !== MADE) throw new TypeError('A credential is prepared by prepareCredential only.')
    if ('proof' in credential) throw new LintError([{ lint: 'unsigned', detail: 'it has a proof' }])
    // Of what was linted, also where it came from a text: a key that stood there twice does so no more.
    this.text = known?.text ?? JSON.stringify(credential)
    this.contexts = JSON.stringify(credential['@context'])
    this.bytes = known?.bytes ?? toByteText(this.text)
    this.canonical = known?.canonical
    this.digest = sha256OfBytes(this.bytes, 'hex')
    Object.freeze(this)
  }
}

/** A credential that may not be signed, with all that is wrong with it. */
export class LintError extends Error {
  override readonly name = 'LintError'
  readonly faults: readonly LintFault[]

  constructor(faults: readonly LintFault[]) {
    super(`not signed: ${faults.map((fault) => `${fault.lint} (${fault.detail})`).join('; ')}`)
    this.faults = faults
  }
}

type Texts = Partial<Known> & Readonly<{ text: string; bytes: ByteText }>
/** What is found out once of a JSON text, for the lint and for the signature. */
export type Known = Readonly<{
  /** SHA-256 of its canonical form. */
  canonical: Buffer
  /** To credentials that were linted before. */
  likeness?: Likeness
}>
/** @throws {Error} when it has no canonical form */
export type Know = (json: ByteText) => Promise<Known>

/**
 * @param know makes the canonical form once, for the lint that asks whether there is one and for the signature
 * @throws {LintError} naming every lint that failed; `unsigned` for a credential with a proof
 */
export async function prepareCredential(
  credential: Readonly<Record<string, unknown>>,
  expected: Expected,
  know?: Know,
): Promise<PreparedCredential> {
  const known = know && (await textsOf(credential, know))
  const faults = await lint(
    credential,
    expected,
    known && {
      isDefined: known.canonical !== undefined,
      bytes: known.bytes.length,
      likeness: known.likeness,
    },
  )
  if (faults.length > 0) throw new LintError(faults)
  return new PreparedCredential(MADE, credential, known)
}

async function textsOf(credential: Readonly<Record<string, unknown>>, know: Know): Promise<Texts> {
  const text = JSON.stringify(credential)
  const bytes = toByteText(text)
  return { text, bytes, ...(await know(bytes).catch(() => undefined)) }
}

/**
 * Takes frozen bytes up again after a restart: they are linted once more, for the row may have
 * been touched. `validFrom` is judged as of the instant at which they were frozen.
 *
 * @throws {LintError}
 */
export async function restorePrepared(
  text: string,
  expected: Expected,
  know?: Know,
): Promise<PreparedCredential> {
  return prepareCredential(JSON.parse(text) as Record<string, unknown>, expected, know)
}

/**
 * A status list has a shape of its own and no person in it: it is ready as it is built, unless it
 * takes a revocation back, which can't be undone.
 *
 * @param published the list that stands at its address now
 * @throws {LintError} type, revocation_kept
 */
export function prepareStatusList(
  list: Readonly<Record<string, unknown>>,
  published?: Readonly<Record<string, unknown>>,
): PreparedCredential {
  if (!Array.isArray(list.type) || !list.type.includes('BitstringStatusListCredential')) {
    throw new LintError([{ lint: 'type', detail: 'not a status list' }])
  }
  if (published !== undefined && !keepsBits(published, list)) {
    throw new LintError([{ lint: 'revocation_kept', detail: 'a revocation would be taken back' }])
  }
  return new PreparedCredential(MADE, list)
}

/** Whether every bit that was set is still set. */
function keepsBits(...lists: Readonly<Record<string, unknown>>[]): boolean {
  const [before, after] = lists.map(({ credentialSubject: subject }) =>
    decodeStatusList(wordOf((subject as Readonly<Record<string, unknown>>).encodedList)),
  )
  if (typeof before !== 'object' || typeof after !== 'object') return false
  return before.every((byte, at) => (byte & ~(after[at] ?? 0)) === 0)
}
