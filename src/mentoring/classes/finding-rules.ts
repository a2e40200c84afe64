import type { Words } from '../../words.js'
import { dayAfter, dayInWords, isWithin, type Period } from '../days.js'
import { nominalLevel } from '../levels.js'
import { schoolYearLabel, schoolYearOf } from '../school-year.js'
import { endingOf, gapsOf, lastDayOfCohort } from './agreement-rules.js'
import { placeInBand } from './contribution-rules.js'
import { isOutsideDomains, nsfOf } from './domain-rules.js'
import { OPENING_STEPS, STEP_WORDS, type OpeningStep } from './opening-rules.js'
import type { ClassFunction } from './people-rules.js'
import type { CompanyYear } from './person-days.js'
import { isAgreed, type Side } from './plan-rules.js'

/** What a rule has to say of a class; `since` the day from which it has been so, where that is known. */
export type Finding = Readonly<{ rule: string; words: Words; since?: string }>

type CaseCohort = Readonly<{ id: number; entryYear: number; hasStudents: boolean }>

/** A class as the rules on classes see it. */
export type ClassCase = Readonly<{
  mef: string
  /** Those of today. */
  companies: readonly Readonly<{
    companyId: number
    name: string
    role: 'principal' | 'partner'
    domains: readonly string[]
  }>[]
  liaisons: readonly (Period & Readonly<{ financedById: number | null }>)[]
  agreements: readonly Readonly<{
    id: number
    type: string
    title: string
    startDay: string
    endDay: string
    renewsId: number | null
  }>[]
  cohorts: readonly CaseCohort[]
  people: readonly (Period & Readonly<{ id: number; function: ClassFunction }>)[]
  /** Undefined where the way to the class was not recorded. */
  openingSteps: readonly OpeningStep[] | undefined
  progression: Readonly<{ cohortIds: readonly number[]; inspectorId: number | null }> | undefined
  plan: Readonly<{ signed: readonly Readonly<{ side: Side }>[] }> | undefined
  /** Of the present school year and the one before it. */
  companyYears: readonly (CompanyYear & Readonly<{ companyName: string }>)[]
}>

/** PT-11: how many cohorts of a class are under way; a class in its steady state has five. */
export function concurrentCohorts<Cohort extends Readonly<{ entryYear: number }>>(
  cohorts: readonly Cohort[],
  year: number,
): Cohort[] {
  return cohorts.filter(({ entryYear }) => {
    const level = nominalLevel(entryYear, year)
    return level !== undefined && level !== 'CLOSED'
  })
}

/** All that the rules report of a class today, in the order of their numbers. */
export function findingsOf(of: ClassCase, today: string): Finding[] {
  return [
    ...liaisonFindings(of, today),
    ...cohortFindings(of, today),
    ...agreementFindings(of, today),
    ...openingFindings(of),
    ...referentFindings(of, today),
    ...progressionFindings(of, today),
    ...planFindings(of),
    ...personDayFindings(of, today),
    ...domainFindings(of),
  ]
}

function liaisonFindings({ liaisons, companies }: ClassCase, today: string): Finding[] {
  const active = liaisons.filter((one) => isWithin(today, one))
  const [officer, another] = active
  if (!officer) {
    const words = {
      fr: 'La classe n’a pas d’agent de liaison. Nommez-en un.',
      en: 'The class has no liaison officer. Name one.',
    }
    return [{ rule: 'PT-10', words, ...sinceLast(liaisons, today) }]
  }
  if (another) {
    const words = {
      fr: `La classe a ${active.length} agents de liaison : il lui en faut un seul. Corrigez les dates.`,
      en: `The class has ${active.length} liaison officers: it needs one only. Correct the days.`,
    }
    return [{ rule: 'PT-10', words }]
  }
  const principal = companies.find(({ role }) => role === 'principal')
  if (officer.financedById === (principal?.companyId ?? null)) return []
  const words = {
    fr: 'L’agent de liaison n’est pas financé par l’entreprise principale.',
    en: 'The liaison officer is not paid by the principal company.',
  }
  return [{ rule: 'PT-10', words, since: officer.fromDay }]
}

