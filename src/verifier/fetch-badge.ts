import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import type { Looked } from './lookups.js'

/** What is behind a link of our own, from the store; undefined for an address that is none. */
export type OurLinks = (ctx: Context, url: string) => Promise<Looked<Uint8Array> | undefined>

/**
 * A badge behind a link: of ours from the store, of others through the one guarded way out.
 *
 * @param field the field that is named when there is none
 * @throws {DomainError} invalid-request
 */
export async function fetchBadge(
  ctx: Context,
  url: string,
  ours: OurLinks,
  field = 'url',
): Promise<Uint8Array> {
  const own = await ours(ctx, url)
  if (own) return own.outcome === 'found' ? own.value : refuse(field, CLOSED)
  const fetched = await ctx.outside.fetchText(
    url,
    'application/vc, application/ld+json, image/png, image/svg+xml',
  )
  return fetched.outcome === 'found' ? fetched.body : refuse(field, NOTHING_THERE)
}

function refuse(field: string, words: typeof CLOSED): never {
  throw new DomainError('invalid-request', words, { fields: [{ pointer: `/${field}`, words }] })
}

const CLOSED = {
  fr: 'Ce lien de partage n’existe pas, ou la personne qui l’avait ouvert l’a fermé. Demandez-lui un nouveau lien, ou le fichier du badge.',
  en: 'This share link does not exist, or whoever had opened it has closed it. Ask them for a new link, or for the file of the badge.',
}
const NOTHING_THERE = {
  fr: 'Aucun badge n’a pu être lu à cette adresse. Vérifiez-la, ou envoyez le fichier du badge.',
  en: 'No badge could be read at this address. Check it, or send the file of the badge.',
}
