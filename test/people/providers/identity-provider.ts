import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import type { SignInProvider } from '../../../src/config.js'

const SECRET = 'a-secret-of-tests-and-of-nothing-else'
const BACK = 'https://sceau.example/sign-in/with'

/** A real OpenID provider on this machine, and whoever sits before its login page. */
export type IdentityProvider = Readonly<{
  settings: SignInProvider
  /** Who says at the login page that they are there, and what the provider says of them. */
  who: { sub: string; claims: Record<string, unknown> }
  /** Signs in there. @returns the address to which the browser is sent back */
  visit(url: string): Promise<URL>
  close(): Promise<void>
}>

/** @param backs addresses of ours that it knows, if not the one of the settings of tests */
export async function openIdentityProvider(
  id: string,
  more: Partial<SignInProvider> = {},
  backs: string[] = [`${BACK}/${id}/back`],
): Promise<IdentityProvider> {
  const who = { sub: 'subject-1', claims: {} as Record<string, unknown> }
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = providerAt(issuer, { id, who, more, backs })
  const answer = provider.callback()
  server.on('request', (req, res) => {
    if (!req.url?.startsWith('/login/')) return void answer(req, res)
    const login = { accountId: who.sub }
    void provider.interactionFinished(req, res, { login })
  })
  const settings: SignInProvider = {
    ...{ id, name: `Service ${id}`, issuer, clientId: 'sceau', secret: SECRET },
    ...{ secretBy: 'basic', scopes: ['openid', 'profile', 'email'], kind: 'generic' },
    ...more,
  }
  return { settings, who, visit: (url) => visit(url), close: () => closed(server) }
}

type Registered = Readonly<{
  id: string
  who: IdentityProvider['who']
  more: Partial<SignInProvider>
  backs: string[]
}>

function providerAt(issuer: string, { id, who, more, backs }: Registered): Provider {
  const { userinfoAlg } = more
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: id }
  return new Provider(issuer, {
    clients: [
      {
        client_id: 'sceau',
        client_secret: SECRET,
        redirect_uris: backs,
        post_logout_redirect_uris: ['https://sceau.example/'],
        ...(userinfoAlg && { userinfo_signed_response_alg: userinfoAlg }),
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['of tests'] },
    features: { devInteractions: { enabled: false }, jwtUserinfo: { enabled: true } },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: {
      openid: ['sub', 'siret', 'FrEduCtPersonAffiliation', 'FrEduCtEleveUAI'],
      profile: ['given_name', 'usual_name', 'family_name'],
      email: ['email', 'email_verified'],
    },
    interactions: { url: (_ctx, { uid }) => `/login/${uid}` },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, ...who.claims }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client!.clientId,
        accountId: oidc.session!.accountId!,
      })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  })
}

/** A browser of its own each time: nobody is signed in at the provider before. */
async function visit(first: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let url = new URL(first)
  for (let hops = 0; hops < 10; hops++) {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const set of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = set.split(';')[0]!.split(/=(.*)/s)
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location === null) throw new Error(`${answer.status} ${await answer.text()}`)
    url = new URL(location, url)
    if (url.host !== new URL(first).host) return url
  }
  throw new Error('It never came back.')
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((done) => server.close(() => done()))
}
