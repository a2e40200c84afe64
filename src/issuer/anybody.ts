import type { Request } from 'express'
import { visitorOf, type Visitor } from '../web/visitor.js'

/** A page of a link is the same for everybody: neither who is signed in nor what was added to its address is on it. */
export function anybody(req: Request): Visitor {
  const { language, notice, demo } = visitorOf(req)
  const [path = ''] = req.originalUrl.split('?')
  const nobody = { actor: undefined, name: undefined, csrfToken: undefined, menu: [] }
  return { ...nobody, language, notice, demo, path }
}
