import type { Words } from '../words.js'

/** OB-04: an open list; these are the ones that the service proposes. */
export const THEMES = [
  'COMPOSITES',
  'PLASTURGIE',
  'QUALITE',
  'DEVELOPPEMENT_DURABLE',
  'CARRIERE',
] as const
export type Theme = (typeof THEMES)[number]

export const THEME_WORDS: Readonly<Record<Theme, Words>> = {
  COMPOSITES: { fr: 'Composites', en: 'Composites' },
  PLASTURGIE: { fr: 'Plasturgie', en: 'Plastics processing' },
  QUALITE: { fr: 'Qualité', en: 'Quality' },
  DEVELOPPEMENT_DURABLE: { fr: 'Développement durable', en: 'Sustainable development' },
  CARRIERE: { fr: 'Carrière', en: 'Career' },
}
