import type { Express } from 'express'
import request from 'supertest'
import { PASSWORD } from '../people/people.js'

export type Fields = Record<string, string>

/** A browser's tab: it keeps cookies (which are Secure, so by hand) and sends the forms that it was shown. */
export function openTab(app: Express) {
  const cookies = new Map<string, string>()
  const keep = (answer: request.Response) => {
    for (const cookie of answer.get('Set-Cookie') ?? []) {
      const [name, value] = cookie.split(';')[0]!.split('=') as [string, string]
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  const header = () => [...cookies].map((pair) => pair.join('=')).join('; ')
  const get = async (path: string) => keep(await request(app).get(path).set('Cookie', header()))
  const post = async (path: string, fields: Fields) =>
    keep(
      await request(app)
        .post(path)
        .set('Cookie', header())
        .set('Sec-Fetch-Site', 'same-origin')
        .type('form')
        .send(fields),
    )
  return {
    get,
    post,
    /** Sends a form with a file. */
    async file(path: string, fields: Fields, file: string | Buffer) {
      const sent = request(app)
        .post(path)
        .set('Cookie', header())
        .set('Sec-Fetch-Site', 'same-origin')
        .attach('file', Buffer.from(file), 'file.csv')
      for (const [name, value] of Object.entries(fields)) sent.field(name, value)
      return keep(await sent)
    },
    /** Fills in the form of a page that has a field of this name and value, as it is shown now. */
    async send(path: string, marked: Fields, fields: Fields = {}) {
      const hidden = hiddenOf((await get(path)).text, marked)
      return post(path, { ...hidden, ...marked, ...fields })
    },
    async signIn(email: string) {
      const { text } = await get('/sign-in')
      await post('/sign-in', { ...hiddenOf(text, {}), email, password: PASSWORD })
      return this
    },
  }
}

/** The hidden fields of the form that holds `marked`; of the last form without. */
export function hiddenOf(text: string, marked: Fields): Fields {
  const forms = [...text.matchAll(/<form[\s\S]*?<\/form>/g)].map(([form]) =>
    Object.fromEntries(
      [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
        ([, name, value]) => [name!, value!] as const,
      ),
    ),
  )
  const [name, value] = Object.entries(marked)[0] ?? []
  const found = forms.findLast((form) => name === undefined || form[name] === value)
  return found ?? forms.at(-1) ?? {}
}
