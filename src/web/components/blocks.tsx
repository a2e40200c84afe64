import type { ComponentChildren, VNode } from 'preact'
import { State, type Tone } from './status.js'

export function Notice({
  kind = 'info',
  children,
}: {
  kind?: 'info' | 'success' | 'warning' | 'error'
  children: ComponentChildren
}): VNode {
  return (
    <div class={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      {children}
    </div>
  )
}

type Cell = ComponentChildren
type TableProps = {
  caption: string
  head: readonly string[]
  rows: readonly (readonly Cell[])[]
  empty: string
  /** A heading above says it already: it is heard, not seen. */
  quiet?: boolean
  /** Short cells: on a phone they stand in a line instead of one below the other. */
  tight?: boolean
}

/** A cell that holds nothing; on a phone it is left out. */
const NOTHING = '–'

/**
 * A table of facts; on a phone each row is a small sheet. The first cell names the row.
 * The roles repeat what the tags say: some browsers forget it of a table that is laid out as blocks.
 */
export function Table({ caption, head, rows, empty, quiet, tight }: TableProps): VNode {
  if (rows.length === 0) return <p class="soft">{empty}</p>
  return (
    <div class="table-wrap">
      <table class={tight ? 'stack tight' : 'stack'} role="table">
        <caption {...(quiet ? { class: 'visually-hidden' } : {})}>{caption}</caption>
        <thead>
          <tr>
            {head.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, at) => (
            <tr key={at} role="row">
              {cells.map((cell, column) =>
                column === 0 ? (
                  <th key={column} scope="row" role="rowheader">
                    {cell}
                  </th>
                ) : (
                  <td
                    key={column}
                    role="cell"
                    data-label={head[column]}
                    {...(cell === NOTHING ? { class: 'nothing' } : {})}
                  >
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function Facts({
  facts,
}: {
  facts: readonly (readonly [ComponentChildren, ComponentChildren])[]
}): VNode {
  return (
    <dl class="facts">
      {facts.map(([term, value]) => (
        <>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  )
}

export type CheckLine = Readonly<{ title: string; tone: Tone; word: string; message: string }>

/** What was checked, each with its result in a word and a shape. */
export function Checks({ checks }: { checks: readonly CheckLine[] }): VNode {
  return (
    <ul class="checks">
      {checks.map(({ title, tone, word, message }) => (
        <li key={title}>
          <div class="check-title">
            <strong>{title}</strong>
            <State tone={tone}>{word}</State>
          </div>
          <p>{message}</p>
        </li>
      ))}
    </ul>
  )
}
