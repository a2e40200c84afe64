import { readFile } from 'node:fs/promises'
import type { ClientAuth, Configuration, CustomFetch } from 'openid-client'
import type { SignInProvider } from '../../config.js'
import type { Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import type { Claims } from './rules.js'

/** Loaded when somebody comes by a provider: no start has to wait for it. */
const library = () => import('openid-client')

const TIMEOUT_SECONDS = 5

export type Asking = Readonly<{ state: string; nonce: string; verifier: string }>
export type Proved = Readonly<{ issuer: string; subject: string; claims: Claims }>

/** Where a provider sends people back to: one address for each, so that none can pass for another. */
export function redirectUri({ config }: Pick<Context, 'config'>, { id }: SignInProvider): string {
  return `${config.publicUrl}/sign-in/with/${id}/back`
}

/**
 * The address to which somebody is sent. @param asking.anew whether the provider asks who is there even if it knows
 *
 * @throws {DomainError} overloaded when the provider does not answer
 */
export async function addressToAsk(
  ctx: Context,
  provider: SignInProvider,
  asking: Asking & { anew: boolean },
): Promise<string> {
  const client = await library()
  const configuration = await reach(ctx, provider)
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri(ctx, provider),
    scope: provider.scopes.join(' '),
    state: asking.state,
    nonce: asking.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(asking.verifier),
    code_challenge_method: 'S256',
    ...(provider.acr !== undefined && { acr_values: provider.acr }),
    ...(asking.anew && { prompt: 'login' }),
  })
  return url.href
}

/**
 * Who came back, by the code that they brought. The library holds the answer to `state`, `iss`, PKCE, `nonce`, audience,
 * times, and the signatures of the ID token and of a /userinfo that is a JWT.
 *
 * @param search of the address they came to: '?code=…'
 * @throws {Error} of the library for whatever is wrong; its message may quote what a stranger sent
 */
export async function redeem(
  ctx: Context,
  provider: SignInProvider,
  search: string,
  asked: Asking,
): Promise<Proved> {
  const client = await library()
  const configuration = await reach(ctx, provider)
  const here = new URL(`${redirectUri(ctx, provider)}${search}`)
  const tokens = await client.authorizationCodeGrant(configuration, here, {
    pkceCodeVerifier: asked.verifier,
    expectedState: asked.state,
    expectedNonce: asked.nonce,
    idTokenExpected: true,
  })
  const said = tokens.claims()
  if (!said) throw new Error('no ID token')
  // It was only asked for, in an address that anybody may change.
  const { acr } = said
  if (
    provider.acr !== undefined &&
    (typeof acr !== 'string' || !provider.acr.split(' ').includes(acr))
  )
    throw new Error('another acr than asked for')
  const { iss: issuer, sub: subject } = said
  if (provider.kind === 'generic') return { issuer, subject, claims: said }
  const more = await client.fetchUserInfo(configuration, tokens.access_token, subject)
  return { issuer, subject, claims: { ...said, ...more } }
}

/** Where somebody signs out at a provider; undefined where that can't be asked for. */
export async function addressToSignOut(
  ctx: Context,
  provider: SignInProvider,
): Promise<string | undefined> {
  const client = await library()
  const configuration = await reach(ctx, provider)
  if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined
  return client.buildEndSessionUrl(configuration, {
    post_logout_redirect_uri: `${ctx.config.publicUrl}/`,
  }).href
}

/** Its metadata, read anew each time: keys and addresses change, and somebody signs in rarely. */
async function reach(ctx: Context, provider: SignInProvider): Promise<Configuration> {
  const client = await library()
  const issuer = new URL(provider.issuer)
  // Settings have https alone: this is for servers of tests, which the way out lets through or not.
  const execute = [
    client.enableNonRepudiationChecks,
    ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
  ]
  const metadata = provider.userinfoAlg && { userinfo_signed_response_alg: provider.userinfoAlg }
  const auth = await clientAuth(provider)
  return client
    .discovery(issuer, provider.clientId, metadata, auth, {
      [client.customFetch]: guarded(ctx),
      timeout: TIMEOUT_SECONDS,
      execute,
    })
    .catch((error: unknown) => {
      ctx.log.warn({ event: 'provider-away', provider: provider.id })
      throw away(provider, error)
    })
}

async function clientAuth(provider: SignInProvider): Promise<ClientAuth> {
  const client = await library()
  const { secretFile, secretBy } = provider
  const secret = secretFile ? (await readFile(secretFile, 'utf8')).trim() : provider.secret
  if (secret === undefined) return client.None()
  return secretBy === 'post' ? client.ClientSecretPost(secret) : client.ClientSecretBasic(secret)
}

/** All that the library asks goes out by our guarded way. */
function guarded({ signInServers }: Context): CustomFetch {
  return async (url, { method, headers, body }) => {
    if (!signInServers) throw new Error('nobody is asked here')
    // The library sends forms alone.
    const text = body instanceof URLSearchParams ? body.toString() : undefined
    const answer = await signInServers.send({ url, method, headers, body: text })
    const hasBody = ![101, 204, 205, 304].includes(answer.status)
    const bytes = hasBody ? Uint8Array.from(answer.body) : null
    return new Response(bytes, { status: answer.status, headers: { ...answer.headers } })
  }
}

function away({ name }: SignInProvider, cause: unknown): DomainError {
  return new DomainError(
    'overloaded',
    {
      fr: `${name} ne répond pas en ce moment. Réessayez dans quelques minutes, ou connectez-vous autrement.`,
      en: `${name} does not answer at the moment. Try again in a few minutes, or sign in another way.`,
    },
    { cause },
  )
}
