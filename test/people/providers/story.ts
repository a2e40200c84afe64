import request from 'supertest'
import { createApp } from '../../../src/app.js'
import { loadConfig, type SignInProvider } from '../../../src/config.js'
import { sessionCookie } from '../../../src/people/sessions.js'
import { openSignInServers } from '../../../src/web/safe-fetch.js'
import { openWorld, type World } from '../../support/world.js'
import { PASSWORD } from '../people.js'
import type { IdentityProvider } from './identity-provider.js'

/** Passkeys are required, as in a real service; the providers are on this machine. */
export function worldWith(providers: readonly SignInProvider[]): Promise<World> {
  const settings = { NODE_ENV: 'test', PUBLIC_URL: 'https://sceau.example' }
  return openWorld({
    config: { ...loadConfig(settings), signInProviders: providers },
    signInServers: openSignInServers({ loopback: true }),
  })
}

export type Browser = ReturnType<typeof openBrowser>

/** Somebody's browser at the whole service. */
export function openBrowser(world: World) {
  const app = createApp(world)
  const cookies = new Map<string, string>()
  const session = sessionCookie(world.config.publicUrl).name
  const keep = (answer: request.Response) => {
    for (const set of answer.get('Set-Cookie') ?? []) {
      const [name = '', value = ''] = set.split(';')[0]!.split(/=(.*)/s)
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  const cookie = () => [...cookies].map((pair) => pair.join('=')).join('; ')
  const get = async (path: string) => {
    const asked = request(app).get(path).set('Accept', 'text/html')
    return keep(await asked.set('Cookie', cookie()))
  }
  const csrf = async () => {
    if (!cookies.has(session)) return undefined
    return /name="_csrf" value="([^"]*)"/.exec((await get('/sign-out')).text)?.[1]
  }
  const send = async (path: string, fields: Record<string, string>) => {
    const _csrf = await csrf()
    const asked = request(app).post(path).set('Cookie', cookie()).set('Accept', 'text/html')
    const form = _csrf === undefined ? fields : { ...fields, _csrf }
    return keep(await asked.set('Sec-Fetch-Site', 'same-origin').type('form').send(form))
  }
  /** Presses a button of ours. @returns the address of the provider that it leads to */
  const leave = async (id: string, fields: Record<string, string> = {}) => {
    const { text } = await send(`/sign-in/with/${id}`, fields)
    const [, url] = /http-equiv="refresh" content="0;url=([^"]*)"/.exec(text) ?? []
    if (url === undefined) throw new Error(text)
    return new URL(url.replaceAll('&amp;', '&'))
  }
  const back = (url: URL) => get(`${url.pathname}${url.search}`)
  return {
    ...{ cookies, get, send, leave, back },
    isIn: () => cookies.has(session),
    signIn: (email: string) => send('/sign-in', { email, password: PASSWORD }),
    /** Out to the provider, in there, and back. */
    async by({ settings, visit }: IdentityProvider, fields: Record<string, string> = {}) {
      return back(await visit((await leave(settings.id, fields)).href))
    },
  }
}

/** What nobody may have changed. */
export async function standing({ db }: World) {
  const identities = await db.selectFrom('identities').selectAll().orderBy('id').execute()
  const persons = await db.selectFrom('persons').selectAll().orderBy('id').execute()
  const sessions = await db.selectFrom('web_sessions').select(['id', 'ended_at']).execute()
  const invitations = await db.selectFrom('invitations').selectAll().execute()
  return { identities, persons, sessions, invitations }
}
