import type { Say } from '../../web/say.js'
import type { Cell, Table } from '../../web/tables/table.js'
import { schoolYearLabel } from '../school-year.js'
import type { Block } from './block.js'
import { blocksOf } from './blocks.js'
import { schoolTables } from './school-tables.js'
import type { IndicatorsView } from './see-indicators.js'
import { departmentWords } from './views/around.js'

/** A figure before what all of them have in common: block, what it is of, what it is, number, text, definition. */
type Line = readonly [string, string, string, number | null, string, string]

/**
 * All that the page shows and nothing else, a figure a row: each with its definition, its school year and the
 * day on which it was taken out.
 */
export function figuresTable(view: IndicatorsView, say: Say): Table {
  const where = [
    view.place.name,
    ...(view.department === undefined ? [] : [say(departmentWords(view.department))]),
  ].join(', ')
  const scheme = say(view.scheme.words)
  const year = schoolYearLabel(view.year)
  const rows = [...blocksOf(view, say).flatMap(linesOf), ...schoolLines(view, say)]
  return {
    name: say({ fr: 'Indicateurs', en: 'Indicators' }),
    columns: [
      { title: say({ fr: 'Tableau', en: 'Table' }), kind: 'text' },
      { title: say({ fr: 'Ligne', en: 'Row' }), kind: 'text' },
      { title: say({ fr: 'Mesure', en: 'Measure' }), kind: 'text' },
      { title: say({ fr: 'Valeur', en: 'Value' }), kind: 'number' },
      { title: say({ fr: 'Tel qu’affiché', en: 'As shown' }), kind: 'text' },
      { title: say({ fr: 'Définition', en: 'Definition' }), kind: 'text' },
      { title: say({ fr: 'Où', en: 'Where' }), kind: 'text' },
      { title: say({ fr: 'Dispositif', en: 'Scheme' }), kind: 'text' },
      { title: say({ fr: 'Année scolaire', en: 'School year' }), kind: 'text' },
      { title: say({ fr: 'Extrait le', en: 'Taken out on' }), kind: 'day' },
    ],
    rows: rows.map((line): Cell[] => [...line, where, scheme, year, view.today]),
  }
}

function linesOf(block: Block): Line[] {
  const { title, head, figures, more } = block
  return figures.flatMap(({ label, value, text }, at) => {
    const definition = definitionOf(block, label)
    const first: Line = [title, label, head[1] ?? '', value ?? null, text, definition]
    const second = more?.[at]
    return second === undefined
      ? [first]
      : [first, [title, label, head[2] ?? '', null, second, definition]]
  })
}

/** Its own, where the figure has one; else those of the block. */
function definitionOf({ definitions }: Block, label: string): string {
  const own = definitions.find(({ term }) => term === label)
  return own ? own.text : definitions.map(({ term, text }) => `${term} : ${text}`).join(' ')
}

function schoolLines(view: IndicatorsView, say: Say): Line[] {
  return schoolTables(view, say).flatMap(({ caption, head, rows, definition }) =>
    rows.flatMap(({ name, cells }) =>
      cells.map(({ value, text }, at): Line => {
        return [caption, name, head[at + 1] ?? '', value ?? null, text, definition]
      }),
    ),
  )
}
