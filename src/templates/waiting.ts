import type { Actor, Context } from '../context.js'
import { organisationsWith } from '../people/authorize.js'
import type { Waiting } from '../web/components/journey.js'
import { listVersionsOf } from './store.js'

/** The drafts that the actor may publish. */
export async function templatesWaiting(ctx: Context, actor: Actor): Promise<Waiting[]> {
  const companies = organisationsWith(actor, 'publish-template')
  const versions = await Promise.all(companies.map((id) => listVersionsOf(ctx.db, id)))
  const drafts = versions
    .flat()
    .filter(({ publishedAt, archivedAt }) => publishedAt === null && archivedAt === null)
  if (drafts.length === 0) return []
  const words = { fr: 'Badges à publier', en: 'Badges to publish' }
  return [{ words, href: '/definitions', count: drafts.length }]
}
