import { GROUNDS, ICON_PATHS, type Colour, type Icon, type Shape } from './picture.data.js'

export type Picture = Readonly<{ shape: Shape; colour: Colour; icon: Icon }>

/** Outer contours on a 240 × 240 field. */
const CONTOURS: Readonly<Record<Shape, string>> = {
  seal: sealContour(),
  hexagon: 'M120 10 215 65v110l-95 55-95-55V65z',
  shield: 'M120 12c30 16 62 22 92 22v86c0 52-40 88-92 108-52-20-92-56-92-108V34c30 0 62-6 92-22z',
}

/** The picture of a badge as SVG: the same text for the same picture, without fonts or links. */
export function drawPicture({ shape, colour, icon }: Picture): string {
  const ground = GROUNDS[colour]
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" width="480" height="480">',
    `<path d="${CONTOURS[shape]}" fill="${ground}"/>`,
    '<circle cx="120" cy="120" r="76" fill="none" stroke="#fff" stroke-width="3" stroke-dasharray="2 7" stroke-linecap="round"/>',
    '<circle cx="120" cy="120" r="66" fill="none" stroke="#fff" stroke-width="2"/>',
    `<path transform="translate(78 78) scale(3.5)" d="${ICON_PATHS[icon]}" fill="none" stroke="#fff" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>`,
    '</svg>',
  ].join('')
}

/** A circle with 24 soft teeth, as wax spreads under a press. */
function sealContour(): string {
  const teeth = 24
  const points = Array.from({ length: teeth * 2 }, (_, at) => {
    const angle = (Math.PI * at) / teeth
    const radius = at % 2 === 0 ? 112 : 103
    return `${(120 + radius * Math.sin(angle)).toFixed(1)} ${(120 - radius * Math.cos(angle)).toFixed(1)}`
  })
  const [first = '', ...rest] = points
  const curves = rest.reduce<string[]>(
    (parts, point, at) =>
      at % 2 === 0
        ? [...parts, `Q${point}`]
        : [...parts.slice(0, -1), `${parts.at(-1) ?? ''} ${point}`],
    [],
  )
  return `M${first}${curves.join('')} ${first}z`
}
