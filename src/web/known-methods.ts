import type { IRouter } from 'express'
import { DomainError } from '../errors.js'
import type { Page } from './page.js'
import type { Route } from './route.js'

/**
 * After all pages and operations: an address that there is, asked by a method that it does not have, says so, and by which
 * it is asked. No field of a form and no header stands for a method.
 */
export function refuseOtherMethods(
  router: IRouter,
  { pages, routes }: Readonly<{ pages: readonly Page[]; routes: readonly Route[] }>,
): void {
  const methods = new Map<string, Set<string>>()
  const add = (path: string, ...names: string[]) => {
    const known = methods.get(path) ?? new Set()
    for (const name of names) known.add(name)
    methods.set(path, known)
  }
  for (const { path, submit } of pages) add(path, 'GET', 'HEAD', ...(submit ? ['POST'] : []))
  for (const { path, method } of routes) {
    const names = method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]
    add(path.replaceAll(/\{(\w+)\}/g, ':$1'), ...names)
  }
  for (const [path, known] of methods)
    router.all(path, (req, res, next) => {
      // Another address of the same form may have it.
      if (known.has(req.method)) return next()
      res.set('Allow', [...known].join(', '))
      throw notByThis()
    })
}

function notByThis(): DomainError {
  return new DomainError('method-not-allowed', {
    fr: 'Cette adresse existe, mais pas pour cela : rien n’a été changé. Revenez à la page, et servez-vous de ses boutons.',
    en: 'This address exists, but not for that: nothing was changed. Go back to the page, and use its buttons.',
  })
}
