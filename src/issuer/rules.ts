import { DomainError } from '../errors.js'
import type { Fact } from '../mentoring/facts/facts.js'
import { somebodyElse } from '../people/second-person.js'
import type { Requirement } from '../templates/definition.js'
import type { Words } from '../words.js'

/** What a requirement asks, how much of it the facts give, and which facts give it. */
export type Weighed = Readonly<{
  requirement: Requirement
  /** Minutes for mentoring, days for a placement. */
  wanted: number
  found: number
  met: boolean
  facts: readonly Fact[]
}>

/**
 * Which requirement of a template is met by which facts. `companyId` is the company that would
 * endorse: "own company" requirements count its facts only. A placement requirement asks for one
 * placement that is long enough, not for a sum of short ones.
 */
export function weighEvidence(
  rule: readonly Requirement[],
  facts: readonly Fact[],
  companyId: number,
): Weighed[] {
  return rule.map((requirement) => {
    const ours = facts.filter((fact) => !requirement.ownCompany || fact.companyId === companyId)
    return requirement.kind === 'mentoring'
      ? weighMentoring(requirement, ours)
      : weighPlacement(requirement, ours)
  })
}

function weighMentoring(
  requirement: Extract<Requirement, { kind: 'mentoring' }>,
  facts: readonly Fact[],
): Weighed {
  const sessions = facts.filter(
    (fact) =>
      fact.kind === 'session' &&
      (requirement.sessionKind === 'ANY' || fact.sessionKind === requirement.sessionKind),
  )
  const found = sessions.reduce((sum, { minutes }) => sum + minutes, 0)
  const wanted = requirement.hours * 60
  return { requirement, wanted, found, met: found >= wanted, facts: sessions }
}

function weighPlacement(
  requirement: Extract<Requirement, { kind: 'placement' }>,
  facts: readonly Fact[],
): Weighed {
  const placements = facts.filter((fact) => fact.kind === 'placement')
  const found = Math.max(0, ...placements.map(({ days }) => days))
  const wanted = requirement.days
  return {
    requirement,
    wanted,
    found,
    met: found >= wanted,
    facts: placements.filter(({ days }) => days >= wanted),
  }
}

/** The facts that a dossier rests on: each once, in the order of their days. */
export function evidenceOf(weighed: readonly Weighed[]): Fact[] {
  const facts = new Map(weighed.flatMap((one) => one.facts).map((fact) => [fact.publicId, fact]))
  return [...facts.values()].sort(
    (a, b) => a.day.localeCompare(b.day) || a.publicId.localeCompare(b.publicId),
  )
}

/** @throws {DomainError} rule-refused, while a requirement lacks something */
export function assertEvidenceComplete(weighed: readonly Weighed[]): void {
  const missing = weighed.filter(({ met }) => !met).length
  if (missing === 0) return
  throw new DomainError('rule-refused', {
    fr: `Il manque encore ${missing} exigence(s) à ce dossier : voyez la liste, puis complétez ou faites confirmer les faits.`,
    en: `This dossier still lacks ${missing} requirement(s): see the list, then add facts or have them confirmed.`,
  })
}

/** OB-01: the endorsing company was a partner of the class on the day. */
export function assertPartner(
  companyId: number,
  partnersOnTheDay: readonly number[],
  day: string,
): void {
  if (partnersOnTheDay.includes(companyId)) return
  throw new DomainError(
    'rule-refused',
    {
      fr: `Cette entreprise n’était pas partenaire de la classe le ${day} : son endossement ne peut pas compter.`,
      en: `This company was not a partner of the class on ${day}: its endorsement can’t count.`,
    },
    { rule: 'OB-01' },
  )
}

/** OB-02: at least one session or placement with a partner company of the class. */
export function assertPartnerEvidence(facts: readonly Fact[], partners: readonly number[]): void {
  if (facts.some(({ companyId }) => partners.includes(companyId))) return
  throw new DomainError(
    'rule-refused',
    {
      fr: 'Les preuves doivent compter au moins une séance ou un stage avec une entreprise partenaire de la classe.',
      en: 'The evidence must hold at least one session or placement with a partner company of the class.',
    },
    { rule: 'OB-02' },
  )
}

/** OB-07: an enrolment covers the days of every fact. */
export function assertEnrolledThroughout(
  facts: readonly Fact[],
  enrolments: readonly Readonly<{ fromDay: string; untilDay: string | null }>[],
): void {
  const uncovered = facts.find(
    ({ day, untilDay }) =>
      !enrolments.some(
        (enrolment) =>
          enrolment.fromDay <= day &&
          (enrolment.untilDay === null || untilDay <= enrolment.untilDay),
      ),
  )
  if (!uncovered) return
  throw new DomainError(
    'rule-refused',
    {
      fr: `Un fait du ${uncovered.day} n’est couvert par aucune inscription de l’élève : corrigez les dates de l’inscription ou retirez ce fait.`,
      en: `A fact of ${uncovered.day} is covered by no enrolment of the student: correct the dates of the enrolment or leave this fact out.`,
    },
    { rule: 'OB-07' },
  )
}

/** EN-01: two persons have a place in every commitment: the second is never the first. */
export function assertAnotherPerson(first: number | null, second: number | null): void {
  if (first !== null && second !== null && first !== second) return
  throw somebodyElse()
}

/** EN-04: what is committed to is what was shown. */
export function assertSameDigest(shown: string, current: string | null): void {
  if (current !== null && shown === current) return
  throw new DomainError('conflict', {
    fr: 'Le dossier a changé depuis que vous l’avez ouvert. Relisez-le avant de vous engager.',
    en: 'The dossier has changed since you opened it. Read it again before you commit.',
  })
}

/** EN-04: what was proposed is still so. @throws {DomainError} conflict */
export function assertFactsHold(hold: boolean): void {
  if (!hold) throw factsChanged()
}

export function factsChanged(): DomainError {
  return new DomainError('conflict', FACTS_CHANGED)
}

const FACTS_CHANGED: Words = {
  fr: 'Un fait de ce dossier a été contesté ou corrigé depuis la proposition : le lycée doit reprendre le dossier et le proposer de nouveau.',
  en: 'A fact of this dossier was contested or corrected since it was proposed: the school must take the dossier back and propose it again.',
}

const CHANGED_SINCE_ISSUED: Words = {
  fr: 'Un fait de ce badge a été contesté ou corrigé depuis qu’il est délivré. Le badge dit ce qui était confirmé ce jour-là : relisez le fait, et révoquez le badge s’il n’est plus mérité.',
  en: 'A fact of this badge was contested or corrected since it was issued. The badge says what was confirmed on that day: read the fact again, and revoke the badge if it is not deserved any more.',
}

/** What to do about a fact that changed, by how far the dossier has come. */
export function changedWords(state: string): Words {
  return state === 'issued' ? CHANGED_SINCE_ISSUED : FACTS_CHANGED
}

const DAY_MS = 86_400_000

export function isExpired(since: string, days: number, now: Date): boolean {
  return now.getTime() > Date.parse(since) + days * DAY_MS
}

/** EN-08: a step waits `days` days for the next one. */
export function assertNotExpired(since: string, days: number, now: Date): void {
  if (isExpired(since, days, now)) throw new DomainError('gone', expiredWords(days))
}

export function expiredWords(days: number): Words {
  return {
    fr: `Cette étape attend depuis plus de ${days} jours : le lycée doit reprendre le dossier et le proposer de nouveau.`,
    en: `This step has waited for more than ${days} days: the school must take the dossier back and propose it again.`,
  }
}
