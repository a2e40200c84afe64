import type { Words } from '../words.js'
import { drawLines, layOut } from './lettering.js'
import {
  COLOUR_WORDS,
  GROUNDS,
  ICON_DRAWINGS,
  SHAPE_WORDS,
  type Colour,
  type Icon,
  type Shape,
} from './picture.data.js'

/** `text`: one or two short lines in capitals, or none. */
export type Picture = Readonly<{
  shape: Shape
  colour: Colour
  icon: Icon
  text?: string | undefined
}>

const INK = '#fff'

/** Width that a line of text has inside the contour, in units of the 240 × 240 field. */
const TEXT_ROOM: Readonly<Record<Shape, number>> = { seal: 124, hexagon: 116, shield: 104 }

/** Whether the text can be drawn large enough to be read, in every shape. */
export function textFits(text: string): boolean {
  return layOut(text, Math.min(...Object.values(TEXT_ROOM))) !== undefined
}

/**
 * The picture of a badge as SVG: the same text for the same picture, without fonts, links or
 * script. Letters are outlines, because a server has no fonts.
 */
export function drawPicture({ shape, colour, icon, text = '' }: Picture): string {
  const lines = layOut(text, TEXT_ROOM[shape]) ?? []
  const place = PLACES[Math.min(lines.length, PLACES.length - 1)] ?? PLACES[0]
  const stroke = `fill="none" stroke="${INK}" stroke-linecap="round" stroke-linejoin="round"`
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" width="480" height="480">',
    `<path d="${CONTOURS[shape]}" fill="${GROUNDS[colour]}"/>`,
    `<path d="${FIELDS[shape]}" fill-opacity=".14" stroke="${INK}" stroke-width="2.2"/>`,
    `<path d="${FIELDS[shape]}" ${stroke} stroke-width="1.5" stroke-dasharray="0 5" transform="translate(8.4 8.4) scale(.93)"/>`,
    `<g ${stroke} stroke-width="1.8" transform="translate(120 ${place.icon}) scale(${place.scale}) translate(-12 -12)">`,
    ...ICON_DRAWINGS[icon].paths.map((path) => `<path d="${path}"/>`),
    '</g>',
    lines.length > 0 ? `<g fill="${INK}">${drawLines(lines, 120, place.text)}</g>` : '',
    '</svg>',
  ].join('')
}

/** What is drawn, for whoever does not see it. */
export function pictureTitle({ shape, colour, icon, text }: Picture): Words {
  const [outer, tint, inner] = [SHAPE_WORDS[shape], COLOUR_WORDS[colour], ICON_DRAWINGS[icon].words]
  return {
    fr: `Un ${outer.fr} ${tint.fr} avec ${inner.fr}${text ? ` et le texte « ${text} »` : ''}`,
    en: `A ${tint.en} ${outer.en} with ${inner.en}${text ? ` and the text “${text}”` : ''}`,
  }
}

/** Where icon and text stand (their middle), by number of lines. */
const PLACES = [
  { icon: 120, scale: 3.7, text: 0 },
  { icon: 101, scale: 3.1, text: 156 },
  { icon: 95, scale: 2.8, text: 153 },
] as const

/** The outer contours. */
const CONTOURS: Readonly<Record<Shape, string>> = {
  seal: waxEdge(),
  hexagon:
    'M120 8 211.8 61a9 9 0 0 1 4.5 7.8v102.400a9 9 0 0 1-4.500 7.8L120 232 28.200 179a9 9 0 0 1-4.500-7.800V68.800a9 9 0 0 1 4.500-7.800Z',
  shield:
    'M120 8c29 15.500 62 21.500 90 21.500a6 6 0 0 1 6 6V118c0 52-39 92-96 114-57-22-96-62-96-114V35.500a6 6 0 0 1 6-6c28 0 61-6 90-21.500Z',
}

/** The fields inside the rim. */
const FIELDS: Readonly<Record<Shape, string>> = {
  seal: 'M120 27a93 93 0 1 0 0 186 93 93 0 1 0 0-186Z',
  hexagon: 'M120 25 200 71.200v97.600L120 215 40 168.800V71.200Z',
  shield:
    'M120 25.500c26 12.500 55 18.500 81 19.800V118c0 43-32 77-81 97-49-20-81-54-81-97V45.300c26-1.300 55-7.300 81-19.800Z',
}

/** A circle with 24 soft waves, as wax spreads under a press. */
function waxEdge(): string {
  const steps = 240
  const points = Array.from({ length: steps }, (_, at) => {
    const angle = (2 * Math.PI * at) / steps
    const radius = 109 + 3.2 * Math.cos(24 * angle)
    const [x, y] = [120 + radius * Math.sin(angle), 120 - radius * Math.cos(angle)]
    return `${x.toFixed(1)} ${y.toFixed(1)}`
  })
  return `M${points.join('L')}Z`
}
