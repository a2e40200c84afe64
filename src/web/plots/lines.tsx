import type { VNode } from 'preact'
import type { Say } from '../say.js'
import { NOT_SHOWN, Plot, scaleTo, WIDTH, type PlotProps } from './plot.js'

export type Point = Readonly<{
  label: string
  /** Undefined: not published; the line is broken there. */
  value: number | undefined
  text?: string
}>

/** Room for a school year in two lines: five of them stand beside each other on a phone. */
const LINE = 18
const HEIGHT = 208
const TOP = 40
const BOTTOM = 150
const SIDE = 34

/** One value over time, from nought up: each point with its number above and its time below. */
export function Line(
  props: Omit<PlotProps, 'description'> & { say: Say; points: readonly Point[] },
): VNode {
  const { id, title, say, points } = props
  const heightOf = scaleTo(
    points.map(({ value }) => value),
    BOTTOM - TOP,
  )
  const step = points.length > 1 ? (WIDTH - 2 * SIDE) / (points.length - 1) : 0
  const shown = ({ value, text }: Point) =>
    value === undefined ? say(NOT_SHOWN) : (text ?? say.number(value))
  const placed = points.map((point, at) => ({
    ...point,
    shown: shown(point),
    x: points.length > 1 ? SIDE + at * step : WIDTH / 2,
    y: point.value === undefined ? undefined : BOTTOM - heightOf(point.value),
  }))
  const description = placed.map((point) => `${point.label}: ${point.shown}`).join('; ')
  return (
    <Plot id={id} title={title} description={description} height={HEIGHT}>
      <path class="plot-axis" d={`M0 ${BOTTOM}H${WIDTH}`} />
      <path class="plot-line" d={pathThrough(placed)} />
      {placed.map(({ label, shown: number, x, y }) => (
        <g key={label}>
          {y === undefined ? null : <circle class="plot-a" cx={x} cy={y} r="5" />}
          <text class="plot-value" text-anchor="middle" x={x} y={(y ?? BOTTOM) - 12}>
            {y === undefined ? '–' : number}
          </text>
          <text text-anchor="middle" x={x} y={BOTTOM + 22}>
            {linesOf(label).map((line, at) => (
              <tspan key={line} x={x} dy={at * LINE}>
                {line}
              </tspan>
            ))}
          </text>
        </g>
      ))}
    </Plot>
  )
}

/** « 2026- », « 2027 » */
function linesOf(label: string): string[] {
  return label.split(/(?<=-)/)
}

function pathThrough(points: readonly Readonly<{ x: number; y: number | undefined }>[]): string {
  return points
    .flatMap(({ x, y }, at) => {
      if (y === undefined) return []
      return `${points[at - 1]?.y === undefined ? 'M' : 'L'}${x} ${y}`
    })
    .join('')
}
