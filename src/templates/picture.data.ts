import type { Words } from '../words.js'

export { ICON_DRAWINGS, ICONS, type Icon } from './icons.data.js'

export const SHAPE_WORDS = {
  seal: { fr: 'sceau', en: 'seal' },
  hexagon: { fr: 'hexagone', en: 'hexagon' },
  shield: { fr: 'écu', en: 'shield' },
} as const satisfies Readonly<Record<string, Words>>
export type Shape = keyof typeof SHAPE_WORDS
export const SHAPES = Object.keys(SHAPE_WORDS) as [Shape, ...Shape[]]

/** Twelve grounds, each with white on it at 4.5:1 or more (tested). */
export const GROUNDS = {
  brick: '#8c1d2b',
  rust: '#8a3b12',
  ochre: '#7a4f00',
  olive: '#4f5b12',
  moss: '#2f5d2b',
  pine: '#1b5e4a',
  teal: '#0f5a66',
  ocean: '#1f4e79',
  indigo: '#3b3f8f',
  plum: '#6a2f7a',
  berry: '#8a2460',
  slate: '#3d4651',
} as const
export type Colour = keyof typeof GROUNDS
export const COLOURS = Object.keys(GROUNDS) as [Colour, ...Colour[]]

export const COLOUR_WORDS: Readonly<Record<Colour, Words>> = {
  brick: { fr: 'rouge cire', en: 'wax red' },
  rust: { fr: 'rouille', en: 'rust' },
  ochre: { fr: 'ocre', en: 'ochre' },
  olive: { fr: 'olive', en: 'olive' },
  moss: { fr: 'vert mousse', en: 'moss green' },
  pine: { fr: 'vert sapin', en: 'pine green' },
  teal: { fr: 'bleu canard', en: 'teal' },
  ocean: { fr: 'bleu océan', en: 'ocean blue' },
  indigo: { fr: 'indigo', en: 'indigo' },
  plum: { fr: 'prune', en: 'plum' },
  berry: { fr: 'framboise', en: 'raspberry' },
  slate: { fr: 'ardoise', en: 'slate' },
}
