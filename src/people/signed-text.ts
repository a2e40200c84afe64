import type { Context } from '../context.js'
import { lint } from '../credential/lint.js'
import { textOnly } from '../credential/lint-text.js'
import { DomainError } from '../errors.js'
import type { Words } from '../words.js'
import { findPerson } from './store.js'

/** How long a text may be, in characters; and what to write. */
export type Length = Readonly<{ least: number; most: number; cure: Words }>

export const FUNCTION: Length = {
  least: 2,
  most: 80,
  cure: {
    fr: 'Dites votre fonction dans l’entreprise, par exemple « tuteur » ou « responsable d’atelier »',
    en: 'Say your function in the company, such as “tutor” or “workshop manager”',
  },
}

/** What is wrong with the length of what was typed; undefined: nothing. */
export function lengthFaultOf({ least, most, cure }: Length, typed: string): Words | undefined {
  const { length } = tidy(typed)
  if (length >= least && length <= most) return undefined
  return {
    fr: `${cure.fr} : de ${least} à ${most} caractères (vous en avez écrit ${length}).`,
    en: `${cure.en}: ${least} to ${most} characters (you wrote ${length}).`,
  }
}

/** A text as it is kept: tidy, and neither too short nor too long. @throws {DomainError} invalid-request */
export function textWithin(length: Length, pointer: string, typed: string): string {
  const fault = lengthFaultOf(length, typed)
  const text = tidy(typed)
  if (fault) throw wrongText(pointer, fault)
  if (/[^\P{C}\n\t]/u.test(text)) throw wrongText(pointer, UNFIT)
  return text
}

/**
 * The function in which somebody commits their company. It is signed and stands for them: neither they nor the
 * student are named in it.
 *
 * @param forbidden the student's names and birth date, where there is one
 * @throws {DomainError} invalid-request
 */
export async function toFunctionOf(
  ctx: Context,
  personId: number,
  typed: string,
  forbidden: readonly string[] = [],
): Promise<string> {
  const text = textWithin(FUNCTION, '/function', typed)
  const person = await findPerson(ctx.db, personId)
  const own = person ? [person.familyName, `${person.givenName} ${person.familyName}`] : []
  await assertSignable('/function', text, [...forbidden, ...own], {
    ...SIGNED_WORDS,
    no_personal_data: FUNCTION_ALONE,
  })
  return text
}

/**
 * What may not be signed is refused where it is typed, while its author can still mend it.
 *
 * @param forbidden names and birth dates
 * @param words what is said, by the lint that finds it
 * @throws {DomainError} invalid-request
 */
export async function assertSignable(
  pointer: string,
  text: string,
  forbidden: readonly string[],
  words: Readonly<Record<string, Words>> = SIGNED_WORDS,
): Promise<void> {
  const credential = { credentialSubject: { endorsementComment: text } }
  const faults = await lint(credential, textOnly(forbidden))
  const fault = faults.find(({ lint: name }) => Object.hasOwn(words, name))
  if (fault) throw wrongText(pointer, words[fault.lint] ?? UNFIT)
}

const UNFIT: Words = {
  fr: 'Ce texte contient des caractères invisibles : retapez-le.',
  en: 'This text holds invisible characters: type it again.',
}
const SIGNED_WORDS: Readonly<Record<string, Words>> = {
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
const FUNCTION_ALONE: Words = {
  fr: 'La fonction est signée et ne nomme personne : écrivez-la seule, par exemple « tuteur », sans nom, numéro ni adresse.',
  en: 'The function is signed and names nobody: write it alone, such as “tutor”, without a name, number or address.',
}

function tidy(typed: string): string {
  return typed.replaceAll('\r\n', '\n').normalize('NFC').trim()
}

function wrongText(pointer: string, words: Words): DomainError {
  return new DomainError('invalid-request', words, { fields: [{ pointer, words }] })
}
