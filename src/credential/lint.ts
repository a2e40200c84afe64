import { guardBadge } from './guard.js'
import { LIMITS } from './limits.js'
import { canonize } from './canonical.js'
import { toZod } from './model.js'
import { fold, isPlainMarkdown, readText, type ReadText } from './read-text.js'
import { at, imagesOf, numbersOf, textsOf } from './parts.js'
import type { Likeness } from './precedent.js'
import type { Json } from './values.js'

/** What the lint compares a credential with; all of it is known before it is built. */
export type Expected = Readonly<{
  kind: 'AchievementCredential' | 'EndorsementCredential'
  /** Id of the organisation whose key will sign. */
  issuer: string
  now: Date
  /** Address of this service: what a credential shows is served by it, and by nobody else. */
  service: string
  /** What the store has given to this credential alone, and gives to no other. */
  reserved: Reserved
  /** What must not appear, in any spelling: names, birth date, INE, e-mail of the student. */
  forbidden: readonly string[]
  /** The status list of the issuer, and how many entries it has. */
  statusList: string
  statusEntries: number
  /** The persons who committed to it, in order; at least two different ones for an award. */
  approvals: readonly Readonly<{ by: string; digest: string }>[]
  /** What they committed to. */
  digest: string
  /**
   * Id of the badge definition, for an endorsement of one: who may publish commits the company to
   * it alone.
   */
  definition?: string
}>

export type Reserved = Readonly<{
  id: string
  /** Whom or what it is about: of an award random, and used for nothing else. */
  subject: string
  /** Its place in the status list. */
  position: number
}>

export type LintFault = Readonly<{ lint: string; detail: string }>

const DAY_MS = 86_400_000
/** Decimal digits that a double holds: what has more could be another number to another reader. */
const DIGITS = 15

/** What several lints look at, made once. */
type Looked = Readonly<{ texts: readonly ReadText[]; known: Known }>
/** What whoever asks may know already, and is dear to find out. */
type Known = Readonly<{ isDefined: boolean; bytes: number; likeness?: Likeness | undefined }>

type Lint = (credential: Json, expected: Expected, looked: Looked) => string | undefined

