import { isDeepStrictEqual } from 'node:util'
import type { Words } from '../words.js'
import { isKnownContextList, isStatusListContext, VC_V1 } from './contexts.js'
import { toJcs } from './jcs.js'
import { LIMITS } from './limits.js'
import { isList, LEGACY_ONLY, SHAPES, type Shape } from './shapes.data.js'
import { isObject, type Json } from './values.js'

export type GuardCheck = 'structure' | 'context' | 'type' | 'proof'
/** What the guard found wrong; `unknown` is neither right nor wrong: an unlisted context. */
export type Finding = Readonly<{
  check: GuardCheck
  result: 'fail' | 'unknown'
  code: string
  /** JSON Pointer of the place. */
  pointer: string
  words: Words
}>

type Walk = { findings: Finding[]; nodes: Map<string, Json>; legacy: boolean }

/**
 * The closed syntax of a badge, before any cryptography: what JSON-LD would let slip past a
 * reader (re-shaped, dropped or doubled statements) is refused, so that what the page reads is
 * what was signed. An empty answer means that the document may be checked further.
 */
export function guardBadge(document: unknown, root = 'AchievementCredential'): readonly Finding[] {
  if (!isObject(document)) return [finding('structure', 'structure', '', NOT_AN_OBJECT)]
  // A credential of another kind has other contexts: that it is no badge says more.
  const { '@context': contexts, type } = document
  if (!isContextList(contexts)) return [noContext('')]
  const form =
    wrappedFinding(document) ?? typeFinding(type, root) ?? contextFinding(contexts, root, '')
  if (form) return [form]
  const proof = proofFinding(document)
  if (proof) return [proof]
  const walk: Walk = { findings: [], nodes: new Map(), legacy: contexts[0] === VC_V1 }
  walkNode(walk, document, root, '')
  return walk.findings
}

function isContextList(contexts: unknown): contexts is readonly unknown[] {
  return Array.isArray(contexts) && contexts.length > 0
}

function noContext(pointer: string): Finding {
  return finding('structure', 'structure', `${pointer}/@context`, {
    fr: 'Le badge ne dit pas comment il faut le lire. Demandez le fichier d’origine.',
    en: 'The badge does not say how it is to be read. Ask for the original file.',
  })
}

function contextFinding(
  contexts: readonly unknown[],
  root: string,
  pointer: string,
): Finding | undefined {
  const isKnown = root === 'StatusList' ? isStatusListContext : isKnownContextList
  if (isKnown(contexts)) return undefined
  const words = {
    fr: 'Le badge emploie des mots dont nous ne connaissons pas le sens, ou ne les annonce pas comme il faut. Demandez à son émetteur ce qu’il veut dire.',
    en: 'The badge uses words whose meaning we do not know, or does not announce them as it should. Ask its issuer what it means.',
  }
  // A required one is missing or out of place: wrong. A further one that we don't know: unknown.
  const startsRight =
    isKnown(contexts.slice(0, root === 'StatusList' ? 1 : 2)) &&
    contexts.every((one) => typeof one === 'string')
  const found = finding('context', 'context', `${pointer}/@context`, words)
  return startsRight ? { ...found, result: 'unknown', code: 'unknown_context' } : found
}

/** Without a type of its own, a document that holds others is no badge of another kind: it hides one. */
function wrappedFinding(document: Json): Finding | undefined {
  return document.type === undefined && '@graph' in document
    ? finding('structure', 'structure', '/@graph', KEYWORD)
    : undefined
}

function typeFinding(type: unknown, root: string): Finding | undefined {
  const ofRoot = shapeOf(root).types
  const types: unknown[] = Array.isArray(type) ? type : []
  if (types.includes('VerifiableCredential') && ofRoot.some((one) => types.includes(one)))
    return undefined
  return finding('type', 'type', '/type', {
    fr: 'Ce n’est pas un Open Badge. Demandez le fichier d’origine.',
    en: 'This is not an Open Badge. Ask for the original file.',
  })
}

