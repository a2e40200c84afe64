import express, { type ErrorRequestHandler } from 'express'
import request from 'supertest'
import { DomainError } from '../../src/errors.js'
import { peoplePages } from '../../src/people/pages.js'
import { readVisitor } from '../../src/people/read-visitor.js'
import { mountPages } from '../../src/web/page.js'
import { PROBLEMS } from '../../src/web/problems.js'
import type { World } from '../support/world.js'

/** A browser: it keeps cookies (which are Secure, so by hand), and sends forms with their hidden fields. */
export function browser(world: World) {
  const app = express()
  app.use(readVisitor(world), express.urlencoded({ extended: false }))
  mountPages(app, world, peoplePages, { toStatus: (error) => PROBLEMS[error.code].status })
  const tell: ErrorRequestHandler = (error, _req, res, _next) => {
    res.status(error instanceof DomainError ? PROBLEMS[error.code].status : 500).end(String(error))
  }
  app.use(tell)
  const cookies = new Map<string, string>()
  const keep = (answer: request.Response) => {
    for (const cookie of answer.get('Set-Cookie') ?? []) {
      const [name, value] = cookie.split(';')[0]!.split('=') as [string, string]
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  const cookie = () => [...cookies].map((pair) => pair.join('=')).join('; ')
  const get = async (path: string) => keep(await request(app).get(path).set('Cookie', cookie()))
  return {
    cookies,
    get,
    async send(path: string, fields: Record<string, string | string[]>) {
      const { text } = await get(path)
      const hidden = [...text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)]
      const form = {
        ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])),
        ...fields,
      }
      const sent = request(app).post(path.split('?')[0]!).set('Cookie', cookie())
      return keep(await sent.set('Sec-Fetch-Site', 'same-origin').type('form').send(form))
    },
  }
}
