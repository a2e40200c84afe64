import type { ComponentChildren, VNode } from 'preact'
import type { Words } from '../../words.js'

/** Units across; letters of 14 are as large as the text at 320 px, and larger on wider screens. */
export const WIDTH = 340
export const ROW = 46
export const BAR = 16
/** Kept free for the number behind a bar. */
export const VALUE_ROOM = 64

export const NOT_SHOWN: Words = { fr: 'non publié', en: 'not published' }

export type PlotProps = Readonly<{
  /** Of the page: names of parts are made of it. */
  id: string
  title: string
  /** All that the picture says, for those who hear it. */
  description: string
}>

/** The frame of a plot: a picture with a name and a description, as wide as its column. */
export function Plot(props: PlotProps & { height: number; children: ComponentChildren }): VNode {
  const { id, title, description, height, children } = props
  return (
    <svg
      class="plot"
      role="img"
      viewBox={`0 0 ${WIDTH} ${height}`}
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      {children}
    </svg>
  )
}

/** Lengths on which the largest value fills what there is. */
export function scaleTo(values: readonly (number | undefined)[], length: number) {
  const most = Math.max(0, ...values.map((value) => value ?? 0))
  return (value: number) => (most === 0 ? 0 : Math.round((100 * value * length) / most) / 100)
}
