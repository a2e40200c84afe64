import type { Request } from 'express'
import type { Context } from '../context.js'
import { DomainError } from '../errors.js'
import type { Words } from '../words.js'
import type { Asked } from './asked.js'
import { tryCode } from './code-limit.js'
import type { Looked } from './lookups.js'
import { readShortCode } from './short-code.js'

/** A badge of our own behind a link. `mayTravel`: who has the link may have its signed document, too. */
export type OurBadge = Readonly<{ bytes: Uint8Array; mayTravel: boolean }>

/** `not-checked` does not say why: nobody may ask, too many names were wrong, or there is no such link. */
export type NameAnswer = 'matches' | 'differs' | 'not-checked'

/** What is behind a link of our own, from the store. */
export type OurLinks = Readonly<{
  /** Undefined for an address that is none of our links. */
  atUrl(ctx: Context, url: string): Promise<Looked<OurBadge> | undefined>
  /** @param code as `short-code.ts` writes it */
  atCode(ctx: Context, code: string): Promise<Looked<OurBadge>>
  /** Whether the badge behind a code is that of a name. @param asked `code` as `short-code.ts` writes it */
  checkName(ctx: Context, asked: Readonly<{ code: string; name: string }>): Promise<NameAnswer>
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
): Promise<OurBadge> {
  const { ours, req, field } = from
  if ('badge' in asked) return { bytes: asked.badge, mayTravel: true }
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
): Promise<OurBadge> {
  const own = await ours.atUrl(ctx, url)
  if (own) return own.outcome === 'found' ? own.value : refuse(field, CLOSED)
  const fetched = await ctx.outside.fetchText(
    url,
    'application/vc, application/ld+json, image/png, image/svg+xml',
  )
  if (fetched.outcome !== 'found') return refuse(field, NOTHING_THERE)
  return { bytes: fetched.body, mayTravel: true }
}

function refuse(field: string, words: Words): never {
  throw new DomainError('invalid-request', words, { fields: [{ pointer: `/${field}`, words }] })
}

// One answer, whether there never was such a code or its link opens no more: nobody learns which.
const NO_SUCH_CODE = {
  fr: 'Aucun badge partagé n’a ce code. Relisez-le : 8 lettres ou chiffres, comme 7K3M-Q0ZD. Son lien ne s’ouvre peut-être plus : demandez-en un nouveau à la personne.',
  en: 'No shared badge has this code. Read it again: 8 letters or digits, like 7K3M-Q0ZD. Its link may open no more: ask the person for a new one.',
}
const CLOSED = {
  fr: 'Ce lien de partage n’existe pas, ou ne s’ouvre plus. Demandez à la personne qui vous l’a donné un nouveau lien, ou le fichier du badge.',
  en: 'This share link does not exist, or opens no more. Ask whoever gave it to you for a new link, or for the file of the badge.',
}
const NOTHING_THERE = {
  fr: 'Aucun badge n’a pu être lu à cette adresse. Vérifiez-la, ou envoyez le fichier du badge.',
  en: 'No badge could be read at this address. Check it, or send the file of the badge.',
}
