import type { Actor, Context } from '../../context.js'
import { digestOf } from '../../credential/digest.js'
import type { Canonize } from '../../credential/suites/suite.js'
import { isObject, textOf, type Json } from '../../credential/values.js'
import { DomainError } from '../../errors.js'
import { didOf } from '../../people/keys.js'
import { appendAudit } from '../../store/audit.js'
import { appendLeaves } from '../../transparency/append-leaves.js'
import { canonizeIn } from '../../verifier/vc-api/canonize-apart.js'
import { signatureProblems, termProblems } from '../../verifier/vc-api/check-signatures.js'
import { credentialRules } from '../../verifier/vc-api/credential-rules.js'
import { problemsOf, type Problem } from '../../verifier/vc-api/rule.js'
import { lookupsOf } from '../own-lookups.js'
import { toUuidUrn } from '../steps.js'
import { didOfIssuer, ensureIssuers, organisationOf, vcSigner } from './keys.js'
import { assertFitToSign } from './lints.js'
import { proofOptions, secure } from './secure.js'
import { entryAt, openVcListOf, randomPlace } from './status-list.js'
import { insertVcCredential } from './store.js'
import { readWanted, wrong, type IssueOptions, type Wanted } from './wanted.js'

/** A place in a list of which 80 % are taken is free after this many tries but once in a thousand. */
const TRIES = 32

export type IssueInput = Readonly<{ credential: Json; options: IssueOptions }>

/**
 * Signs a credential of any kind with a did:key of the token’s organisation, checks it as anybody would, and
 * records and logs its digest. Its content is kept by nobody here.
 *
 * @returns the credential with its proof
 * @throws {DomainError} forbidden (token of no organisation), invalid-request (its form, the issuer, the suite),
 *   rule-refused (personal data, suspension), verification-aborted or overloaded
 */
export async function issueCredential(
  ctx: Context,
  actor: Actor,
  { credential, options }: IssueInput,
): Promise<Json> {
  const organisation = await organisationOf(ctx, actor)
  const issuers = await ensureIssuers(ctx, organisation)
  const ownDid = didOf(ctx.config.publicUrl, organisation.slug)
  const wanted = readWanted(credential, options, issuers, ownDid)
  assertAsked(credential, options)
  const made = {
    ...credential,
    issuer: issuerIn(credential, didOfIssuer(wanted.issuer)),
    ...idFor(ctx, credential, options),
  }
  const canonize = canonizeIn(ctx.generalApart)
  for (let tries = 0; tries < TRIES; tries++) {
    const place = options.credentialStatus && (await placeFor(ctx, wanted))
    const placed = place ? { ...made, credentialStatus: place.entry } : made
    await assertSound(ctx, placed, wanted, canonize)
    const created = ctx.now()
    const signer = await vcSigner(ctx, wanted.issuer.id)
    const document = await secure(placed, wanted.suite, { signer, created, canonize })
    await assertVerifies(ctx, document, canonize)
    if (await keep(ctx, actor, document, { wanted, place })) return document
  }
  throw new Error('No free place was found in a status list.')
}

function assertAsked(credential: Json, { credentialStatus: status }: IssueOptions): void {
  if (credential.proof !== undefined) {
    throw wrong('/credential/proof', {
      fr: 'Cette attestation porte déjà une preuve : envoyez-la sans « proof ».',
      en: 'This credential has a proof already: send it without “proof”.',
    })
  }
  if (status === undefined) return
  if (credential.credentialStatus !== undefined) {
    throw wrong('/credential/credentialStatus', {
      fr: 'L’attestation a déjà un « credentialStatus » : retirez-le, ou ne demandez pas le nôtre dans « options ».',
      en: 'The credential has a “credentialStatus” already: leave it out, or do not ask for ours in “options”.',
    })
  }
  if (status.type !== 'BitstringStatusListEntry') {
    throw wrong('/options/credentialStatus/type', {
      fr: 'Nos listes sont de la sorte « BitstringStatusListEntry », et d’aucune autre.',
      en: 'Our lists are of the type “BitstringStatusListEntry”, and no other.',
    })
  }
  assertRevocation(status.statusPurpose, '/options/credentialStatus/statusPurpose')
}

/** The signed list knows revocation alone. @throws {DomainError} rule-refused */
export function assertRevocation(purpose: string | undefined, pointer: string): void {
  if (purpose === undefined || purpose === 'revocation') return
  const words = {
    fr: 'Nos listes ne disent que la révocation (« revocation »), qui est définitive : rien n’y est suspendu.',
    en: 'Our lists tell revocation (“revocation”) alone, which is for good: nothing is suspended in them.',
  }
  throw new DomainError('rule-refused', words, { fields: [{ pointer, words }] })
}

