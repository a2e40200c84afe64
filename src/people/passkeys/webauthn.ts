import { z } from 'zod'
import type { Config } from '../../config.js'

/** Ed25519, ECDSA on P-256, RSA (COSE): what authenticators have now; the library would offer ML-DSA too. */
const ALGORITHMS = [-8, -7, -257]
const MAX_CHARS = 20_000

/** Whom a passkey is for: our own name alone, whatever a request says. */
export function relyingParty({ publicUrl }: Pick<Config, 'publicUrl'>) {
  const { hostname, origin } = new URL(publicUrl)
  return { rpId: hostname, origin }
}

/** Loaded when somebody comes with a passkey: a fifth of a second, which no start has to wait for. */
const library = () => import('@simplewebauthn/server')

const Base64Url = z.string().regex(/^[\w-]+$/)
const Credential = { id: Base64Url, rawId: Base64Url, type: z.literal('public-key') }
const Registered = z.object({
  ...Credential,
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z
      .array(z.string().regex(/^[\w-]{1,20}$/))
      .max(10)
      .default([]),
  }),
})
const Asserted = z.object({
  ...Credential,
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.nullish(),
  }),
})
export type Registered = z.output<typeof Registered>
export type Asserted = z.output<typeof Asserted>

export const readRegistered = (text: string) => read(Registered, text)
export const readAsserted = (text: string) => read(Asserted, text)

/** What a browser sends of a passkey, as JSON; undefined for anything else. */
function read<T extends z.ZodType>(type: T, text: string): z.output<T> | undefined {
  const parsed = type.safeParse(toJson(text.slice(0, MAX_CHARS)))
  return parsed.success ? parsed.data : undefined
}

const ClientData = z.object({ challenge: z.string(), crossOrigin: z.boolean().default(false) })

/** The challenge that an answer names; undefined for one that comes out of a page of others. */
export function challengeIn(answer: Registered | Asserted): string | undefined {
  const json = Buffer.from(answer.response.clientDataJSON, 'base64url').toString('utf8')
  const parsed = ClientData.safeParse(toJson(json))
  return parsed.success && !parsed.data.crossOrigin ? parsed.data.challenge : undefined
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Registering = Readonly<{
  config: Config
  challenge: Uint8Array
  /** Opaque: a passkey tells it to whoever has the device. */
  handle: string
  /** For the list that the device shows to its owner. */
  name: string
  /** Those that they have. */
  known: readonly string[]
}>

/** What `navigator.credentials.create` takes. */
export async function toRegister({ config, challenge, handle, name, known }: Registering) {
  const { generateRegistrationOptions } = await library()
  return generateRegistrationOptions({
    rpName: 'Sceau',
    rpID: relyingParty(config).rpId,
    challenge: Uint8Array.from(challenge),
    userID: Uint8Array.from(Buffer.from(handle)),
    userName: name,
    userDisplayName: name,
    timeout: config.limits.challengeMs,
    attestationType: 'none',
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  })
}

/** What `navigator.credentials.get` takes. @param allowed those of a person; none: any that the device has for us */
export async function toAssert(config: Config, challenge: Uint8Array, allowed: readonly string[]) {
  const { generateAuthenticationOptions } = await library()
  return generateAuthenticationOptions({
    rpID: relyingParty(config).rpId,
    challenge: Uint8Array.from(challenge),
    allowCredentials: allowed.map((id) => ({ id })),
    timeout: config.limits.challengeMs,
    userVerification: 'required',
  })
}

export type NewCredential = Readonly<{ id: string; publicKey: string; counter: number }>

/** The credential of a registration that is sound, made for us, with its user verified; else undefined. */
export async function verifyRegistered(
  config: Config,
  answer: Registered,
  challenge: string,
): Promise<NewCredential | undefined> {
  const { verifyRegistrationResponse } = await library()
  const { rpId, origin } = relyingParty(config)
  const found = await verifyRegistrationResponse({
    response: { ...answer, response: { ...answer.response }, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
    // The library throws for whatever is wrong: its message may quote what a stranger sent.
  }).catch(() => undefined)
  if (!found?.verified) return undefined
  const { id, publicKey, counter } = found.registrationInfo.credential
  return { id, publicKey: Buffer.from(publicKey).toString('base64url'), counter }
}

/** The count of an assertion that is sound, made for us, with its user verified; else undefined. */
export async function verifyAsserted(
  config: Config,
  answer: Asserted,
  of: Readonly<{ challenge: string; credentialId: string; publicKey: string }>,
): Promise<number | undefined> {
  const { verifyAuthenticationResponse } = await library()
  const { rpId, origin } = relyingParty(config)
  const { userHandle, ...response } = answer.response
  const found = await verifyAuthenticationResponse({
    response: {
      ...answer,
      response: { ...response, ...(userHandle && { userHandle }) },
      clientExtensionResults: {},
    },
    expectedChallenge: of.challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    credential: {
      id: of.credentialId,
      publicKey: Uint8Array.from(Buffer.from(of.publicKey, 'base64url')),
      // Counted by us, once the signature is known to be theirs: the library would look at it first.
      counter: 0,
    },
  }).catch(() => undefined)
  return found?.verified ? found.authenticationInfo.newCounter : undefined
}
