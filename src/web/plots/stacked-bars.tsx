import type { VNode } from 'preact'
import type { Say } from '../say.js'
import { BAR, NOT_SHOWN, Plot, ROW, scaleTo, WIDTH, type PlotProps } from './plot.js'

export type Stack = Readonly<{
  label: string
  /** One for each part; a stack of which one is not published is not drawn. */
  values: readonly (number | undefined)[]
}>

type StackedProps = Omit<PlotProps, 'description'> & {
  say: Say
  parts: readonly string[]
  stacks: readonly Stack[]
}

const LEGEND = 24
/** Told apart by what they are filled with: full, stripes, dots, empty, stripes the other way. */
const FILLS = ['a', 'b', 'c', 'd', 'e'] as const

/** Bars of parts that add up, in the order given, with what each filling stands for below. */
export function StackedBars({ id, title, say, parts, stacks }: StackedProps): VNode {
  const lengthOf = scaleTo(
    stacks.map(({ values }) => values.reduce((sum: number, value) => sum + (value ?? 0), 0)),
    WIDTH,
  )
  const shown = (value: number | undefined) =>
    value === undefined ? say(NOT_SHOWN) : say.number(value)
  const labelled = (part: string, value: number | undefined) =>
    say({ fr: `${part} : ${shown(value)}`, en: `${part}: ${shown(value)}` })
  const description = stacks
    .map(({ label, values }) => {
      const said = values.map((value, part) => `${parts[part] ?? ''} ${shown(value)}`)
      return `${label}: ${said.join(', ')}`
    })
    .join('; ')
  const legendTop = ROW * stacks.length + 8
  const height = legendTop + LEGEND * parts.length
  return (
    <Plot id={id} title={title} description={description} height={height}>
      <Fillings id={id} />
      {stacks.map((stack, at) => (
        <g key={stack.label}>
          <text x="0" y={at * ROW + 16}>
            {stack.label}
          </text>
          <Segments id={id} stack={stack} top={at * ROW + 22} lengthOf={lengthOf} say={say} />
        </g>
      ))}
      {parts.map((part, at) => (
        <g key={part}>
          <rect
            class="plot-part"
            fill={fillOf(id, at)}
            x="1"
            y={legendTop + at * LEGEND + 3}
            width={BAR}
            height={BAR - 2}
          />
          <text x={BAR + 8} y={legendTop + at * LEGEND + 16}>
            {stacks.length === 1 ? labelled(part, stacks[0]?.values[at]) : part}
          </text>
        </g>
      ))}
    </Plot>
  )
}

type SegmentsProps = {
  id: string
  stack: Stack
  top: number
  lengthOf: (value: number) => number
  say: Say
}

function Segments({ id, stack, top, lengthOf, say }: SegmentsProps): VNode {
  if (stack.values.includes(undefined)) {
    return (
      <text class="plot-value" x="0" y={top + 13}>
        {say(NOT_SHOWN)}
      </text>
    )
  }
  const values = stack.values.map((value) => value ?? 0)
  return (
    <>
      {values.map((value, part) => {
        const before = values.slice(0, part).reduce((sum, one) => sum + one, 0)
        const place = { x: lengthOf(before), y: top, width: lengthOf(value), height: BAR }
        return <rect key={part} class="plot-part" fill={fillOf(id, part)} {...place} />
      })}
    </>
  )
}

function fillOf(id: string, part: number): string {
  return `url(#${id}-${FILLS[part % FILLS.length] ?? 'a'})`
}

function Fillings({ id }: { id: string }): VNode {
  const size = { width: 8, height: 8, patternUnits: 'userSpaceOnUse' } as const
  return (
    <defs>
      <pattern id={`${id}-a`} {...size}>
        <rect class="plot-a" width="8" height="8" />
      </pattern>
      <pattern id={`${id}-b`} {...size}>
        <path class="plot-line" d="M0 8L8 0M-2 2L2 -2M6 10L10 6" />
      </pattern>
      <pattern id={`${id}-c`} {...size}>
        <circle class="plot-a" cx="4" cy="4" r="2" />
      </pattern>
      <pattern id={`${id}-d`} {...size}>
        <rect class="plot-paper" width="8" height="8" />
      </pattern>
      <pattern id={`${id}-e`} {...size}>
        <path class="plot-line" d="M0 0L8 8M-2 6L2 10M6 -2L10 2" />
      </pattern>
    </defs>
  )
}
