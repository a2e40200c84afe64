import type { Context } from '../context.js'
import { prepareToken, signToken, TOKEN_FORMS } from '../credential/badge-token.js'
import type { JwsForm } from '../credential/check-jws.js'
import { Lately } from '../credential/lately.js'
import { isObject, type Json } from '../credential/values.js'
import { DomainError } from '../errors.js'
import { didOf, KeyChanged, whileKeySigns } from '../people/keys.js'
import { findOrganisationBySlug, type Organisation } from '../people/store.js'
import { tokenSigner } from '../people/token-keys.js'
import { checkCredential } from '../verifier/check-credential.js'
import { readBadge } from '../verifier/read-input.js'
import { lookupsOf } from './own-lookups.js'

/** Keys change rarely: one change while a token is signed happens, several do not. */
const TRIES = 4
/** About 6 KiB each. One that was made lately saves a signature and a turn at the store. */
const tokensLately = new Lately<string>(128)

/**
 * A released badge as a token, signed now by the key that its issuer has in use, whatever key signed the badge
 * itself: the same key gives the same token. Only what our verifier still believes is signed anew, so that
 * a stolen key gains nothing by it.
 *
 * @param document as it was released
 * @throws {DomainError} conflict when its own signature does not count any more
 */
export async function badgeToken(ctx: Context, document: string, form: JwsForm): Promise<string> {
  await assertBelieved(ctx, document)
  for (let tries = 0; tries < TRIES; tries++) {
    const token = await makeToken(ctx, document, form).catch(isOfEndedKey)
    if (token !== undefined) return token
  }
  throw new Error('The keys of an organisation change faster than they sign.')
}

function isOfEndedKey(error: unknown): undefined {
  if (!(error instanceof KeyChanged)) throw error
}

/** @throws {KeyChanged} nothing has left */
async function makeToken(ctx: Context, document: string, form: JwsForm): Promise<string> {
  const badge = JSON.parse(document) as Json
  const issuer = await issuerOf(ctx, badge)
  const signer = await tokenSigner(ctx, issuer, TOKEN_FORMS[form].algorithm)
  const signedAt = new Date(Math.max(signer.since.getTime(), createdOf(badge)))
  const prepared = prepareToken(badge, form, { kid: signer.kid, signedAt })
  const known = tokensLately.get(prepared.input)
  if (known !== undefined) return known
  const token = await signToken(prepared, signer.sign)
  await whileKeySigns(ctx, signer.name, async () => undefined)
  tokensLately.set(prepared.input, token)
  return token
}

/** Whether it is true and its issuer's, by our log too; revoked and expired badges are told as such elsewhere. */
async function assertBelieved(ctx: Context, document: string): Promise<void> {
  const lookups = lookupsOf(ctx)
  const read = await readBadge(Buffer.from(document), lookups.work)
  if (!('fault' in read) && !('assertion' in read)) {
    const found = await checkCredential(read, { lookups, now: ctx.now() })
    if (found.proof?.result === 'pass' && found.issuer_binding?.result === 'pass') return
  }
  throw new DomainError('conflict', {
    fr: 'La clé qui a signé ce badge ne compte plus, et notre journal ne connaissait pas le badge avant : il n’en est pas fait de jeton (.jwt). Demandez à l’établissement de le délivrer de nouveau.',
    en: 'The key that signed this badge counts no more, and our log did not know the badge before: no token (.jwt) is made of it. Ask the school to issue it again.',
  })
}

async function issuerOf(ctx: Context, { issuer }: Json): Promise<Organisation> {
  const id = isObject(issuer) ? String(issuer.id) : ''
  const slug = id.slice(didOf(ctx.config.publicUrl, '').length)
  const organisation = await findOrganisationBySlug(ctx.db, slug)
  if (organisation && didOf(ctx.config.publicUrl, organisation.slug) === id) return organisation
  throw new Error(`The badge is of an issuer that is not ours: ${id}`)
}

/** When the badge itself was signed, in milliseconds. */
function createdOf({ proof }: Json): number {
  const [first] = proof as readonly Json[]
  return Date.parse(String(first?.created))
}