function issuerIn({ issuer }: Json, did: string): unknown {
  return isObject(issuer) ? { ...issuer, id: did } : did
}

/** What has a status needs an id, by which it is revoked. */
function idFor(ctx: Context, { id }: Json, options: IssueOptions): Json {
  if (id !== undefined) return {}
  if (options.credentialId !== undefined) return { id: options.credentialId }
  return options.credentialStatus ? { id: toUuidUrn(ctx.randomBytes(16)) } : {}
}

type Place = Readonly<{ listId: number; position: number; entry: Json }>

async function placeFor(ctx: Context, { issuer }: Wanted): Promise<Place> {
  const list = await openVcListOf(ctx, issuer.id)
  const position = randomPlace(ctx, list)
  return { listId: list.id, position, entry: entryAt(ctx, list.public_id, position) }
}

/** @throws {DomainError} invalid-request with all that the specifications demand; rule-refused */
async function assertSound(
  ctx: Context,
  credential: Json,
  { issuer, suite }: Wanted,
  canonize: Canonize,
): Promise<void> {
  const form = problemsOf(credential, credentialRules(credential), ctx.now())
  if (form.length > 0) throw malformed(form)
  assertFitToSign(credential)
  const around = { lookups: lookupsOf(ctx), now: ctx.now(), canonize }
  const terms = await termProblems(credential, around)
  if (terms.length > 0) throw malformed(terms)
  const proof = proofOptions(suite, await vcSigner(ctx, issuer.id), ctx.now())
  const secured = { ...credential, proof: { ...proof, proofValue: 'z' } }
  if ((await termProblems(secured, around)).length > 0) throw needsContext(suite)
}

function malformed(problems: readonly Problem[]): DomainError {
  const words = {
    fr: 'Cette attestation n’a pas la forme qu’il faut pour être signée.',
    en: 'This credential does not have the form that it needs to be signed.',
  }
  const fields = problems.map((one) => ({ pointer: `/credential${one.pointer}`, words: one.words }))
  return new DomainError('invalid-request', words, { fields })
}

function needsContext(suite: string): DomainError {
  const context =
    suite === 'Ed25519Signature2020'
      ? 'https://w3id.org/security/suites/ed25519-2020/v1'
      : 'https://w3id.org/security/data-integrity/v2'
  return wrong('/credential/@context', {
    fr: `Les vocabulaires de l’attestation ne disent rien de la preuve « ${suite} » : ajoutez ${context} à « @context ».`,
    en: `The contexts of the credential say nothing of the proof “${suite}”: add ${context} to “@context”.`,
  })
}

/** Our own verifier reads what was just signed: nothing leaves whose signature is not good. */
async function assertVerifies(ctx: Context, document: Json, canonize: Canonize): Promise<void> {
  const { issuer } = document
  const owner = isObject(issuer) ? textOf(issuer.id) : textOf(issuer)
  const around = { lookups: lookupsOf(ctx), now: ctx.now(), canonize }
  const asked = { owner, purpose: 'assertionMethod' } as const
  const [problem] = await signatureProblems(document, asked, {}, around)
  if (problem) throw new Error(`our own verifier refuses what was signed: ${problem.code}`)
}

/** @returns false when somebody has taken its place in the list meanwhile: nothing was kept */
function keep(
  ctx: Context,
  actor: Actor,
  document: Json,
  { wanted, place }: Readonly<{ wanted: Wanted; place: Place | undefined }>,
): Promise<boolean> {
  const [at, subject, digest] = [ctx.now(), ctx.newId(), digestOf(document)]
  return ctx.db
    .transaction()
    .execute(async (trx) => {
      const details = { key: wanted.issuer.public_key_multibase, suite: wanted.suite, digest }
      const line = { at, actor: actor.publicId, action: 'vc.issued', subject, details }
      await appendAudit(trx, line)
      const [logged] = await appendLeaves(ctx, trx, [digest])
      if (!logged) throw new Error('The credential has no leaf.')
      const kept = await insertVcCredential(trx, {
        public_id: subject,
        issuer_id: wanted.issuer.id,
        credential_id: textOf(document.id) ?? null,
        digest,
        list_id: place?.listId ?? null,
        position: place?.position ?? null,
        issued_at: at.toISOString(),
        log_position: logged.position,
        log_nonce: logged.nonce,
      })
      if (!kept) throw new PlaceTaken()
      return true
    })
    .catch((error: unknown) => {
      if (error instanceof PlaceTaken) return false
      throw error
    })
}

/** Undoes what the transaction had begun. */
class PlaceTaken extends Error {}