/** The day after the last of those that are over. */
function sinceLast(periods: readonly Period[], today: string): { since?: string } {
  const ends = periods.flatMap(({ untilDay }) =>
    untilDay !== null && untilDay < today ? [untilDay] : [],
  )
  const last = ends.toSorted().at(-1)
  return last === undefined ? {} : { since: dayAfter(last) }
}

function cohortFindings({ cohorts }: ClassCase, today: string): Finding[] {
  const over = cohorts.filter(
    ({ entryYear, hasStudents }) => hasStudents && lastDayOfCohort(entryYear) < today,
  )
  return over.map(({ entryYear }) => ({
    rule: 'PT-13',
    words: {
      fr: `La cohorte entrée en ${schoolYearLabel(entryYear)} a terminé ses cinq années et a encore des élèves inscrits. Terminez leur inscription.`,
      en: `The cohort that entered in ${schoolYearLabel(entryYear)} has completed its five years and still has students. End their enrolments.`,
    },
    since: dayAfter(lastDayOfCohort(entryYear)),
  }))
}

function agreementFindings({ agreements, cohorts }: ClassCase, today: string): Finding[] {
  const frameworks = agreements.filter(({ type }) => type === 'ACCORD_CADRE_PTECH')
  if (frameworks.length === 0) {
    const words = {
      fr: 'Aucun accord-cadre P-TECH n’est enregistré pour la classe. Enregistrez-le.',
      en: 'No P-TECH framework agreement is recorded for the class. Record it.',
    }
    return [{ rule: 'PT-14', words }]
  }
  const live = cohorts.filter(({ entryYear }) => lastDayOfCohort(entryYear) >= today)
  const gaps = gapsOf(frameworks, live).map(({ cohort, fromDay }) => ({
    rule: 'PT-14',
    words: uncovered(schoolYearLabel(cohort.entryYear), dayInWords(fromDay)),
    ...(fromDay <= today ? { since: fromDay } : {}),
  }))
  return [...endingFindings(agreements, today), ...gaps]
}

function uncovered(entry: string, from: Words): Words {
  return {
    fr: `La cohorte entrée en ${entry} est à couvrir par renouvellement : aucun accord-cadre ne la couvre à partir du ${from.fr}.`,
    en: `The cohort that entered in ${entry} is to be covered by a renewal: no framework agreement covers it from ${from.en}.`,
  }
}

function endingFindings(agreements: ClassCase['agreements'], today: string): Finding[] {
  return agreements.flatMap(({ id, title, endDay }) => {
    const ending = endingOf(endDay, today)
    const isRenewed = agreements.some(({ renewsId }) => renewsId === id)
    if (ending === undefined || isRenewed) return []
    const on = dayInWords(endDay)
    const words =
      ending === 'ENDED'
        ? {
            fr: `« ${title} » a pris fin le ${on.fr}. Enregistrez son renouvellement.`,
            en: `“${title}” ended on ${on.en}. Record its renewal.`,
          }
        : {
            fr: `« ${title} » prend fin dans moins de ${ending} mois, le ${on.fr}. Préparez son renouvellement.`,
            en: `“${title}” ends within ${ending} months, on ${on.en}. Prepare its renewal.`,
          }
    return [{ rule: 'PT-14', words, ...(ending === 'ENDED' ? { since: dayAfter(endDay) } : {}) }]
  })
}

function openingFindings({ openingSteps }: ClassCase): Finding[] {
  if (openingSteps === undefined) return []
  const missing = OPENING_STEPS.filter((step) => !openingSteps.includes(step))
  if (missing.length === 0) return []
  const words = {
    fr: `La procédure d’ouverture n’a pas de date pour : ${missing.map((step) => STEP_WORDS[step].fr).join(', ')}.`,
    en: `The opening procedure has no day for: ${missing.map((step) => STEP_WORDS[step].en).join(', ')}.`,
  }
  return [{ rule: 'PT-15', words }]
}

function referentFindings({ people }: ClassCase, today: string): Finding[] {
  const referents = people.filter((one) => one.function === 'ACADEMIC_REFERENT')
  if (referents.some((one) => isWithin(today, one))) return []
  const words = {
    fr: 'Aucun référent académique n’est attaché à la classe. Demandez à la DAFPIC de le désigner, puis enregistrez-le.',
    en: 'No academic referent is attached to the class. Ask the DAFPIC to designate one, then record it.',
  }
  return [{ rule: 'PT-16', words, ...sinceLast(referents, today) }]
}

