import type { Express } from 'express'
import request from 'supertest'
import { createApp } from '../../src/app.js'
import { openSession, sessionCookie } from '../../src/people/sessions.js'
import { findPersonByEmail } from '../../src/people/store.js'
import type { World } from '../support/world.js'

type Upload = Readonly<{ name: string; bytes: Buffer }>
type Fields = Record<string, string | string[]>

/** A browser of somebody who is signed in: it keeps cookies (which are Secure, so by hand). */
export async function browserOf(world: World, email: string) {
  const app = createApp(world)
  const person = await findPersonByEmail(world.db, email)
  // A password costs a tenth of a second, and is tried elsewhere.
  const session = await openSession(world, world.db, person!.id)
  return tabOf(app, new Map([[sessionCookie(world.config.publicUrl).name, session]]))
}

/** A browser of anybody: at an application, or at the address of a service that runs. */
export function tabOf(app: Express | string, cookies = new Map<string, string>()) {
  const keep = (answer: request.Response) => {
    for (const cookie of answer.get('Set-Cookie') ?? []) {
      const [name, value] = cookie.split(';')[0]!.split('=') as [string, string]
      cookies.set(name, value)
    }
    return answer
  }
  const cookie = () => [...cookies].map((pair) => pair.join('=')).join('; ')
  const get = async (path: string) => keep(await request(app).get(path).set('Cookie', cookie()))
  /** The bytes of a file. */
  const download = async (path: string): Promise<Uint8Array> => {
    const answer = await request(app).get(path).set('Cookie', cookie()).responseType('blob')
    return new Uint8Array(answer.body as Buffer)
  }
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
  /** Sends exactly these fields: the page's token is not added. */
  const sendAs = async (path: string, fields: Fields) => {
    const sent = request(app).post(path).set('Cookie', cookie()).set('Accept', 'text/html')
    return keep(await sent.set('Sec-Fetch-Site', 'same-origin').type('form').send(fields))
  }
  /** Sends a form with a file, as a browser does. */
  const upload = async (path: string, fields: Record<string, string>, file: Upload) => {
    const { text } = await get(path)
    const _csrf = /name="_csrf" value="([^"]*)"/.exec(text)?.[1] ?? ''
    const sent = request(app).post(path).set('Cookie', cookie()).set('Accept', 'text/html')
    return keep(await sent.field({ ...fields, _csrf }).attach('file', file.bytes, file.name))
  }
  return { get, download, send, sendAs, upload }
}

/** What a page says, without its tags: to be read as a person reads it. */
export function textOf({ text }: request.Response): string {
  return text
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', '’')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/g, ' ')
}
