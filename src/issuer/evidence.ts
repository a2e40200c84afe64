import type { Context } from '../context.js'
import { dossierDigest, factDigest } from '../credential/digest.js'
import {
  activeCompaniesOf,
  confirmedFactsOf,
  confirmedFactsOfAll,
  enrolmentsOf,
  type Fact,
} from '../mentoring/facts/facts.js'
import type { Db } from '../store/schema.js'
import { findVersion, type Version } from '../templates/store.js'
import { evidenceOf, weighEvidence, type Weighed } from './rules.js'
import { type Dossier } from './store/dossiers.js'
import { listFactsOfDossiers, type DossierFact } from './store/dossier-facts.js'

export type Evidence = Readonly<{
  version: Version
  weighed: Weighed[]
  facts: Fact[]
  partners: number[]
  enrolments: Awaited<ReturnType<typeof enrolmentsOf>>
}>

/** What a dossier rests on today: its template version, and the confirmed facts that meet its rule. */
export async function gatherEvidence(
  ctx: Context,
  dossier: Pick<Dossier, 'student_id' | 'template_version_id'>,
  day: string,
): Promise<Evidence> {
  const version = await findVersion(ctx.db, dossier.template_version_id)
  if (!version) throw new Error(`There is no template version ${dossier.template_version_id}.`)
  const { enrolments, partners } = await partnersOf(ctx.db, dossier.student_id, day)
  const all = await confirmedFactsOf(ctx.db, dossier.student_id)
  const weighed = weighEvidence(version.definition.rule, all, version.creatorId)
  return { version, weighed, facts: evidenceOf(weighed), partners, enrolments }
}

/** The companies that are partners of a student's classes on a day. */
export async function partnersOf(
  db: Db,
  studentId: number,
  day: string,
): Promise<Pick<Evidence, 'enrolments' | 'partners'>> {
  const enrolments = await enrolmentsOf(db, studentId)
  const active = await Promise.all(
    enrolments.map(({ classId }) => activeCompaniesOf(db, classId, day)),
  )
  return { enrolments, partners: active.flat().map(({ companyId }) => companyId) }
}

export type SaltedFact = Readonly<{ fact: Fact; salt: string; digest: string }>

/** The facts with a salt each, which is theirs in this badge only. */
export function saltFacts(ctx: Context, facts: readonly Fact[]): SaltedFact[] {
  return facts.map((fact) => {
    const salt = Buffer.from(ctx.randomBytes(16)).toString('base64url')
    return { fact, salt, digest: digestOfFact(fact, salt) }
  })
}

export type NamedFact = Readonly<{ digest: string; fact: Fact | undefined }>

type Naming = Pick<Dossier, 'id' | 'student_id'>

/** The facts that a dossier names; without a fact when it was contested or corrected since. */
export async function namedFactsOf(db: Db, dossier: Naming): Promise<NamedFact[]> {
  return (await namedFactsOfAll(db, [dossier])).get(dossier.id) ?? []
}

/** The same of many dossiers, by dossier. */
export async function namedFactsOfAll(
  db: Db,
  dossiers: readonly Naming[],
): Promise<ReadonlyMap<number, NamedFact[]>> {
  const rows = await listFactsOfDossiers(
    db,
    dossiers.map(({ id }) => id),
  )
  const named = Map.groupBy(rows, (row) => row.dossier_id)
  const facts = await confirmedFactsOfAll(
    db,
    dossiers.map((dossier) => dossier.student_id),
  )
  return new Map(
    dossiers.map(({ id, student_id }) => {
      const known = facts.get(student_id) ?? []
      return [id, (named.get(id) ?? []).map((one) => foundAmong(known, one))]
    }),
  )
}

function foundAmong(facts: readonly Fact[], { kind, fact_id, digest, salt }: DossierFact) {
  const fact = facts.find(
    (one) => one.kind === kind && one.id === fact_id && digestOfFact(one, salt) === digest,
  )
  return { digest, fact }
}

/** Whether every fact that a dossier names is still what it was. */
export async function namedFactsHold(db: Db, dossier: Naming): Promise<boolean> {
  return hold(await namedFactsOf(db, dossier))
}

/** Whether facts that were named are all still what they were. */
export function hold(named: readonly NamedFact[]): boolean {
  return named.every(({ fact }) => fact !== undefined)
}

export function digestOfFact(fact: Fact, salt: string): string {
  return factDigest(toCommitted(fact), salt)
}

/** What a digest of a fact is over: what was done, when, how much, confirmed in which function. */
export function toCommitted(fact: Fact) {
  const { kind, publicId, companyId, sessionKind, day, untilDay } = fact
  const { minutes, days, confirmedFunction } = fact
  const common = { kind, publicId, companyId, day, untilDay, minutes, days, confirmedFunction }
  return { ...common, ...(sessionKind && { sessionKind }) }
}

/** What the company commits to. */
export function digestOfDossier(
  version: Version,
  subject: string,
  facts: readonly Readonly<{ kind: string; digest: string }>[],
): string {
  const template = { id: version.templatePublicId, version: version.number, digest: version.digest }
  return dossierDigest({ template, facts, subject })
}
