import { didWebToUrl } from '../credential/did.js'
import { visible } from '../credential/visible.js'
import { VC_V1 } from '../credential/contexts.js'
import type { Language, Words } from '../words.js'
import type { Report } from './report.js'
import { idOf, isObject, listOf, textOf, type Json } from '../credential/values.js'

// What is read here has passed the guard, and its proof is good: the types are as the guard says.

/** The issuer's id, of a document that has passed the guard. */
export function issuerIdOf(document: Json): string {
  return idOf(document.issuer) ?? ''
}

export function nameOfIssuer(document: Json): string {
  const { issuer } = document
  return (isObject(issuer) && textOf(issuer.name)) || issuerIdOf(document)
}

/** What the report shows of a badge: only what was signed. */
export function badgeOf(document: Json): NonNullable<Report['badge']> {
  const subject = document.credentialSubject as Json
  const achievement = subject.achievement as Json
  const issuerId = issuerIdOf(document)
  return {
    id: textOf(document.id) ?? null,
    name: textOf(achievement.name) ?? '',
    description: textOf(achievement.description) ?? '',
    criteria:
      textOf((achievement.criteria as Json).narrative) ??
      textOf((achievement.criteria as Json).id) ??
      '',
    image: idOf(achievement.image) ?? null,
    issuer: { id: issuerId, name: nameOfIssuer(document), domain: domainOf(issuerId) },
    validFrom: textOf(document.validFrom) ?? textOf(document.issuanceDate) ?? '',
    validUntil: textOf(document.validUntil) ?? textOf(document.expirationDate) ?? null,
    recipient: { id: textOf(subject.id) ?? null },
  }
}

/** What a reader should know beside the checks; none of it turns a verdict. */
export function warningsOf(document: Json, language: Language): Report['warnings'] {
  const contexts = document['@context'] as unknown[]
  const subject = document.credentialSubject as Json
  const cases: [boolean, string, Words][] = [
    [
      document.id === undefined,
      'no_identifier',
      {
        fr: 'Ce badge ne porte pas de numéro : rien ne le distingue d’un autre qui dirait la même chose.',
        en: 'This badge bears no number: nothing tells it from another that says the same.',
      },
    ],
    [
      contexts[0] === VC_V1,
      'older_model',
      {
        fr: 'Ce badge suit un modèle plus ancien, que nous savons lire.',
        en: 'This badge follows an older model, which we can read.',
      },
    ],
    [isPart(document), 'partial', PARTIAL],
    [
      subject.id !== undefined && subject.id === issuerIdOf(document),
      'self_asserted',
      {
        fr: 'L’émetteur s’est délivré ce badge à lui-même.',
        en: 'The issuer issued this badge to itself.',
      },
    ],
    [Object.values(badgeOf(document)).some(holdsUnseen), 'hidden_characters', HIDDEN],
  ]
  return cases
    .filter(([applies]) => applies)
    .map(([, code, words]) => ({ code, message: words[language] }))
}

const PARTIAL: Words = {
  fr: 'La personne ne montre qu’une partie de ce badge. La date de fin, ou la liste des badges retirés, peut manquer. Dans le doute, demandez-lui le badge entier.',
  en: 'The person shows only a part of this badge. The end date, or the list of withdrawn badges, may be missing. In doubt, ask them for the whole badge.',
}
const HIDDEN: Words = {
  fr: 'Ce badge contient des caractères qui ne se voient pas et peuvent tromper le lecteur : à leur place, nos pages montrent �.',
  en: 'This badge holds characters that cannot be seen and may mislead a reader: in their place, our pages show �.',
}

function holdsUnseen(value: unknown): boolean {
  if (typeof value === 'string') return visible(value) !== value
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsUnseen)
}

/** Whether its holder chose what to show of it. */
export function isPart({ proof }: Json): boolean {
  return listOf(proof).some((one) => isObject(one) && one.cryptosuite === 'ecdsa-sd-2023')
}

/** A service that somebody tries on a machine of their own: no address of the web, but a place with a name. */
const LOCAL = /^did:web:localhost(?:%3A(\d{1,5}))?(?::|$)/

/** The host that stands behind an issuer's id; the id itself where there is none. */
export function domainOf(id: string): string {
  const document = didWebToUrl(id)
  if (document !== undefined) return new URL(document).host
  const local = LOCAL.exec(id)
  if (local) return `localhost${local[1] === undefined ? '' : `:${local[1]}`}`
  return URL.canParse(id) && /^https?:/.test(id) ? new URL(id).host : id.slice(0, 60)
}
