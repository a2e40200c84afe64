import type { Words } from '../../words.js'
import { dayInWords } from '../days.js'
import { refusedBy, wrongField } from '../refusals.js'
import type { Warning } from '../warnings.js'

/** PT-15, in their order. */
export const OPENING_STEPS = [
  'DEMANDE_ENTREPRISE',
  'CONTACT_DRAFPIC',
  'EXPLORATION',
  'ETABLISSEMENT_RETENU',
  'OUVERTE',
] as const
export type OpeningStep = (typeof OPENING_STEPS)[number]

export const STEP_WORDS: Readonly<Record<OpeningStep, Words>> = {
  DEMANDE_ENTREPRISE: { fr: 'Demande de l’entreprise', en: 'The company asks' },
  CONTACT_DRAFPIC: { fr: 'Contact avec la DRAFPIC', en: 'The DRAFPIC is contacted' },
  EXPLORATION: {
    fr: 'Exploration avec le corps d’inspection et la Dgesco',
    en: 'Exploration with the inspectors and the Dgesco',
  },
  ETABLISSEMENT_RETENU: { fr: 'Établissement retenu', en: 'The school is chosen' },
  OUVERTE: { fr: 'Classe ouverte', en: 'The class is open' },
}

export type StepDone = Readonly<{ step: OpeningStep; day: string }>

export function isOpeningStep(text: string): text is OpeningStep {
  return OPENING_STEPS.some((known) => known === text)
}

/** @throws {DomainError} invalid-request */
export function toOpeningStep(text: string): OpeningStep {
  if (isOpeningStep(text)) return text
  throw wrongField('/step', { fr: 'Choisissez l’étape.', en: 'Choose the step.' })
}

/**
 * PT-15: a step is taken once, and on no day before those that come before it, nor after those that
 * come after it: two may share a day.
 *
 * @throws {DomainError} rule-refused
 */
export function assertStepInOrder(done: readonly StepDone[], next: StepDone): void {
  if (done.some(({ step }) => step === next.step)) {
    const name = STEP_WORDS[next.step]
    throw refusedBy('PT-15', '/step', {
      fr: `L’étape « ${name.fr} » est déjà datée. Choisissez-en une autre.`,
      en: `The step “${name.en}” has its day already. Choose another one.`,
    })
  }
  const place = (step: OpeningStep) => OPENING_STEPS.indexOf(step)
  const clash = done.find((other) =>
    place(other.step) < place(next.step) ? next.day < other.day : next.day > other.day,
  )
  if (!clash) return
  const [name, on] = [STEP_WORDS[clash.step], dayInWords(clash.day)]
  const isBefore = place(clash.step) < place(next.step)
  throw refusedBy('PT-15', '/day', {
    fr: `L’étape « ${name.fr} » est datée du ${on.fr} : celle-ci vient ${isBefore ? 'après' : 'avant'}. Corrigez le jour.`,
    en: `The step “${name.en}” is of ${on.en}: this one comes ${isBefore ? 'after' : 'before'} it. Correct the day.`,
  })
}

/** PT-15: the steps before one that have no day. */
export function skippedBefore(done: readonly StepDone[], step: OpeningStep): OpeningStep[] {
  const before = OPENING_STEPS.slice(0, OPENING_STEPS.indexOf(step))
  return before.filter((one) => !done.some((other) => other.step === one))
}

/** PT-15: steps that are skipped, an exploration without those who explore; PT-16: nobody from the academy. */
export function openingWarnings(
  done: readonly StepDone[],
  next: Readonly<{
    step: OpeningStep
    inspectors: string | null
    dgesco: string | null
    hasReferent: boolean
  }>,
): Warning[] {
  const reasons = [
    ...skippedBefore(done, next.step).map((step) => skipped(STEP_WORDS[step])),
    ...(next.step === 'EXPLORATION' && (next.inspectors === null || next.dgesco === null)
      ? [UNEXPLORED]
      : []),
  ]
  return [
    ...(reasons.length > 0 ? [{ rule: 'PT-15', words: joined(reasons) }] : []),
    ...(next.step === 'OUVERTE' && !next.hasReferent ? [NO_REFERENT] : []),
  ]
}

function skipped(step: Words): Words {
  return {
    fr: `L’étape « ${step.fr} » n’a pas eu lieu. Confirmez, ou datez-la d’abord.`,
    en: `The step “${step.en}” did not take place. Confirm it, or give its day first.`,
  }
}

const UNEXPLORED: Words = {
  fr: 'L’exploration se fait avec le corps d’inspection et la Dgesco. Confirmez que l’un des deux n’y était pas, ou dites qui.',
  en: 'The exploration is done with the inspectors and the Dgesco. Confirm that one of them was not there, or say who was.',
}

const NO_REFERENT: Warning = {
  rule: 'PT-16',
  words: {
    fr: 'Une classe s’ouvre avec un référent académique. Confirmez qu’il n’est pas encore désigné, ou donnez son nom.',
    en: 'A class opens with an academic referent. Confirm that none is designated yet, or give the name.',
  },
}

function joined(sentences: readonly Words[]): Words {
  return {
    fr: sentences.map(({ fr }) => fr).join(' '),
    en: sentences.map(({ en }) => en).join(' '),
  }
}
