import { z } from 'zod'
import type { Curve } from '../../context.js'
import { idOf, isObject, type Json } from '../../credential/values.js'
import { DomainError, type FieldError } from '../../errors.js'
import type { Words } from '../../words.js'
import { CURVES, didOfIssuer } from './keys.js'
import { SIGNING_SUITES, suiteFor, type SigningSuite } from './secure.js'
import type { VcIssuer } from './store.js'

const SUITES = Object.keys(SIGNING_SUITES) as [SigningSuite, ...SigningSuite[]]

/** What options count; others are for other software, and passed over. */
export const IssueOptions = z
  .looseObject({
    cryptosuite: z
      .string()
      .max(100)
      .optional()
      .meta({ description: `One of ${SUITES.join(', ')}; else the one of the issuer’s key` }),
    type: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'Ed25519Signature2020 or DataIntegrityProof' }),
    credentialId: z
      .string()
      .max(1_000)
      .optional()
      .meta({ description: 'The id of the credential, if it has none' }),
    credentialStatus: z
      .looseObject({ type: z.string().max(100), statusPurpose: z.string().max(100).optional() })
      .optional()
      .meta({ description: 'Asks for a place in a list of ours: a BitstringStatusListEntry' }),
  })
  .meta({ id: 'VcIssueOptions' })
export type IssueOptions = z.output<typeof IssueOptions>

/** With which key of the organisation, and by which suite. */
export type Wanted = Readonly<{ issuer: VcIssuer; suite: SigningSuite }>

/**
 * Takes the key that a credential names, else one that the suite can sign with.
 *
 * @param ownDid the did:web of the organisation: it names itself, and signs with its did:key here
 * @throws {DomainError} invalid-request for a suite that we do not have or that key can't use, or another’s issuer
 */
export function readWanted(
  credential: Json,
  options: IssueOptions,
  issuers: readonly VcIssuer[],
  ownDid: string,
): Wanted {
  const suite = suiteNamed(options)
  const given = idOf(credential.issuer)
  if (given === undefined && credential.issuer !== undefined && !isObject(credential.issuer))
    throw anothersIssuer(issuers)
  if (given === undefined || given === ownDid) {
    const curves: readonly Curve[] = suite === undefined ? CURVES : SIGNING_SUITES[suite]
    const issuer = issuers.find(({ curve }) => curve === curves[0])
    if (!issuer) throw new Error(`The organisation has no key of ${curves[0]}.`)
    return { issuer, suite: suite ?? suiteFor(curves[0] ?? 'Ed25519') }
  }
  const issuer = issuers.find((one) => didOfIssuer(one) === given)
  if (!issuer) throw anothersIssuer(issuers)
  const curve = CURVES.find((one) => one === issuer.curve) ?? 'Ed25519'
  const chosen = suite ?? suiteFor(curve)
  const curves: readonly Curve[] = SIGNING_SUITES[chosen]
  if (!curves.includes(curve)) {
    throw wrong('/options/cryptosuite', {
      fr: `« ${chosen} » signe avec une clé ${curves.join(' ou ')}, et l’émetteur nommé a une clé ${curve}. Changez l’un ou l’autre.`,
      en: `“${chosen}” signs with a key of ${curves.join(' or ')}, and the issuer that is named has one of ${curve}. Change one or the other.`,
    })
  }
  return { issuer, suite: chosen }
}

function suiteNamed({ cryptosuite, type }: IssueOptions): SigningSuite | undefined {
  const [name, pointer] =
    type === undefined || type === 'DataIntegrityProof'
      ? [cryptosuite, '/options/cryptosuite']
      : [type, '/options/type']
  const suite = SUITES.find((one) => one === name)
  if (name === undefined || suite !== undefined) return suite
  const known = SUITES.join(', ')
  throw wrong(pointer, {
    fr: `Nous ne savons pas signer ainsi (« ${name.slice(0, 40)} »). Choisissez parmi : ${known}.`,
    en: `We can’t sign like this (“${name.slice(0, 40)}”). Choose one of: ${known}.`,
  })
}

function anothersIssuer(issuers: readonly VcIssuer[]): DomainError {
  const own = issuers.map(didOfIssuer).join(', ')
  return wrong('/credential/issuer', {
    fr: `Cet émetteur n’est pas celui de votre jeton. Laissez « issuer » vide, nous l’écrirons, ou nommez l’un de ceux-ci : ${own}.`,
    en: `This issuer is not that of your token. Leave “issuer” out, and we write it, or name one of these: ${own}.`,
  })
}

/** One field that is wrong, told as the sentence of the whole answer too. */
export function wrong(pointer: string, words: Words): DomainError {
  const fields: FieldError[] = [{ pointer, words }]
  return new DomainError('invalid-request', words, { fields })
}
