import type { Db } from '../../store/schema.js'
import type { PlacementFinding } from '../finding.js'
import { firstDayOf, schoolYearOf } from '../school-year.js'
import { listSignatures } from './agreement-store.js'
import { AGREEMENT_WORDS, agreementState } from './agreement.js'
import { judgeDerogation, judgeHostQuota, judgeTutorLoad } from './hosting.js'
import { RULES } from './rules.js'
import { listDerogations } from './sites-store.js'
import { stateOf } from './states.js'
import { listHeldBySites, listHeldByTutors, type Held } from './held-store.js'
import { listPlacementsOfSchools, type Placement } from './placements-store.js'
import { listVisits } from './store.js'
import { judgeWorkingTime } from './working-time.js'

/** PFMP-12: « à plusieurs reprises » (L124-1). */
export const LEAST_VISITS = 2

/**
 * All that is to be reported of the placements of some schools in the school year of a day.
 *
 * @param today YYYY-MM-DD
 */
export async function placementFindings(
  db: Db,
  { schoolIds }: Readonly<{ schoolIds: readonly number[] }>,
  today: string,
): Promise<PlacementFinding[]> {
  const firstDay = firstDayOf(schoolYearOf(today))
  const listed = await listPlacementsOfSchools(db, schoolIds, firstDay)
  const placements = listed.filter((one) => {
    const state = stateOf(one)
    return state !== 'cancelled' && state !== 'did-not-show'
  })
  return findingsOf(db, placements, today)
}

/** The same of placements that were read already. */
export async function findingsOf(
  db: Db,
  placements: readonly Placement[],
  today: string,
): Promise<PlacementFinding[]> {
  const known = await readAround(db, placements)
  return placements.flatMap((placement) =>
    [
      ...ofHosting(placement, known),
      ...ofSignatures(placement, known, today),
      ...ofFollowing(placement, known, today),
    ].map(({ rule, words }) => ({ rule, words, publicId: placement.publicId })),
  )
}

type Around = Awaited<ReturnType<typeof readAround>>

async function readAround(db: Db, placements: readonly Placement[]) {
  const ids = placements.map(({ id }) => id)
  const siteIds = placements.flatMap(({ plan }) => plan?.siteId ?? [])
  const tutorIds = [...new Set(placements.map(({ tutorId }) => tutorId))]
  return {
    byTutor: Map.groupBy(await listHeldByTutors(db, tutorIds), ({ heldBy }) => heldBy),
    bySite: Map.groupBy(await listHeldBySites(db, siteIds), ({ heldBy }) => heldBy),
    derogations: Map.groupBy(await listDerogations(db, siteIds), ({ siteId }) => siteId),
    signatures: Map.groupBy(await listSignatures(db, ids), ({ placement_id }) => placement_id),
    visits: Map.groupBy(await listVisits(db, ids), ({ placement_id }) => placement_id),
  }
}

function ofHosting(placement: Placement, known: Around) {
  const others = (held: readonly Held[] | undefined) =>
    (held ?? []).filter(({ id }) => id !== placement.id)
  const load = judgeTutorLoad(placement, others(known.byTutor.get(placement.tutorId)))
  const { plan } = placement
  if (!plan) return load
  const { siteId, site, work, age } = plan
  const atSite = siteId === null ? [] : others(known.bySite.get(siteId))
  const derogations = siteId === null ? [] : (known.derogations.get(siteId) ?? [])
  return [
    ...load,
    ...judgeHostQuota(placement, site, atSite),
    ...judgeWorkingTime(age, plan),
    ...judgeDerogation({ ...placement, work, age }, derogations),
  ]
}

function ofSignatures({ id, plan, fromDay }: Placement, known: Around, today: string) {
  if (!plan || today < fromDay) return []
  const signed = (known.signatures.get(id) ?? []).map(({ party }) => party)
  const state = agreementState(plan.age, signed)
  if (state === 'SIGNED') return []
  return [
    {
      rule: RULES.signed,
      words: {
        fr: `La période a commencé et la convention est ${AGREEMENT_WORDS[state].fr}. Faites-la signer par toutes les parties.`,
        en: `The placement has begun and its agreement is ${AGREEMENT_WORDS[state].en}. Have all parties sign it.`,
      },
    },
  ]
}

function ofFollowing({ id, plan, untilDay, daysDone }: Placement, known: Around, today: string) {
  if (!plan || today <= untilDay) return []
  const { length: count } = known.visits.get(id) ?? []
  const few = {
    rule: RULES.visits,
    words: {
      fr: `La période est finie et le lycée n’a pris de nouvelles auprès du tuteur que ${count} fois ; il en faut ${LEAST_VISITS}.`,
      en: `The placement is over and the school asked the tutor for news ${count} times; ${LEAST_VISITS} are needed.`,
    },
  }
  const unknown = {
    rule: RULES.daysKnown,
    words: {
      fr: 'La période est finie et le nombre de jours faits n’est pas connu. Demandez l’attestation au tuteur.',
      en: 'The placement is over and the days done are not known. Ask the tutor for the attestation.',
    },
  }
  return [...(count < LEAST_VISITS ? [few] : []), ...(daysDone === null ? [unknown] : [])]
}