/** Every lint looks at one thing and says what is wrong with it. */
const LINTS: Readonly<Record<string, Lint>> = {
  finite_numbers: (credential) => {
    const numbers = numbersOf(credential)
    if (!numbers.every(Number.isFinite)) return 'a number is not finite'
    return numbers.every((number) => Number(number.toPrecision(DIGITS)) === number)
      ? undefined
      : `a number has more than ${DIGITS} digits: not all readers would have it alike`
  },
  visible_characters: (_credential, _expected, { texts }) =>
    texts.some(({ isUnseen }) => isUnseen) ? 'a text holds characters that nobody sees' : undefined,
  closed_syntax: (credential, { kind }) => {
    // The guard wants a proof; an unsigned document gets a stand-in for the check only.
    const findings = guardBadge({ ...credential, proof: [STAND_IN] }, kind)
    return findings[0] && `${findings[0].code} at ${findings[0].pointer}`
  },
  data_model: (credential, { kind }) => {
    const { error } = toZod(kind).safeParse({ ...credential, proof: [STAND_IN] })
    const [issue] = error?.issues ?? []
    return issue && `${issue.message} at /${issue.path.join('/')}`
  },
  defined_terms: (_credential, _expected, { known }) =>
    known.isDefined ? undefined : 'a term, a type or an id has no meaning in the contexts',
  distinct_ids: (credential) => {
    const ids = [
      credential.id,
      at(credential, 'credentialSubject.id'),
      at(credential, 'issuer.id'),
      at(credential, 'credentialSubject.achievement.id'),
    ].filter((id) => id !== undefined)
    if (ids.some((id) => typeof id !== 'string' || !/^(?:https?:\/\/|urn:uuid:|did:)\S+$/.test(id)))
      return 'an id is not absolute'
    return new Set(ids).size === ids.length ? undefined : 'two things have one id'
  },
  as_reserved: (credential, { reserved: { id, subject, position } }) =>
    credential.id === id &&
    at(credential, 'credentialSubject.id') === subject &&
    at(credential, 'credentialStatus.statusListIndex') === String(position)
      ? undefined
      : 'its id, its subject or its place is not the one that was reserved for it',
  own_issuer: (credential, { issuer }) =>
    at(credential, 'issuer.id') === issuer
      ? undefined
      : 'the issuer is not the one whose key signs',
  random_subject: (credential, { kind }) =>
    kind === 'EndorsementCredential' ||
    /^(?:urn:uuid:[0-9a-f-]{36}|did:key:z\w+)$/.test(String(at(credential, 'credentialSubject.id')))
      ? undefined
      : 'the subject is no random urn:uuid and no did:key',
  valid_from: (credential, { now }) => {
    const from = Date.parse(String(credential.validFrom))
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(credential.validFrom)) &&
      from <= now.getTime() &&
      from >= now.getTime() - DAY_MS
      ? undefined
      : 'validFrom is not within the last 24 hours, in whole seconds'
  },
  valid_until: ({ validFrom, validUntil }) =>
    validUntil === undefined ||
    (typeof validUntil === 'string' && Date.parse(validUntil) > Date.parse(String(validFrom)))
      ? undefined
      : 'validUntil is not after validFrom',
  status_place: (credential, { statusList, statusEntries }) => {
    const index = String(at(credential, 'credentialStatus.statusListIndex'))
    const inside = /^\d+$/.test(index) && Number(index) < statusEntries
    return inside &&
      at(credential, 'credentialStatus.statusListCredential') === statusList &&
      at(credential, 'credentialStatus.id') === `${statusList}#${index}`
      ? undefined
      : 'the status is no place in the list of the issuer'
  },
  own_image: (credential, { service }) =>
    imagesOf(credential).every(
      (image) => image.startsWith(`${service}/`) || image.startsWith('data:image/png;base64,'),
    )
      ? undefined
      : 'an image is not served by this service: its host could change it, and see who looks',
  no_personal_data: (_credential, { forbidden }, { texts }) => {
    if (texts.some(({ isPersonal }) => isPersonal))
      return 'a text looks like an address, a student number or a telephone number'
    return forbidden
      .map(fold)
      .some((word) => word.length > 1 && texts.some(({ folded }) => folded.includes(` ${word} `)))
      ? 'a text holds personal data of the student'
      : undefined
  },
  plain_markdown: (credential) =>
    [
      at(credential, 'credentialSubject.achievement.criteria.narrative'),
      at(credential, 'credentialSubject.endorsementComment'),
    ].some((text) => typeof text === 'string' && (text.length > 4_000 || !isPlainMarkdown(text)))
      ? 'a text has HTML, an image or a link that is not https'
      : undefined,
  two_persons: (credential, { kind, approvals, digest, definition }) => {
    const persons = new Set(approvals.map(({ by }) => by))
    if (approvals.some((approval) => approval.digest !== digest))
      return 'somebody committed to something else'
    const ofDefinition =
      kind === 'EndorsementCredential' &&
      definition !== undefined &&
      at(credential, 'credentialSubject.id') === definition
    return persons.size >= (ofDefinition ? 1 : 2) && persons.size === approvals.length
      ? undefined
      : 'two different persons must have committed to it'
  },
  size: (_credential, _expected, { known }) =>
    known.bytes <= LIMITS.ownBadgeBytes ? undefined : `larger than ${LIMITS.ownBadgeBytes} bytes`,
}

export const LINT_NAMES = Object.keys(LINTS)
/** What has no JSON form (a number that is not finite, half a letter) can't be looked at further. */
const FIRST = ['finite_numbers', 'visible_characters']
/** Those that no text of its kind can change: a precedent answers them. */
const OF_FORM = ['finite_numbers', 'closed_syntax', 'data_model', 'own_image']

/**
 * Everything that is wrong with a credential that is about to be signed; nothing: it may be.
 *
 * @param known `likeness`: to others for the same service, of which one that has passed spares this one the lints of form
 */
export async function lint(
  credential: Json,
  expected: Expected,
  known?: Known,
): Promise<LintFault[]> {
  const likeness = known?.likeness
  const alike = likeness?.precedent.read(likeness.texts)
  const looked = {
    texts: alike ?? textsOf(credential).map(readText),
    known: known ?? (await knowOf(credential)),
  }
  const faults: LintFault[] = []
  for (const [name, check] of Object.entries(LINTS)) {
    if (alike && OF_FORM.includes(name)) continue
    const detail = check(credential, expected, looked)
    if (detail !== undefined) faults.push({ lint: name, detail })
    if (detail !== undefined && FIRST.includes(name)) break
  }
  if (faults.length === 0) likeness?.precedent.pass()
  return faults
}

async function knowOf(credential: Json): Promise<Known> {
  const isDefined = await canonize(credential).then(
    () => true,
    () => false,
  )
  return { isDefined, bytes: Buffer.byteLength(JSON.stringify(credential)) }
}

const STAND_IN = { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' }
