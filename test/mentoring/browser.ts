import request from 'supertest'
import { createApp } from '../../src/app.js'
import { openSession, sessionCookie } from '../../src/people/sessions.js'
import { findPersonByEmail } from '../../src/people/store.js'
import type { World } from '../support/world.js'

type Fields = Record<string, string | string[]>

/** A browser of somebody who is signed in: it keeps cookies (which are Secure, so by hand). */
export async function browserOf(world: World, email: string) {
  const app = createApp(world)
  const person = await findPersonByEmail(world.db, email)
  // A password costs a tenth of a second, and is tried elsewhere.
  const session = await openSession(world, world.db, person!.id)
  const cookies = new Map([[sessionCookie(world.config.publicUrl).name, session]])
  const keep = (answer: request.Response) => {
    for (const cookie of answer.get('Set-Cookie') ?? []) {
      const [name, value] = cookie.split(';')[0]!.split('=') as [string, string]
      cookies.set(name, value)
    }
    return answer
  }
  const cookie = () => [...cookies].map((pair) => pair.join('=')).join('; ')
  const get = async (path: string) => keep(await request(app).get(path).set('Cookie', cookie()))
  /** Sends a form with the token of the page that it is on, and nothing else that was not given. */
  const send = async (path: string, fields: Fields) => {
    const { text } = await get(path)
    const _csrf = /name="_csrf" value="([^"]*)"/.exec(text)?.[1] ?? ''
    const sent = request(app).post(path).set('Cookie', cookie())
    return keep(
      await sent
        .set('Sec-Fetch-Site', 'same-origin')
        .type('form')
        .send({ ...fields, _csrf }),
    )
  }
  return { get, send }
}

/** What a page says, without its tags: to be read as a person reads it. */
export function textOf({ text }: request.Response): string {
  return text
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', '’')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/g, ' ')
}
