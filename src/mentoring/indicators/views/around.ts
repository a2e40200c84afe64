import type { Say } from '../../../web/say.js'
import type { Words } from '../../../words.js'
import { schoolYearLabel } from '../../school-year.js'
import { levelWords } from '../block.js'
import type { IndicatorsView } from '../see-indicators.js'

export const SUPPRESSION: Words = {
  fr: 'Aucun nombre de personnes inférieur à 5 n’est publié, ni aucun nombre qui permettrait de le calculer : c’est ce que veut dire « non publié », et pourquoi des établissements sont regroupés. Les pourcentages portent sur 20 au moins.',
  en: 'No number of persons under 5 is published, nor any number from which one could be worked out: that is what “not published” means, and why schools are put together. Percentages are of 20 or more.',
}

/** Of which time the figures are, and of when. */
export function countedLine({ year, countedAt }: IndicatorsView, say: Say): string {
  const period = schoolYearLabel(year)
  if (countedAt === undefined) {
    return say({
      fr: `Année scolaire ${period}. Rien n’est compté encore.`,
      en: `School year ${period}. Nothing is counted yet.`,
    })
  }
  const at = say.instant(countedAt)
  return say({
    fr: `Année scolaire ${period}, chiffres comptés au plus tôt le ${at}. Ce qui vient d’être saisi y entre en quelques minutes.`,
    en: `School year ${period}, figures counted at the earliest on ${at}. What was just recorded comes in within minutes.`,
  })
}

/** Which of all figures these are. */
export function shownLine({ year, scheme, level, department }: IndicatorsView, say: Say): string {
  return [
    say(scheme.words),
    schoolYearLabel(year),
    ...(department === undefined ? [] : [say(departmentWords(department))]),
    ...(level === undefined ? [] : [say(levelWords(level))]),
  ].join(', ')
}

/** Of the UAI's numbers, Corsica's two are no number of a department. */
const CORSICA: Readonly<Record<string, string | undefined>> = { '620': '2A', '720': '2B' }

/** @param code the first three signs of a school's UAI: 074, 971, 620 */
export function departmentWords(code: string): Words {
  const number = CORSICA[code] ?? code.replace(/^0/, '')
  return { fr: `Département ${number}`, en: `Département ${number}` }
}
