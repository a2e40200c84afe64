import { z } from 'zod'
import { isSignedByJwk } from '../../credential/check-jws.js'
import { didKeyToMultibase, didWebToUrl } from '../../credential/did.js'
import { readMultikey, type KeyType } from '../../credential/multikey.js'
import { readStrictJson } from '../../credential/strict-json.js'
import { hasUnseen } from '../../credential/visible.js'
import { SKEW_MS } from '../../credential/instant.js'

/** What marks the token as a list: a badge can't be taken for one, nor a list for a badge. */
const TYPE = 'issuer-list+jwt'
const ALGORITHMS: Readonly<Partial<Record<KeyType, string>>> = {
  Ed25519: 'EdDSA',
  'P-256': 'ES256',
}
/** Characters of a signed list: 256 KiB of JSON in base64url. */
const MAX_CHARS = 384 * 1024
const MAX_ISSUERS = 2_000
/** A list that nobody renews must end. */
const MAX_DAYS = 366
const DAY_MS = 86_400_000

const Name = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.trim() === text && !hasUnseen(text) && text.isWellFormed(), {
    error: 'must not hold what nobody sees',
  })
const IssuerId = z
  .string()
  .max(500)
  .refine(isIssuerId, { error: 'must be a did:web, a did:key or an https address' })
const Instant = z.iso.datetime()

const Entry = z
  .strictObject({ id: IssuerId, name: Name, from: Instant.optional(), until: Instant.optional() })
  .refine(({ from, until }) => !from || !until || Date.parse(from) < Date.parse(until), {
    path: ['until'],
    error: 'must be after from',
  })

/** What a publisher signs. An unknown field is refused: a misspelt `until` must not be overlooked. */
export const IssuerList = z
  .strictObject({
    id: z.string().max(500).refine(isAbsolute, { error: 'must be an address (https: or urn:)' }),
    publisher: z.strictObject({ id: IssuerId, name: z.strictObject({ fr: Name, en: Name }) }),
    validFrom: Instant,
    validUntil: Instant,
    issuers: z.array(Entry).max(MAX_ISSUERS),
  })
  .refine(({ issuers }) => new Set(issuers.map(({ id }) => id)).size === issuers.length, {
    path: ['issuers'],
    error: 'name an issuer twice',
  })
  .refine(
    ({ validFrom, validUntil }) => isLifetime(Date.parse(validUntil) - Date.parse(validFrom)),
    {
      path: ['validUntil'],
      error: `must be after validFrom, by ${MAX_DAYS} days at most`,
    },
  )
export type IssuerList = z.infer<typeof IssuerList>

/** Why a list is not believed. */
export type ListFault =
  'too_large' | 'form' | 'key' | 'signature' | 'content' | 'address' | 'too_early' | 'out_of_date'

type Expected = Readonly<{
  /** Multikey that must have signed. */
  key: string
  /** Where it was found, if that is an https address: a list names its own. */
  url: string | undefined
  now: Date
}>

/** Reads a signed list: a compact JWS by the pinned key, of a closed form, in time. */
export async function readIssuerList(
  bytes: Uint8Array,
  { key, url, now }: Expected,
): Promise<IssuerList | ListFault> {
  if (bytes.length > MAX_CHARS) return 'too_large'
  const jws = Buffer.from(bytes).toString('latin1').trim()
  const [header, payload] = partsOf(jws)
  if (header === undefined || payload === undefined) return 'form'
  const pinned = readMultikey(key)
  const alg = typeof pinned === 'string' ? undefined : ALGORITHMS[pinned.type]
  if (typeof pinned === 'string' || alg === undefined) return 'key'
  if (!isHeader(header, alg)) return 'form'
  if (!(await isSignedByJwk(jws, { alg }, pinned.key.export({ format: 'jwk' })))) return 'signature'
  const { data: list } = IssuerList.safeParse(payload)
  if (!list) return 'content'
  if (url !== undefined && list.id !== url) return 'address'
  if (Date.parse(list.validFrom) > now.getTime() + SKEW_MS) return 'too_early'
  return Date.parse(list.validUntil) <= now.getTime() ? 'out_of_date' : list
}

/**
 * Signs a list as readIssuerList wants it, with an Ed25519 key.
 *
 * @param sign gives the signature (64 bytes) of the bytes
 */
export async function signIssuerList(
  list: IssuerList,
  sign: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<string> {
  const [header, payload] = [{ alg: 'EdDSA', typ: TYPE }, list].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  const signed = `${header}.${payload}`
  return `${signed}.${Buffer.from(await sign(Buffer.from(signed))).toString('base64url')}`
}

/** `kid` is a note for readers: the pinned key decides. */
function isHeader(header: unknown, alg: string): boolean {
  const Header = z.strictObject({
    alg: z.literal(alg),
    typ: z.literal(TYPE),
    kid: z.string().optional(),
  })
  return Header.safeParse(header).success
}

/** Header and payload of a compact JWS; each undefined if it is none. */
function partsOf(jws: string): unknown[] {
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(jws)) return []
  return jws.split('.', 2).map((part) => {
    const bytes = Buffer.from(part, 'base64url')
    const read = bytes.toString('base64url') === part ? readStrictJson(bytes) : undefined
    return read?.ok ? read.value : undefined
  })
}

function isIssuerId(id: string): boolean {
  if (id.startsWith('did:web:')) return didWebToUrl(id) !== undefined
  return didKeyToMultibase(id) !== undefined || (id.startsWith('https://') && isAbsolute(id))
}

function isAbsolute(id: string): boolean {
  return /^(?:https:\/\/|urn:)[!-~]+$/.test(id) && URL.canParse(id) && !id.includes('#')
}

function isLifetime(milliseconds: number): boolean {
  return milliseconds > 0 && milliseconds <= MAX_DAYS * DAY_MS
}
