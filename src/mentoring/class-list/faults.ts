import type { Words } from '../../words.js'
import type { Field } from './fields.js'
import type { ClassList, Fault, ListRow } from './rows.js'

export function faultOf(
  { row, line }: ListRow,
  [column, value]: readonly [column: Field, value: string],
  why: Words,
  { columns }: Pick<ClassList, 'columns'>,
): Fault {
  const place = columns[column]
  const at = place === undefined ? {} : { place }
  return { row, line, column, ...at, shape: shapeOf(value), words: why }
}

const SHAPE_CHARS = 24

/** What a value looks like, not what it is: 000000001AA is 999999999AA. */
export function shapeOf(value: string): string {
  const shape = value
    .replace(/\p{L}/gu, 'A')
    .replace(/\p{N}/gu, '9')
    .replace(/[^A9 ./'’-]/gu, '?')
  return shape.length > SHAPE_CHARS ? `${shape.slice(0, SHAPE_CHARS)}…` : shape
}
