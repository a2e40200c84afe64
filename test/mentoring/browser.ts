import request from 'supertest'
import { createApp } from '../../src/app.js'
import { PASSWORD } from '../people/people.js'
import type { World } from '../support/world.js'

type Fields = Record<string, string | string[]>

/** A browser of somebody who is signed in: it keeps cookies (which are Secure, so by hand). */
export async function browserOf(world: World, email: string) {
  const app = createApp(world)
  const cookies = new Map<string, string>()
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
  await send('/sign-in', { email, password: PASSWORD })
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
