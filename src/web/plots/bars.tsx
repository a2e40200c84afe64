import type { VNode } from 'preact'
import type { Say } from '../say.js'
import { BAR, NOT_SHOWN, Plot, ROW, scaleTo, VALUE_ROOM, WIDTH, type PlotProps } from './plot.js'

export type Bar = Readonly<{
  label: string
  /** Undefined: not published. */
  value: number | undefined
  /** How it is written; the number, if it is left out. */
  text?: string
}>

/** A bar for each value, in the order given, its name above and its number behind it. */
export function Bars(
  props: Omit<PlotProps, 'description'> & { say: Say; bars: readonly Bar[] },
): VNode {
  const { id, title, say, bars } = props
  const lengthOf = scaleTo(
    bars.map(({ value }) => value),
    WIDTH - VALUE_ROOM,
  )
  const written = bars.map((bar) => ({ ...bar, shown: writtenAs(say, bar) }))
  const description = written.map(({ label, shown }) => `${label}: ${shown}`).join('; ')
  return (
    <Plot id={id} title={title} description={description} height={ROW * bars.length}>
      {written.map(({ label, value, shown }, at) => (
        <g key={label}>
          <text x="0" y={at * ROW + 16}>
            {label}
          </text>
          {value === undefined ? null : (
            <rect class="plot-a" x="0" y={at * ROW + 22} width={lengthOf(value)} height={BAR} />
          )}
          <text
            class="plot-value"
            x={value === undefined ? 0 : lengthOf(value) + 6}
            y={at * ROW + 35}
          >
            {shown}
          </text>
        </g>
      ))}
    </Plot>
  )
}

export function writtenAs(say: Say, { value, text }: Omit<Bar, 'label'>): string {
  if (value === undefined) return say(NOT_SHOWN)
  return text ?? say.number(value)
}
