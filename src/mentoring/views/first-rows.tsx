import type { VNode } from 'preact'
import type { Say } from '../../web/say.js'

type FirstRowsProps<Row> = {
  say: Say
  /** Those that one came for first. */
  rows: readonly Row[]
  /** @param isRest its caption has been read above */
  table: (rows: readonly Row[], isRest: boolean) => VNode
}

/** What a reader takes in at once. */
const FIRST = 8
/** A fold that hides less is not worth the press. */
const LEAST = 3

/** A long list: its first rows, and the others folded below. */
export function FirstRows<Row>({ say, rows, table }: FirstRowsProps<Row>): VNode {
  const rest = rows.slice(FIRST)
  if (rest.length < LEAST) return table(rows, false)
  const count = say.number(rest.length)
  return (
    <>
      {table(rows.slice(0, FIRST), false)}
      <details class="rest">
        <summary>{say({ fr: `Les ${count} autres`, en: `The other ${count}` })}</summary>
        {table(rest, true)}
      </details>
    </>
  )
}
