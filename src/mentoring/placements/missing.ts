import type { Words } from '../../words.js'
import { missingMentions, PARTY_WORDS, unsignedParties, type Mentions } from './agreement.js'
import { LEAST_VISITS } from './findings.js'
import { stateOf } from './states.js'
import type { Placement } from './placements-store.js'

/** All that is known of how far a placement has come. */
export type Progress = Readonly<{
  mentions: Mentions
  signed: readonly string[]
  visits: number
}>

/** What is still to be done for a placement, in words, the most urgent first. */
export function missingOf(placement: Placement, progress: Progress, today: string): Words[] {
  const { plan } = placement
  switch (stateOf(placement)) {
    case 'cancelled':
    case 'validated':
    case 'rectified':
      return []
    case 'completed':
      return [{ fr: 'une autre personne doit confirmer', en: 'somebody else must confirm' }]
    case 'did-not-show':
      return placement.confirmedAt === null
        ? [{ fr: 'le lycée doit confirmer l’absence', en: 'the school must confirm the absence' }]
        : []
    default:
      return plan ? ofPlan(placement, progress, today) : []
  }
}

function ofPlan(placement: Placement, progress: Progress, today: string): Words[] {
  const { plan, untilDay } = placement
  if (!plan) return []
  const mentions = missingMentions(progress.mentions, { hasReferent: plan.referentId !== null })
  const unsigned = unsignedParties(plan.age, progress.signed)
  const needsOpinion =
    plan.work === 'REGULATED' && plan.age !== 'ADULT' && plan.medicalOpinionOn === null
  const visits = LEAST_VISITS - progress.visits
  return [
    ...(today > untilDay ? [{ fr: 'le bilan ou les jours faits', en: 'assessment or days' }] : []),
    ...(mentions.length > 0 ? [mentionsInWords(mentions.map(({ number }) => number))] : []),
    ...(unsigned.length > 0
      ? [signaturesInWords(unsigned.map((party) => PARTY_WORDS[party]))]
      : []),
    ...(needsOpinion
      ? [{ fr: 'la date de l’avis médical', en: 'day of the medical opinion' }]
      : []),
    ...(today >= placement.fromDay && visits > 0 ? [visitsInWords(visits)] : []),
  ]
}

/** So many are named; of more the number says enough, and the page of the agreement names them. */
const FEW = 3

function mentionsInWords(numbers: readonly number[]): Words {
  if (numbers.length > FEW) {
    const count = numbers.length
    return { fr: `${count} mentions de la convention`, en: `${count} mentions of the agreement` }
  }
  const listed = numbers.join(', ')
  return numbers.length === 1
    ? { fr: `la mention ${listed} de la convention`, en: `mention ${listed} of the agreement` }
    : { fr: `les mentions ${listed} de la convention`, en: `mentions ${listed} of the agreement` }
}

function signaturesInWords(parties: readonly Words[]): Words {
  if (parties.length > FEW) {
    return { fr: `${parties.length} signatures`, en: `${parties.length} signatures` }
  }
  const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
  return {
    fr: `signatures : ${parties.map(({ fr }) => lower(fr)).join(', ')}`,
    en: `signatures: ${parties.map(({ en }) => lower(en)).join(', ')}`,
  }
}

function visitsInWords(count: number): Words {
  return count === 1
    ? { fr: 'un point avec le tuteur', en: 'one check with the tutor' }
    : { fr: `${count} points avec le tuteur`, en: `${count} checks with the tutor` }
}
