import type { Words } from '../../words.js'

/**
 * The two public holidays more of Alsace and Moselle. Code du travail, L3134-13; it has Good Friday for communes with
 * a Protestant or a shared church, which nobody asks a school here.
 */
export const LOCAL_HOLIDAYS = {
  /** Nobody has read the article for this. */
  verified: false,
  /** The first three digits of a school's UAI are its department: Moselle, Bas-Rhin, Haut-Rhin. */
  departments: ['057', '067', '068'],
  days: [
    { name: { fr: 'Vendredi saint', en: 'Good Friday' } satisfies Words, afterEaster: -2 },
    { name: { fr: '26 décembre', en: '26 December' } satisfies Words, fixed: '12-26' },
  ],
} as const