function proofFinding(document: Json): Finding | undefined {
  const { proof } = document
  if (proof === undefined || (Array.isArray(proof) && proof.length === 0)) {
    return finding('proof', 'unsigned', '/proof', {
      fr: 'Ce badge n’est pas signé : n’importe qui a pu l’écrire. Demandez le fichier d’origine.',
      en: 'This badge is not signed: anybody may have written it. Ask for the original file.',
    })
  }
  if (Array.isArray(proof) && proof.length > LIMITS.proofs) {
    return finding('structure', 'too_large', '/proof', {
      fr: 'Ce badge a trop de signatures pour être vérifié. Demandez le fichier d’origine.',
      en: 'This badge has too many signatures to be checked. Ask for the original file.',
    })
  }
  return undefined
}

function walkNode(walk: Walk, value: unknown, shapeName: string, pointer: string): void {
  const shape = shapeOf(shapeName)
  // An issuer, a creator, a source may be a bare identifier.
  if (shapeName === 'Profile' && typeof value === 'string') {
    return rememberNode(walk, { id: value }, pointer)
  }
  if (!isObject(value)) return refuse(walk, 'structure', pointer, WRONG_KIND)
  checkTypes(walk, value, shape, pointer)
  for (const term of shape.required) {
    if (!(term in value))
      refuse(walk, 'structure', `${pointer}/${term}`, {
        fr: `Il manque une information à ce badge : « ${term} ». Demandez le fichier d’origine.`,
        en: `Something is missing in this badge: “${term}”. Ask for the original file.`,
      })
  }
  for (const [term, held] of Object.entries(value)) {
    const kind = Object.hasOwn(shape.terms, term) ? shape.terms[term] : undefined
    walkTerm(walk, { held, kind, term }, `${pointer}/${term}`)
  }
  if (shapeName === 'EndorsementCredential') {
    const contexts = value['@context']
    const found = isContextList(contexts)
      ? contextFinding(contexts, shapeName, pointer)
      : noContext(pointer)
    if (found) walk.findings.push(found)
  }
  // An endorsement's subject is somebody else's node by its nature; none of its terms is read there.
  if (shapeName !== 'EndorsementSubject' && !isPlainSubject(shapeName, value)) {
    rememberNode(walk, value, pointer)
  }
}

/**
 * Who awards a badge to themselves is issuer and subject at once. Nothing can move between the two
 * as long as the subject has none of the terms that a profile has.
 */
function isPlainSubject(shapeName: string, node: Json): boolean {
  const { terms } = shapeOf('Profile')
  return (
    shapeName === 'AchievementSubject' &&
    Object.keys(node).every((term) => term === 'id' || term === 'type' || !(term in terms))
  )
}

type Term = Readonly<{ held: unknown; kind: string | undefined; term: string }>

function walkTerm(walk: Walk, { held, kind, term }: Term, pointer: string): void {
  if (term.startsWith('@') && kind !== 'context') return refuse(walk, 'structure', pointer, KEYWORD)
  if (kind === undefined || (LEGACY_ONLY.includes(term) && !walk.legacy))
    return refuse(walk, 'undefined_term', pointer, UNDEFINED)
  if (kind === 'types' || kind === 'context') return
  const values: unknown[] = Array.isArray(held) ? held : [held]
  if (values.length === 0) return refuse(walk, 'structure', pointer, WRONG_KIND)
  if (Array.isArray(held) && !isList(term, kind))
    return refuse(walk, 'structure', pointer, WRONG_KIND)
  if (values.length > 1 && new Set(values.map(toJcs)).size < values.length)
    return refuse(walk, 'structure', pointer, TWICE)
  values.forEach((one, at) => {
    const place = Array.isArray(held) ? `${pointer}/${at}` : pointer
    if (kind in SHAPES) walkNode(walk, one, kind, place)
    else if (!isKind(one, kind)) refuse(walk, 'structure', place, WRONG_KIND)
  })
}

