import { THEMES, THEME_WORDS } from '../credential/themes.data.js'
import type { Words } from '../words.js'
import type { Requirement } from './definition.js'
import type { Version } from './store.js'

const MENTORING = {
  PROJET: { fr: 'mentorat de projet', en: 'project mentoring' },
  IMMERSION: { fr: 'mentorat en immersion', en: 'mentoring in immersion' },
  CARRIERE: { fr: 'mentorat de carrière', en: 'career mentoring' },
  ANY: { fr: 'mentorat', en: 'mentoring' },
} as const satisfies Readonly<Record<string, Words>>

/** « Au moins 8 heures de mentorat de projet avec notre entreprise » */
export function requirementWords(requirement: Requirement): Words {
  const who = requirement.ownCompany
    ? { fr: 'l’entreprise qui définit ce badge', en: 'the company that defines this badge' }
    : { fr: 'une entreprise partenaire', en: 'a partner company' }
  if (requirement.kind === 'placement') {
    const { days } = requirement
    return {
      fr: `Une période en entreprise d’au moins ${days} jour${days > 1 ? 's' : ''} dans ${who.fr}`,
      en: `One placement of at least ${days} day${days > 1 ? 's' : ''} in ${who.en}`,
    }
  }
  const { hours, sessionKind } = requirement
  const kind = MENTORING[sessionKind]
  return {
    fr: `Au moins ${String(hours).replace('.', ',')} heure${hours >= 2 ? 's' : ''} de ${kind.fr} avec ${who.fr}`,
    en: `At least ${hours} hour${hours > 1 ? 's' : ''} of ${kind.en} with ${who.en}`,
  }
}

/** The list is open: a theme of somebody's own is said as it was written. */
export function themeWords(theme: string): Words {
  const known = THEMES.find((one) => one === theme)
  return known ? THEME_WORDS[known] : { fr: theme, en: theme }
}

/** French puts a space before « : » and the like, at which no line may end. */
export function unbroken(text: string): string {
  return text.replaceAll(/ (?=[:;!?»])/g, '\u00a0').replaceAll('« ', '«\u00a0')
}

/** What the company signs of a version: the exact text, which both persons are shown. */
export function pledgeOf({ definition, number }: Pick<Version, 'definition' | 'number'>): string {
  return `Notre entreprise a défini la compétence « ${definition.name} » (version ${number}) et se porte garante de cette définition : ces critères disent ce que nous attendons de qui la maîtrise.`
}

/** Where a version stands. */
export function stateWords(version: Version): Words {
  const { publishedAt, archivedAt, proposal, withdrawal } = version
  if (withdrawal !== null) return { fr: 'Endossement retiré', en: 'Endorsement withdrawn' }
  if (archivedAt !== null) return { fr: 'Archivé', en: 'Archived' }
  if (publishedAt === null && proposal !== null)
    return { fr: 'Brouillon, attend une seconde personne', en: 'Draft, waits for a second person' }
  return publishedAt === null ? { fr: 'Brouillon', en: 'Draft' } : { fr: 'Publié', en: 'Published' }
}
