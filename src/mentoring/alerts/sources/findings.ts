import type { Context } from '../../../context.js'
import { findOrganisation } from '../../../people/store.js'
import type { Words } from '../../../words.js'
import { classFindings, type ClassFinding } from '../../classes/class-findings.js'
import { cordeeFindings } from '../../cordees/find-cordees.js'
import type { GroupFinding } from '../../finding.js'
import { pairFindings } from '../../pairs/find-pairs.js'
import { placementFindings } from '../../placements/findings.js'
import { RULES } from '../../placements/rules.js'
import { cordees } from '../../schemes/cordees.js'
import { oneMentor } from '../../schemes/one-mentor.js'
import type { Scheme } from '../../schemes/scheme.js'
import { SEE_CLASS, type Alert, type Scope, type Severity } from '../alert.js'

/** How much what a rule reports presses; what is not here is to be known. */
const SEVERITY: Readonly<Record<string, Severity>> = {
  'PT-10': 'due',
  'PT-13': 'due',
  'PT-14': 'soon',
  'PT-15': 'soon',
  'PT-16': 'due',
  'PT-17': 'soon',
  'PT-18': 'soon',
  'CO-02': 'due',
  'JM-03': 'soon',
  'JM-D1': 'due',
  'JM-D2': 'soon',
  [RULES.signed]: 'due',
  [RULES.daysKnown]: 'due',
  [RULES.visits]: 'soon',
}

/** What concerns an academy: agreements, the way to a class, and the roles that it lacks. */
const OF_ACADEMY = ['PT-10', 'PT-14', 'PT-15', 'PT-16', 'PT-17']

/** What the rules report of the classes of some schools. */
export async function classAlerts(
  { db }: Context,
  { schoolIds }: Scope,
  today: string,
): Promise<Alert[]> {
  return (await classFindings(db, { schoolIds }, today)).map(ofClass)
}

/** The same for an academy, without what concerns the schools and companies alone. */
export async function academyAlerts(
  { db }: Context,
  { academyIds }: Scope,
  today: string,
): Promise<Alert[]> {
  const academies = await Promise.all(academyIds.map((id) => findOrganisation(db, id)))
  const codes = new Set(academies.flatMap((academy) => academy?.academyCode ?? []))
  const found = await Promise.all(
    [...codes].map((academyCode) => classFindings(db, { academyCode }, today)),
  )
  return (
    found
      .flat()
      .filter(({ rule }) => OF_ACADEMY.includes(rule))
      // Classes of several lycées have the same name.
      .map((one) => ({ ...ofClass(one), place: `${one.className}, ${one.schoolName}` }))
  )
}

function ofClass({ rule, words, since, classPublicId, className }: ClassFinding): Alert {
  // An agreement that has ended, or no longer covers a cohort, does not wait.
  const severity = rule === 'PT-14' && since !== undefined ? 'due' : (SEVERITY[rule] ?? 'info')
  const [href, subject] = [`/classes/${classPublicId}`, classPublicId]
  return {
    ...{ rule, severity, words, href, subject },
    place: className,
    action: SEE_CLASS,
    since: since ?? null,
  }
}

/** What the rules report of the cordées that some organisations run or have students in. */
export async function cordeeAlerts({ db }: Context, of: Scope, today: string): Promise<Alert[]> {
  return (await cordeeFindings(db, of, today)).map((one) => ofGroup(one, cordees, SEE_CORDEE))
}

/** The same of pairs. */
export async function pairAlerts({ db }: Context, of: Scope, today: string): Promise<Alert[]> {
  return (await pairFindings(db, of, today)).map((one) => ofGroup(one, oneMentor, SEE_PAIR))
}

const SEE_CORDEE: Words = { fr: 'Voir la cordée', en: 'See the cordée' }
const SEE_PAIR: Words = { fr: 'Voir le binôme', en: 'See the pair' }

function ofGroup(finding: GroupFinding, { group }: Scheme, action: Words): Alert {
  const { rule, publicId, title, words } = finding
  return {
    ...{ rule, words, subject: publicId, place: title, since: null },
    severity: SEVERITY[rule] ?? 'info',
    href: `${group.page}/${publicId}`,
    action,
  }
}

/** What the rules report of the placements of some schools: by rule, how many. */
export async function placementAlerts(
  { db }: Context,
  { schoolIds }: Scope,
  today: string,
): Promise<Alert[]> {
  const findings = await placementFindings(db, { schoolIds }, today)
  const schools = await Promise.all(schoolIds.map((id) => findOrganisation(db, id)))
  const place = schools.flatMap((school) => school?.name ?? []).join(', ')
  const byRule = Map.groupBy(findings, ({ rule }) => rule)
  return [...byRule].map(([rule, { length }]) => ({
    ...{ rule, place, since: null, href: '/placements', subject: schools[0]?.publicId ?? '' },
    severity: SEVERITY[rule] ?? 'info',
    words: placementWords(rule, length),
    action: { fr: 'Voir les stages', en: 'See the placements' },
  }))
}

function placementWords(rule: string, count: number): Words {
  const what = PLACEMENT_WORDS[rule] ?? {
    fr: `à relire : règle ${rule}`,
    en: `to be read again: rule ${rule}`,
  }
  return {
    fr: `${count} ${count > 1 ? 'périodes' : 'période'} en entreprise, ${what.fr}`,
    en: `${count} ${count > 1 ? 'placements' : 'placement'}, ${what.en}`,
  }
}

const PLACEMENT_WORDS: Readonly<Record<string, Words>> = {
  [RULES.tutorLoad]: {
    fr: 'tuteur qui suit plus de trois stagiaires à la fois',
    en: 'the tutor has more than three trainees at once',
  },
  [RULES.hostQuota]: {
    fr: 'entreprise qui accueille plus de stagiaires que son quota',
    en: 'the host has more trainees than its quota',
  },
  [RULES.day]: {
    fr: 'journée trop longue pour un mineur',
    en: 'the day is too long for a minor',
  },
  [RULES.week]: {
    fr: 'semaine trop longue pour un mineur',
    en: 'the week is too long for a minor',
  },
  [RULES.night]: { fr: 'travail de nuit d’un mineur', en: 'a minor works at night' },
  [RULES.rest]: { fr: 'repos trop court d’un mineur', en: 'a minor rests too little' },
  [RULES.derogation]: {
    fr: 'travaux réglementés sans déclaration du site qui soit valable',
    en: 'regulated work without a valid declaration of the site',
  },
  [RULES.mentions]: {
    fr: 'convention sans toutes ses mentions obligatoires',
    en: 'agreement without all its mandatory mentions',
  },
  [RULES.signed]: {
    fr: 'convention pas encore signée par tous',
    en: 'agreement not yet signed by all',
  },
  [RULES.visits]: {
    fr: 'moins de deux prises de nouvelles auprès du tuteur',
    en: 'the tutor asked for news less than twice',
  },
  [RULES.daysKnown]: {
    fr: 'finie et sans nombre de jours : l’attestation manque',
    en: 'over and without days done: the attestation is missing',
  },
}
