import type { Request } from 'express'
import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import type { Words } from '../words.js'
import type { Asked } from './asked.js'
import { tryCode } from './code-limit.js'
import type { Looked } from './lookups.js'
import { readShortCode } from './short-code.js'

/** What is behind a link of our own, from the store. */
export type OurLinks = Readonly<{
  /** Undefined for an address that is none of our links. */
  atUrl(ctx: Context, url: string): Promise<Looked<Uint8Array> | undefined>
  /** @param code as `short-code.ts` writes it */
  atCode(ctx: Context, code: string): Promise<Looked<Uint8Array>>
}>

/**
 * The bytes that are to be verified: those that were sent, or those behind a link or a short code.
 *
 * @param field the field of the page's form, which takes all three; else each has its own name
 * @throws {DomainError} invalid-request, or too-many-requests for guessed codes
 */
export async function bytesOf(
  ctx: Context,
  asked: Asked,
  from: Readonly<{ ours: OurLinks; req: Request; field?: string }>,
): Promise<Uint8Array> {
  const { ours, req, field } = from
  if ('badge' in asked) return asked.badge
  if ('url' in asked) return fetchBadge(ctx, asked.url, ours, field ?? 'url')
  const code = readShortCode(asked.code)
  const found = await tryCode(ctx, req, async () =>
    code === undefined ? { outcome: 'missing' as const } : ours.atCode(ctx, code),
  )
  return found.outcome === 'found' ? found.value : refuse(field ?? 'code', NO_SUCH_CODE)
}

/** A badge behind a link: of ours from the store, of others through the one guarded way out. */
async function fetchBadge(
  ctx: Context,
  url: string,
  ours: OurLinks,
  field: string,
): Promise<Uint8Array> {
  const own = await ours.atUrl(ctx, url)
  if (own) return own.outcome === 'found' ? own.value : refuse(field, CLOSED)
  const fetched = await ctx.outside.fetchText(
    url,
    'application/vc, application/ld+json, image/png, image/svg+xml',
  )
  return fetched.outcome === 'found' ? fetched.body : refuse(field, NOTHING_THERE)
}

function refuse(field: string, words: Words): never {
  throw new DomainError('invalid-request', words, { fields: [{ pointer: `/${field}`, words }] })
}

// One answer, whether there never was such a code or its link was closed: nobody learns which.
const NO_SUCH_CODE = {
  fr: 'Aucun badge partagé n’a ce code. Relisez-le : 8 lettres ou chiffres, comme 7K3M-Q0ZD. Le lien a peut-être été fermé : demandez-en un nouveau à la personne.',
  en: 'No shared badge has this code. Read it again: 8 letters or digits, like 7K3M-Q0ZD. The link may have been closed: ask the person for a new one.',
}
const CLOSED = {
  fr: 'Ce lien de partage n’existe pas, ou la personne qui l’avait ouvert l’a fermé. Demandez-lui un nouveau lien, ou le fichier du badge.',
  en: 'This share link does not exist, or whoever had opened it has closed it. Ask them for a new link, or for the file of the badge.',
}
const NOTHING_THERE = {
  fr: 'Aucun badge n’a pu être lu à cette adresse. Vérifiez-la, ou envoyez le fichier du badge.',
  en: 'No badge could be read at this address. Check it, or send the file of the badge.',
}