function progressionFindings(of: ClassCase, today: string): Finding[] {
  const { progression } = of
  const missing = missingInProgression(of, today).map((words) => ({ rule: 'PT-17', words }))
  if (progression) return missing
  const words = {
    fr: 'La classe n’a pas de progression pédagogique. Écrivez-la avec le corps d’inspection.',
    en: 'The class has no progression pédagogique. Write it with the inspectors.',
  }
  return [{ rule: 'PT-17', words }]
}

/** PT-17: what a progression lacks: the cohorts under way that it leaves out, and an inspector. */
export function missingInProgression(
  { progression, cohorts, people }: Pick<ClassCase, 'progression' | 'cohorts' | 'people'>,
  today: string,
): Words[] {
  if (!progression) return []
  const active = concurrentCohorts(cohorts, schoolYearOf(today))
  const left = active.filter(({ id }) => !progression.cohortIds.includes(id))
  const years = left.map(({ entryYear }) => schoolYearLabel(entryYear)).join(', ')
  const inspector = people.find(({ id }) => id === progression.inspectorId)
  const hasInspector = inspector?.function === 'INSPECTOR' && isWithin(today, inspector)
  return [
    ...(left.length > 0
      ? [
          {
            fr: `La progression pédagogique laisse de côté des cohortes en cours : ${years}. Mettez-la à jour.`,
            en: `The progression pédagogique leaves out cohorts that are under way: ${years}. Update it.`,
          },
        ]
      : []),
    ...(hasInspector
      ? []
      : [
          {
            fr: 'Aucun inspecteur n’est associé à la progression pédagogique. Associez-en un.',
            en: 'No inspector is associated with the progression pédagogique. Associate one.',
          },
        ]),
  ]
}

function planFindings({ plan }: ClassCase): Finding[] {
  if (plan && isAgreed(plan.signed)) return []
  const words = plan
    ? {
        fr: 'Le plan de contributions sur cinq ans n’est pas signé des deux côtés, entreprise et équipe pédagogique.',
        en: 'The five-year contributions plan is not signed on both sides, company and teaching team.',
      }
    : {
        fr: 'La classe n’a pas de plan de contributions sur cinq ans. Écrivez-le avec les entreprises.',
        en: 'The class has no five-year contributions plan. Write it with the companies.',
      }
  return [{ rule: 'PT-18', words }]
}

function personDayFindings({ companyYears }: ClassCase, today: string): Finding[] {
  const present = schoolYearOf(today)
  return companyYears.flatMap(({ companyName, year, personDays, promised }) => {
    const label = schoolYearLabel(year)
    const below: Words[] =
      year < present && promised !== null && personDays < promised.personDays
        ? [
            {
              fr: `${companyName} a donné ${inFrench(personDays)} jours en ${label}, sur ${promised.personDays} promis.`,
              en: `${companyName} gave ${personDays} days in ${label}, of ${promised.personDays} promised.`,
            },
          ]
        : []
    const above: Words[] =
      placeInBand(personDays) === 'ABOVE'
        ? [
            {
              fr: `${companyName} a donné ${inFrench(personDays)} jours en ${label}, plus que la fourchette de référence. Relisez les contributions.`,
              en: `${companyName} gave ${personDays} days in ${label}, more than the reference band. Read the contributions again.`,
            },
          ]
        : []
    return [...below, ...above].map((words) => ({ rule: 'PT-21', words }))
  })
}

function inFrench(days: number): string {
  return String(days).replace('.', ',')
}

function domainFindings({ mef, companies }: ClassCase): Finding[] {
  const outside = companies.filter(({ domains }) => isOutsideDomains(mef, domains))
  return outside.map(({ name, domains }) => ({
    rule: 'PT-25',
    words: {
      fr: `La filière est du groupe NSF ${nsfOf(mef)} ; les domaines de ${name} sont ${domains.join(', ')}. Complétez-les, ou revoyez le partenariat.`,
      en: `The track is of the NSF group ${nsfOf(mef)}; the domains of ${name} are ${domains.join(', ')}. Complete them, or review the partnership.`,
    },
  }))
}
