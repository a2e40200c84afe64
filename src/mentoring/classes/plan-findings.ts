import type { Words } from '../../words.js'
import { isWithin } from '../days.js'
import { schoolYearLabel, schoolYearOf } from '../school-year.js'
import type { Finding } from '../finding.js'
import { concurrentCohorts, type ClassCase } from './class-case.js'
import { placeInBand } from './contribution-rules.js'
import { isOutsideDomains, nsfOf } from './domain-rules.js'
import { isAgreed } from './plan-rules.js'

export function progressionFindings(of: ClassCase, today: string): Finding[] {
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

export function planFindings({ plan }: ClassCase): Finding[] {
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

export function personDayFindings({ companyYears }: ClassCase, today: string): Finding[] {
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

export function domainFindings({ mef, companies }: ClassCase): Finding[] {
  const outside = companies.filter(({ domains }) => isOutsideDomains(mef, domains))
  return outside.map(({ name, domains }) => ({
    rule: 'PT-25',
    words: {
      fr: `La filière est du groupe NSF ${nsfOf(mef)} ; les domaines de ${name} sont ${domains.join(', ')}. Complétez-les, ou revoyez le partenariat.`,
      en: `The track is of the NSF group ${nsfOf(mef)}; the domains of ${name} are ${domains.join(', ')}. Complete them, or review the partnership.`,
    },
  }))
}
