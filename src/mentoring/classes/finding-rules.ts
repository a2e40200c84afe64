import type { Words } from '../../words.js'
import { dayAfter, dayInWords, isWithin, type Period } from '../days.js'
import { schoolYearLabel } from '../school-year.js'
import { endingOf, gapsOf, lastDayOfCohort } from './agreement-rules.js'
import type { Finding } from '../finding.js'
import type { ClassCase } from './class-case.js'
import { OPENING_STEPS, STEP_WORDS } from './opening-rules.js'
import {
  domainFindings,
  personDayFindings,
  planFindings,
  progressionFindings,
} from './plan-findings.js'

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
