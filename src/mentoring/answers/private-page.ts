import type { Request } from 'express'

/** What is behind a link is for one person: nothing keeps it, and no search engine lists it. */
export function keepPrivate(req: Request): void {
  req.res?.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' })
}
