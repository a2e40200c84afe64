import { lint, type Expected } from '../credential/lint.js'
import { DomainError } from '../errors.js'
import type { Words } from '../words.js'

/** What a person types when they commit: its length in characters, and what to write. */
const TYPED = {
  function: {
    least: 2,
    most: 80,
    cure: {
      fr: 'Dites votre fonction dans l’entreprise, par exemple « tuteur » ou « responsable d’atelier »',
      en: 'Say your function in the company, such as “tutor” or “workshop manager”',
    },
  },
  comment: {
    least: 20,
    most: 1_000,
    cure: {
      fr: 'Dites ce que l’élève sait faire et comment vous l’avez vu',
      en: 'Say what the student can do and how you saw it',
    },
  },
  reason: {
    least: 5,
    most: 300,
    cure: { fr: 'Donnez la raison en quelques mots', en: 'Give the reason in a few words' },
  },
  note: {
    least: 0,
    most: 300,
    cure: { fr: 'Écrivez une note plus courte', en: 'Write a shorter note' },
  },
} as const
type Typed = keyof typeof TYPED

/** What is wrong with the length of what was typed; undefined: nothing. */
export function lengthFault(what: Typed, typed: string): Words | undefined {
  const { least, most, cure } = TYPED[what]
  const { length } = tidy(typed)
  if (length >= least && length <= most) return undefined
  return {
    fr: `${cure.fr} : de ${least} à ${most} caractères (vous en avez écrit ${length}).`,
    en: `${cure.en}: ${least} to ${most} characters (you wrote ${length}).`,
  }
}

/** In which function somebody commits, as they say it. @throws {DomainError} invalid-request */
export function toFunction(text: string): string {
  return textOf('function', text)
}

/** Why a dossier is refused or a badge revoked. @throws {DomainError} invalid-request */
export function toReason(text: string): string {
  return textOf('reason', text)
}

/** What staff note for each other; null for nothing. @throws {DomainError} invalid-request */
export function toNote(text = ''): string | null {
  return textOf('note', text) || null
}

/**
 * The comment of an endorsement. It is signed and shown to everybody, so what may not be signed is
 * refused here, while its author can still mend it.
 *
 * @param forbidden the student's names and birth date
 * @throws {DomainError} invalid-request
 */
export async function toComment(text: string, forbidden: readonly string[]): Promise<string> {
  const comment = textOf('comment', text)
  const faults = await lint(
    { credentialSubject: { endorsementComment: comment } },
    textOnly(forbidden),
  )
  const fault = faults.find(({ lint: name }) => Object.hasOwn(WORDS_OF, name))
  if (fault) throw wrong('/comment', WORDS_OF[fault.lint] ?? UNFIT)
  return comment
}

const UNFIT: Words = {
  fr: 'Ce texte contient des caractères invisibles : retapez-le.',
  en: 'This text holds invisible characters: type it again.',
}
const WORDS_OF: Readonly<Record<string, Words>> = {
  no_personal_data: {
    fr: 'Le badge ne nomme jamais l’élève : retirez du commentaire son nom, son prénom et tout numéro ou adresse. Écrivez « l’élève ».',
    en: 'The badge never names the student: take their names and any number or address out of the comment. Write “the student”.',
  },
  plain_markdown: {
    fr: 'Ce texte contient du HTML, une image ou un lien qui n’est pas en https : écrivez-le en texte simple.',
    en: 'This text holds HTML, an image or a link that is not https: write it as plain text.',
  },
  visible_characters: UNFIT,
}

/** Of the lints only those that look at a text matter here. */
export function textOnly(forbidden: readonly string[]): Expected {
  return {
    kind: 'EndorsementCredential',
    issuer: '',
    service: '',
    reserved: { id: '', subject: '', position: 0 },
    now: new Date(0),
    forbidden,
    statusList: '',
    statusEntries: 0,
    approvals: [],
    digest: '',
  }
}

/** A text as it is kept: tidy, and neither too short nor too long. @throws {DomainError} invalid-request */
export function textOf(what: Typed, typed: string): string {
  const fault = lengthFault(what, typed)
  const text = tidy(typed)
  if (fault) throw wrong(`/${what}`, fault)
  if (/[^\P{C}\n\t]/u.test(text)) throw wrong(`/${what}`, UNFIT)
  return text
}

function tidy(typed: string): string {
  return typed.replaceAll('\r\n', '\n').normalize('NFC').trim()
}

function wrong(pointer: string, words: Words): DomainError {
  return new DomainError('invalid-request', words, { fields: [{ pointer, words }] })
}