function isKind(value: unknown, kind: string): boolean {
  if (kind === 'number') return Number.isFinite(value)
  if (kind === 'flag') return typeof value === 'boolean'
  if (kind === 'number-or-text' && Number.isSafeInteger(value)) return true
  // Which text is for the model to say: what is signed is signed, whatever its form.
  return typeof value === 'string'
}

function checkTypes(walk: Walk, node: Json, shape: Shape, pointer: string): void {
  const { type } = node
  if (type === undefined) return
  const types: unknown[] = Array.isArray(type) ? type : [type]
  const own: readonly unknown[] = shape.types
  const known = [...own, ...(shape.alsoTypes ?? [])]
  if (types.length === 0 || !types.every((one) => known.includes(one)))
    return refuse(walk, 'undefined_term', `${pointer}/type`, UNDEFINED)
  if (new Set(types).size < types.length) return refuse(walk, 'structure', `${pointer}/type`, TWICE)
  if (!types.some((one) => own.includes(one)))
    refuse(walk, 'structure', `${pointer}/type`, WRONG_KIND)
}

/**
 * Two nodes of one id are one thing to the signature, which is the same wherever a statement
 * stands: so they must say the same, or one of them nothing. An issuer says what it says at each
 * place, since each embedded credential is read by itself.
 */
function rememberNode(walk: Walk, node: Json, pointer: string): void {
  const { id, type: _type, ...said } = node
  const isIssuer = pointer.endsWith('/issuer')
  if (typeof id !== 'string' || (Object.keys(said).length === 0 && !isIssuer)) return
  const before = walk.nodes.get(id)
  if (before !== undefined && !isDeepStrictEqual(before, node)) {
    return refuse(walk, 'structure', pointer, {
      fr: 'Le badge dit deux choses différentes sous un même nom : on ne sait pas laquelle compte. Demandez le fichier d’origine.',
      en: 'The badge says two different things under one name: nobody knows which counts. Ask for the original file.',
    })
  }
  walk.nodes.set(id, node)
}

const NOT_AN_OBJECT: Words = {
  fr: 'Ce n’est pas un badge : le fichier ne contient pas ce qu’il faut. Demandez le fichier d’origine.',
  en: 'This is no badge: the file does not hold what it should. Ask for the original file.',
}
const WRONG_KIND: Words = {
  fr: 'Une information du badge n’est pas écrite comme elle doit l’être. Demandez le fichier d’origine.',
  en: 'Something in the badge is not written as it should be. Ask for the original file.',
}
const KEYWORD: Words = {
  fr: 'Le badge contient un mot technique qui peut cacher quelque chose au lecteur : nous le refusons. Demandez le fichier d’origine.',
  en: 'The badge holds a technical word that can hide something from a reader: we refuse it. Ask for the original file.',
}
/** A set to the signature, which is the same with one of them; a reader would count two. */
const TWICE: Words = {
  fr: 'Le badge dit deux fois la même chose : il est mal fait, ou a été modifié. Demandez le fichier d’origine.',
  en: 'The badge says the same thing twice: it is badly made, or was changed. Ask for the original file.',
}
const UNDEFINED: Words = {
  fr: 'Le badge contient un mot qui n’existe pas dans les Open Badges : aucune signature ne le protège. Demandez le fichier d’origine.',
  en: 'The badge holds a word that does not exist in Open Badges: no signature protects it. Ask for the original file.',
}

function refuse(walk: Walk, code: string, pointer: string, words: Words): void {
  walk.findings.push(finding('structure', code, pointer, words))
}

function finding(check: GuardCheck, code: string, pointer: string, words: Words): Finding {
  return { check, result: 'fail', code, pointer, words }
}

function shapeOf(name: string): Shape {
  const shape = SHAPES[name]
  if (!shape) throw new RangeError(`no shape ${name}`)
  return shape
}
