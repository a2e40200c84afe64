import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { LANGUAGES } from '../../words.js'
import { toDay } from '../days.js'
import { nothingHere, wrongField } from '../refusals.js'
import { lockStudent } from '../students/store.js'
import { activeOf, managed } from './guardians.js'
import { listGuardians } from './guardians-store.js'
import { NOTICES, PURPOSES } from './purposes.data.js'
import { recordWord, type Scope } from './record.js'

const ANSWERS = ['agreed', 'refused', 'withdrawn', 'read'] as const

type Input = Readonly<{
  studentId: string
  purpose: string
  badge: Scope
  answer: string
  /** 'student', 'paper' (a guardian who is not named here), or the id of a guardian. */
  by: string
  /** The day that stands on the paper. */
  paperOn: string
}>

/**
 * Writes down what stands on a paper that the school keeps: for who has no account, no e-mail, or no guardian named here.
 *
 * @throws {DomainError} forbidden, not-found or invalid-request
 */
export async function recordOnPaper(ctx: Context, actor: Actor, input: Input): Promise<void> {
  const student = await managed(ctx.db, actor, input.studentId)
  const purpose = [...PURPOSES, ...NOTICES].find((one) => one === input.purpose)
  const answer = ANSWERS.find((one) => one === input.answer)
  if (!purpose || !answer || (purpose === 'information') !== (answer === 'read')) {
    throw wrongAnswer()
  }
  const paperOn = toDay(input.paperOn, '/paperOn')
  if (paperOn > today(ctx)) throw notYetSigned()
  await ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    const known = activeOf(await listGuardians(trx, student.id))
    const named = known.find((one) => one.public_id === input.by)
    const isAnonymous = input.by === 'student' || input.by === 'paper'
    if (!named && !isAnonymous) throw nothingHere()
    const guardian = named ?? (input.by === 'paper' ? 'paper' : null)
    await recordWord(ctx, trx, {
      ...{ student, purpose, badge: input.badge, answer, guardian, method: 'paper', paperOn },
      // The sheet to be signed is in French.
      ...{ language: LANGUAGES[0], actor: actor.publicId, recordedById: actor.personId },
    })
  })
}

function wrongAnswer() {
  return wrongField('/answer', {
    fr: 'Choisissez ce qui est écrit : un accord, un refus ou un retrait ; « a lu » n’est que pour l’information.',
    en: 'Choose what is written: an agreement, a refusal or a withdrawal; “has read” is for the information alone.',
  })
}

function notYetSigned() {
  return wrongField('/paperOn', {
    fr: 'Cette date est à venir. Donnez celle qui est écrite sur le papier.',
    en: 'This day is still to come. Give the one that stands on the paper.',
  })
}
