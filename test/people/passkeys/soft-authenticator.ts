import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { encode } from 'cborg'

/** What an answer may be made to get wrong. */
export type Wrong = Readonly<{
  origin?: string
  rpId?: string
  /** Whether its user was verified. */
  verified?: boolean
  /** Inside a page of another site. */
  crossOrigin?: boolean
  counter?: number
  challenge?: string
  userHandle?: string
  /** A signature of another key. */
  forged?: boolean
}>

/** The parts of the options that an authenticator looks at. */
type Options = Readonly<{ challenge: string }>

const PRESENT = 0x01
const VERIFIED = 0x04
const ATTESTED = 0x40

/** A device with one passkey, P-256, whose browser is at `origin`: what it answers is sent as JSON. */
export function softAuthenticator(publicUrl = 'https://sceau.example') {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  const { hostname } = new URL(publicUrl)
  let counter = 0

  const clientData = (type: string, { challenge }: Options, wrong: Wrong) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: wrong.challenge ?? challenge,
        origin: wrong.origin ?? new URL(publicUrl).origin,
        crossOrigin: wrong.crossOrigin ?? false,
      }),
    )
  const authData = (flags: number, wrong: Wrong, attested = Buffer.alloc(0)) => {
    const head = Buffer.alloc(5)
    head[0] = PRESENT | (wrong.verified === false ? 0 : VERIFIED) | flags
    head.writeUInt32BE(wrong.counter ?? counter, 1)
    return Buffer.concat([sha256(wrong.rpId ?? hostname), head, attested])
  }
  const answer = (response: Record<string, unknown>) => {
    const text = id.toString('base64url')
    return JSON.stringify({ id: text, rawId: text, type: 'public-key', response })
  }

  return {
    credentialId: id.toString('base64url'),
    /** `navigator.credentials.create` */
    register(options: Options, wrong: Wrong = {}): string {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, id, coseOf(key.publicKey)])
      const data = authData(ATTESTED, wrong, attested)
      return answer({
        clientDataJSON: clientData('webauthn.create', options, wrong).toString('base64url'),
        attestationObject: Buffer.from(
          encode({ fmt: 'none', attStmt: {}, authData: Uint8Array.from(data) }),
        ).toString('base64url'),
        transports: ['internal'],
      })
    },
    /** `navigator.credentials.get`; it has counted on. */
    assert(options: Options, wrong: Wrong = {}): string {
      counter += 1
      const client = clientData('webauthn.get', options, wrong)
      const data = authData(0, wrong)
      const signed = Buffer.concat([data, sha256(client)])
      const signature = sign('sha256', signed, (wrong.forged ? other : key).privateKey)
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
        ...(wrong.userHandle && {
          userHandle: Buffer.from(wrong.userHandle).toString('base64url'),
        }),
      })
    },
  }
}

/** A COSE_Key: EC2, ES256, P-256, with its point. */
function coseOf(publicKey: ReturnType<typeof generateKeyPairSync>['publicKey']): Uint8Array {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' }) as { x?: string; y?: string }
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'))
  return encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ]),
  )
}

function sha256(bytes: string | Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
