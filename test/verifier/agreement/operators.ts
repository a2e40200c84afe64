import { OB_EXTENSIONS } from '../../../src/credential/contexts.js'
import { edit, leavesOf, placesOf, repeat, type Path } from '../../support/leaves.js'
import { endorser, REVOKING, stranger, type Json } from './badges.js'

/** What is done to a badge; three numbers say where. @returns false where it can't be done */
export type Operator = (badge: Json, picks: readonly number[]) => unknown

const of = <One>(all: readonly One[], pick = 0): One => all[pick % all.length]!
/** Places outside the proofs, so that each kind of change is a kind of its own. */
const content = (paths: Path[]) =>
  paths.filter(([first]) => first !== 'proof' && first !== '@context')
const leaf = (badge: Json, pick = 0) => of(content(leavesOf(badge)), pick)
const nodes = (badge: Json): Json[] =>
  [badge, ...content(placesOf(badge)).map((path) => at(badge, path))].filter(
    (one): one is Json => typeof one === 'object' && one !== null && !Array.isArray(one),
  )
const at = (badge: Json, path: Path): any => path.reduce<any>((held, key) => held[key], badge)
const set =
  (value: unknown): Operator =>
  (badge, [pick]) =>
    edit(badge, leaf(badge, pick), () => value)
/** Lists whose order is signed; all others are sets. */
const ORDERED = new Set<unknown>(['@context', 'allowedValue'])
const lists = (badge: Json) =>
  content(placesOf(badge)).filter(
    (path) => Array.isArray(at(badge, path)) && !ORDERED.has(path.at(-1)),
  )
const proof = (change: (proof: Json, pick: number) => unknown): Operator => {
  return (badge, [pick = 0]) => change(of(badge.proof as Json[], pick), pick)
}
const hide = (badge: Json, key: string, pick = 0) => {
  const holder = of(nodes(badge), pick)
  const term = of(
    Object.keys(holder).filter((one) => !/^(?:@|type$|id$|proof$)/.test(one)),
    pick,
  )
  if (term === undefined) return false
  holder[key] = { [term]: holder[term] }
  return delete holder[term]
}
/** Takes a term from one node and puts it into another. */
const move: Operator = (badge, [pick = 0, to = 0]) => {
  const from = of(nodes(badge), pick)
  const terms = Object.keys(from).filter((one) =>
    /^(?:name|description|url|narrative|image)$/.test(one),
  )
  const target = of(
    nodes(badge).filter((one) => one !== from),
    to,
  )
  const term = of(terms, to)
  if (term === undefined || target[term] !== undefined) return false
  target[term] = from[term]
  return delete from[term]
}
const swap: Operator = (badge, [one = 0, other = 0]) => {
  const named = nodes(badge).filter(({ name }) => typeof name === 'string')
  const [left, right] = [of(named, one), of(named, other)]
  if (left === undefined || left.name === right.name) return false
  ;[left.name, right.name] = [right.name, left.name]
  return true
}
const turn = (value: unknown): unknown =>
  typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : !value

