/** Shapes, colours and icons of badge pictures. A picture has no text: a server has no fonts. */
export const SHAPES = ['seal', 'hexagon', 'shield'] as const
export type Shape = (typeof SHAPES)[number]

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

/** Line drawings on a 24 × 24 field, drawn for this service. */
export const ICON_PATHS = {
  layers: 'M12 3 3 8l9 5 9-5-9-5ZM3 12.500l9 5 9-5M3 17l9 5 9-5',
  drop: 'M12 3c3.5 4.5 6 7.5 6 11a6 6 0 0 1-12 0c0-3.5 2.5-6.5 6-11Z',
  press: 'M5 3h14M12 3v7M7 10h10v4H7zM5 21h14M8 17.500h8V21H8z',
  gauge: 'M4 17a8 8 0 1 1 16 0M12 17l4-5M12 17h.1',
  check: 'm5 12.5 4.5 4.500L19 7',
  leaf: 'M5 19C4 10 10 4 20 4c0 10-6 16-15 15Zm0 0 8-8',
  recycle: 'M9 4h6l3 5M18 9l2.5-1M6 9l3-5M4 13l3 7h4M20 13l-3 7h-3M14 20l2-2M14 20l2 2',
  compass: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM15.5 8.500l-2 5-5 2 2-5z',
  people:
    'M8 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2 20c0-4 2.5-6 6-6s6 2 6 6M16 4.500a3.5 3.5 0 0 1 0 6.500M17 14c3 .5 5 2.5 5 6',
  ruler: 'M3 16 16 3l5 5L8 21zM7 12l2 2M10 9l2 2M13 6l2 2',
} as const
export type Icon = keyof typeof ICON_PATHS
export const ICONS = Object.keys(ICON_PATHS) as [Icon, ...Icon[]]
