import type { Context } from '../context.js'
import { dayAt, today } from '../people/days.js'
import type { Version } from '../templates/store.js'
import { requirementWords } from '../templates/wording.js'
import type { Words } from '../words.js'
import { gatherEvidence, namedFactsOf } from './evidence.js'
import { obstacleOf } from './obstacles.js'
import { changedWords, weighEvidence, type Weighed } from './rules.js'
import type { Dossier } from './store/dossiers.js'
import { factKindWords, functionWords } from './wording.js'

export type FactView = Readonly<{
  words: Words
  day: string
  untilDay: string
  /** Minutes of mentoring, days of a placement. */
  amount: number
  company: string
  /** In which function, never by whom. */
  confirmedBy: Words
  confirmedDay: string
}>

export type RequirementView = Readonly<{
  kind: 'mentoring' | 'placement'
  words: Words
  /** Minutes of mentoring, days of a placement. */
  wanted: number
  found: number
  met: boolean
  facts: FactView[]
}>

/** Before it is proposed: all that is confirmed today. Afterwards: the facts that it names. */
export async function restsOn(
  ctx: Context,
  dossier: Dossier,
): Promise<{ version: Version; weighed: Weighed[]; obstacle: Words | undefined }> {
  const evidence = await gatherEvidence(ctx, dossier, today(ctx))
  const { version } = evidence
  if (dossier.state === 'open') {
    return { version, weighed: evidence.weighed, obstacle: obstacleOf(evidence) }
  }
  const named = await namedFactsOf(ctx.db, dossier)
  const facts = named
    .flatMap(({ fact }) => fact ?? [])
    .toSorted((a, b) => a.day.localeCompare(b.day))
  const weighed = weighEvidence(version.definition.rule, facts, version.creatorId)
  return {
    version,
    weighed,
    obstacle: facts.length < named.length ? changedWords(dossier.state) : undefined,
  }
}

export function requirementView(ctx: Context, weighed: Weighed): RequirementView {
  const { requirement, wanted, found, met, facts } = weighed
  return {
    kind: requirement.kind,
    words: requirementWords(requirement),
    wanted,
    found,
    met,
    facts: facts.map((fact) => ({
      words: factKindWords(fact),
      day: fact.day,
      untilDay: fact.untilDay,
      amount: fact.kind === 'session' ? fact.minutes : fact.days,
      company: fact.companyName,
      confirmedBy: functionWords(fact.confirmedFunction),
      confirmedDay: dayAt(new Date(fact.confirmedAt), ctx.config.timeZone),
    })),
  }
}