/** After the signing, by somebody without the key. */
export const TAMPERING: Readonly<Record<string, Operator>> = {
  'change a leaf': (badge, [pick]) => edit(badge, leaf(badge, pick), turn),
  'remove a leaf': set(undefined),
  'a leaf to null': set(null),
  'a leaf to an empty list': set([]),
  'a leaf to an object': set({}),
  'wrap a leaf in a list': (badge, [pick]) => edit(badge, leaf(badge, pick), (value) => [value]),
  'wrap a leaf as a value object': (badge, [pick]) =>
    edit(badge, leaf(badge, pick), (value) => ({ '@value': value })),
  'double an item of a list': (badge, [pick]) => {
    const items = content(placesOf(badge)).filter((path) => typeof path.at(-1) === 'number')
    return repeat(badge, of(items, pick))
  },
  'add a null': (badge, [pick]) => (of(nodes(badge), pick).image ??= null),
  'add an empty list': (badge, [pick]) => (of(nodes(badge), pick).evidence ??= []),
  'add a term of the model': (badge, [pick]) =>
    (of(nodes(badge), pick).description ??= 'Très bien'),
  'add a term of nobody': (badge, [pick]) => (of(nodes(badge), pick).mention = 'Très bien'),
  'add a keyword': (badge, [pick]) => (of(nodes(badge), pick)['@mention'] = 'Très bien'),
  'move a term': move,
  'swap two names': swap,
  'hide a term in @nest': (badge, [pick]) => hide(badge, '@nest', pick),
  'hide a term in @included': (badge, [pick]) => hide(badge, '@included', pick),
  'hide a term behind an alias': (badge, [pick]) => {
    badge['@context'].push({ wrap: '@nest' })
    return hide(badge, 'wrap', pick)
  },
  'wrap all in @graph': (badge) => {
    const { '@context': _context, ...rest } = badge
    for (const key of Object.keys(rest)) delete badge[key]
    badge['@graph'] = [rest]
  },
  'a type more': (badge, [pick]) =>
    of(
      nodes(badge).filter(({ type }) => Array.isArray(type)),
      pick,
    ).type.push('MinistereCredential'),
  'a known type more': (badge, [pick]) =>
    of(
      nodes(badge).filter(({ type }) => Array.isArray(type)),
      pick,
    ).type.push('Profile'),
  'id becomes @id': (badge, [pick]) => {
    const holder = of(
      nodes(badge).filter(({ id }) => typeof id === 'string'),
      pick,
    )
    holder['@id'] = holder.id
    return delete holder.id
  },
  'another end': (badge) => (badge.validUntil = '2040-01-01T00:00:00Z'),
  'another start': (badge) => (badge.validFrom = '2026-06-02T00:00:00Z'),
  'an unknown context': (badge) => badge['@context'].push('https://attacker.example/ctx.json'),
  'an inline context': (badge) => badge['@context'].push({ '@vocab': 'urn:x:' }),
  'contexts in reverse': (badge) => badge['@context'].reverse(),
  'one context less': (badge) => badge['@context'].pop(),
  'a context twice': (badge) => badge['@context'].push(badge['@context'][1]),
  'the context of extensions': (badge) => badge['@context'].push(OB_EXTENSIONS),
  'a context inside': (badge) => (badge.credentialSubject['@context'] = { mention: null }),
  'no proof': (badge) => delete badge.proof,
  'an empty proof': (badge) => (badge.proof = []),
  'another proof value': proof(
    (one) => (one.proofValue = `${String(one.proofValue).slice(0, -1)}1`),
  ),
  'no proof value': proof((one) => delete one.proofValue),
  'another date of a proof': proof((one) => (one.created = '2026-06-15T08:30:00Z')),
  'no date of a proof': proof((one) => delete one.created),
  'another purpose': proof((one) => (one.proofPurpose = 'authentication')),
  'another suite': proof((one) => (one.cryptosuite = 'ecdsa-rdfc-2019')),
  'another key': proof((one) => (one.verificationMethod = stranger.id)),
  'a context in a proof': proof((one) => (one['@context'] = { '@vocab': 'urn:x:' })),
  'a term in a proof': proof((one) => (one.mention = 'Très bien')),
  'a domain in a proof': proof((one) => (one.domain = 'https://ministere.example')),
  'a forged proof more': (badge) =>
    badge.proof.push({ ...badge.proof[0], verificationMethod: stranger.id }),
  'a broken proof more': (badge) =>
    badge.proof.push({ ...badge.proof[0], created: '2026-06-15T08:30:00Z' }),
  'a proof of a chain': proof((one) => (one.previousProof = 'urn:uuid:missing')),
  'another issuer': (badge) => (badge.issuer.id = endorser.did),
}

/** Changes that mean nothing: the same badge, written otherwise. */
export const HARMLESS: Readonly<Record<string, Operator>> = {
  nothing: () => true,
  'another order of keys': (badge) => {
    const entries = Object.entries(badge).reverse()
    for (const [key] of entries) delete badge[key]
    Object.assign(badge, Object.fromEntries(entries))
  },
  'another order of a list': (badge, [pick]) =>
    of(lists(badge), pick) && at(badge, of(lists(badge), pick)).reverse(),
  'proofs in reverse': (badge) => badge.proof.reverse(),
  'one proof less': (badge) => badge.proof.length > 1 && badge.proof.pop(),
  'a proof outside its list': (badge) => badge.proof.length === 1 && (badge.proof = badge.proof[0]),
}

/** Before the signing, by the issuer itself. */
export const CLUMSY: Readonly<Record<string, Operator>> = {
  'expired long ago': (badge) => (badge.validUntil = '2026-06-10T00:00:00Z'),
  'expired half a minute ago': (badge) => (badge.validUntil = '2026-06-15T08:59:30Z'),
  'starts in half a minute': (badge) => (badge.validFrom = '2026-06-15T09:00:30Z'),
  'expired two minutes ago': (badge) => (badge.validUntil = '2026-06-15T08:58:00Z'),
  'starts in two minutes': (badge) => (badge.validFrom = '2026-06-15T09:02:00Z'),
  revoked: (badge) =>
    (badge.credentialStatus = {
      id: `${REVOKING}#7`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '7',
      statusListCredential: REVOKING,
    }),
  'starts next week': (badge) => (badge.validFrom = '2026-06-22T09:00:00Z'),
  'ends before it starts': (badge) => {
    badge.validFrom = '2026-06-05T00:00:00Z'
    badge.validUntil = '2026-06-01T00:00:00Z'
  },
  'a day for an instant': (badge) => (badge.validFrom = '2026-06-01'),
  'no start': (badge) => delete badge.validFrom,
  'a plain credential': (badge) => (badge.type = ['VerifiableCredential']),
  'no type of the subject': (badge) => delete badge.credentialSubject.type,
  'no name of the achievement': (badge) => delete badge.credentialSubject.achievement.name,
  'two subjects': (badge) =>
    (badge.credentialSubject = [badge.credentialSubject, { id: 'urn:x:2' }]),
  'an issuer of two names': (badge) =>
    (badge.credentialSubject.source = { ...badge.issuer, name: 'Un autre' }),
  'issued to itself': (badge) => (badge.credentialSubject.id = badge.issuer.id),
  'a term twice': (badge) => (badge.name = ['Un', 'Deux']),
  'a number for a text': (badge) => (badge.name = 1),
}
