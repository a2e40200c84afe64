import type { Actor, Context } from '../../context.js'
import { today } from '../../people/days.js'
import { LANGUAGES } from '../../words.js'
import type { Db } from '../../store/schema.js'
import { ageOn, dayInWords, toDay } from '../days.js'
import { nothingHere, refusedBy, wrongField } from '../refusals.js'
import { lockStudent } from '../students/store.js'
import { activeOf, managed } from './guardians.js'
import { listGuardians } from './guardians-store.js'
import { standingIn } from './may-be-shown.js'
import { ALONE_FROM_AGE, NOTICES, PURPOSES } from './purposes.data.js'
import { recordWord, type Scope, type Word } from './record.js'
import { saidIn } from './said.js'
import { latestOf, type Voice } from './standing.js'
import { listRecords, listRecordsFor } from './store.js'

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

/** What a paper comes to on the day on which it is written down. */
export type PaperNoted = Readonly<{
  /** Whether it holds today; a yes may wait for another, or have run out. */
  holds: boolean
  /** The day of a later word of the same voice that counts instead, for what it is about. */
  outweighedOn: string | undefined
}>

/**
 * Writes down what stands on a paper that the school keeps: for who has no account, no e-mail, or no guardian named here. It counts as of
 * the day on the paper.
 *
 * @throws {DomainError} forbidden, not-found, invalid-request (a yes that a later no outweighs, too), or rule-refused (a guardian from 15 on)
 */
export async function recordOnPaper(ctx: Context, actor: Actor, input: Input): Promise<PaperNoted> {
  const student = await managed(ctx.db, actor, input.studentId)
  const purpose = [...PURPOSES, ...NOTICES].find((one) => one === input.purpose)
  const answer = ANSWERS.find((one) => one === input.answer)
  if (!purpose || !answer || (purpose === 'information') !== (answer === 'read')) {
    throw wrongAnswer()
  }
  const paperOn = toDay(input.paperOn, '/paperOn')
  if (paperOn > today(ctx)) throw notYetSigned()
  const birthDate = ctx.vault.open(student.birth_date_sealed)
  return ctx.db.transaction().execute(async (trx) => {
    await lockStudent(trx, student.id)
    const known = activeOf(await listGuardians(trx, student.id))
    const named = known.find((one) => one.public_id === input.by)
    const isAnonymous = input.by === 'student' || input.by === 'paper'
    if (!named && !isAnonymous) throw nothingHere()
    const guardian = named ?? (input.by === 'paper' ? 'paper' : null)
    const isAlone = ageOn(birthDate, paperOn) >= ALONE_FROM_AGE
    if (guardian !== null && purpose !== 'information' && isAlone) throw decidesAlone(paperOn)
    const paper = { student, purpose, badge: input.badge, answer, guardian, paperOn } as const
    const outweighedOn = await laterWord(trx, paper)
    await recordWord(ctx, trx, {
      ...{ ...paper, method: 'paper' },
      // The sheet to be signed is in French.
      ...{ language: LANGUAGES[0], actor: actor.publicId, recordedById: actor.personId },
    })
    return { outweighedOn, holds: await holdsNow(ctx, trx, paper) }
  })
}

type Paper = Pick<Word, 'student' | 'purpose' | 'badge' | 'answer' | 'guardian'> &
  Readonly<{ paperOn: string }>

/**
 * The day of a word of the same voice that came later and says otherwise, of all or of a part of what the paper is about.
 *
 * @throws {DomainError} invalid-request for a yes of which nothing is left
 */
async function laterWord(trx: Db, paper: Paper): Promise<string | undefined> {
  const { student, purpose, badge, answer, guardian, paperOn } = paper
  if (purpose === 'information') return undefined
  const voice: Voice = guardian === null ? 'student' : guardian === 'paper' ? 'paper' : guardian.id
  const badgeId = badge?.id ?? null
  const of = { studentId: student.id, purpose, badgeId }
  const last = latestOf(saidIn(await listRecordsFor(trx, of)), voice)
  const isYes = answer === 'agreed'
  if (isYes && last && last.answer !== 'agreed' && last.day >= paperOn) {
    throw outweighed(paperOn, last.day)
  }
  const touched = (await listRecords(trx, student.id)).filter(
    ({ purpose: about, badge_id }) =>
      about === purpose && (badgeId === null || badge_id === null || badge_id === badgeId),
  )
  return saidIn(touched).findLast(
    (one) => one.voice === voice && one.day > paperOn && (one.answer === 'agreed') !== isYes,
  )?.day
}

async function holdsNow(ctx: Context, trx: Db, paper: Paper): Promise<boolean> {
  const { student, purpose, badge, answer } = paper
  if (purpose === 'information') return true
  const of = { studentId: student.id, purpose, badgeId: badge?.id ?? null }
  const { state } = await standingIn(ctx, trx, of)
  return (answer === 'agreed') === (state === 'agreed')
}

function decidesAlone(paperOn: string) {
  const day = dayInWords(paperOn)
  return refusedBy('CONSENT-03', '/by', {
    fr: `Le ${day.fr}, cet élève avait ${ALONE_FROM_AGE} ans ou plus : il décidait seul, et un responsable légal ne répond plus pour lui. Notez le papier de l’élève, ou corrigez la date si celle du papier est plus ancienne.`,
    en: `On ${day.en} this student was ${ALONE_FROM_AGE} or older: they decided alone, and a guardian answers for them no more. Record the student’s paper, or correct the day if the one on the paper is earlier.`,
  })
}

function outweighed(paperOn: string, noOn: string) {
  const [paper, no] = [dayInWords(paperOn), dayInWords(noOn)]
  return wrongField('/paperOn', {
    fr: `Ce papier est du ${paper.fr}, et la même personne a dit non le ${no.fr} : c’est ce non qui compte. Si elle est de nouveau d’accord, faites signer un papier d’une date plus récente, ou laissez-la répondre elle-même.`,
    en: `This paper is of ${paper.en}, and the same person said no on ${no.en}: it is that no which counts. If they agree again, have a paper of a later day signed, or let them answer themselves.`,
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
