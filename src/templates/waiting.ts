import type { Actor, Context } from '../context.js'
import { organisationsWith } from '../people/authorize.js'
import type { Waiting } from '../web/components/journey.js'
import { seePublication } from './see-publication.js'
import { seeTemplates } from './see-templates.js'

/** The drafts that somebody else has proposed and the actor may publish; and those that wait for the administrator to propose them. */
export async function templatesWaiting(ctx: Context, actor: Actor): Promise<Waiting[]> {
  const seen = organisationsWith(actor, 'publish-template').length > 0
  const standsIn = organisationsWith(actor, 'stand-in-for-company').length > 0
  if (!seen && !standsIn) return []
  const drafts = (await seeTemplates(ctx, actor))
    .flat()
    .filter(({ publishedAt, archivedAt }) => publishedAt === null && archivedAt === null)
  const publications = await Promise.all(drafts.map((one) => seePublication(ctx, actor, one)))
  const toPublish = publications.filter((one) => one.as !== undefined).length
  const administered = organisationsWith(actor, 'archive-template')
  const toPropose = drafts.filter(
    ({ proposal, creatorId }) => proposal === null && administered.includes(creatorId),
  ).length
  return [
    { words: { fr: 'Badges à publier', en: 'Badges to publish' }, count: toPublish },
    { words: { fr: 'Badges à proposer', en: 'Badges to propose' }, count: toPropose },
  ].flatMap(({ words, count }) => (count === 0 ? [] : [{ words, href: '/definitions', count }]))
}
