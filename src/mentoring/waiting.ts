import type { Actor, Context } from '../context.js'
import type { Waiting } from '../web/components/journey.js'
import { openCorrectionsFor } from './corrections/see-corrections.js'
import { openObjectionsFor } from './consents/answer-objection.js'
import { unconfirmedFor } from './confirming/see-unconfirmed.js'

/** The sessions and placements that the actor may confirm: recorded by others, in their school or company; objections and requests for correction. */
export async function mentoringWaiting(ctx: Context, actor: Actor): Promise<Waiting[]> {
  const { length: count } = await unconfirmedFor(ctx, actor)
  const objections = await openObjectionsFor(ctx, actor)
  const corrections = await openCorrectionsFor(ctx, actor)
  const all = [
    { words: OBJECTIONS, href: '/objections', count: objections },
    { words: CORRECTIONS, href: '/corrections', count: corrections },
    { words: TO_CONFIRM, href: '/confirm', count },
  ]
  return all.filter((one) => one.count > 0)
}

const OBJECTIONS = {
  fr: 'Oppositions à traiter dans le mois',
  en: 'Objections to be answered within a month',
}
const CORRECTIONS = {
  fr: 'Demandes de correction à traiter dans le mois',
  en: 'Requests for correction to be answered within a month',
}
const TO_CONFIRM = {
  fr: 'Séances et périodes en entreprise à confirmer',
  en: 'Sessions and placements to confirm',
}
