import type { VNode } from 'preact'
import type { Say } from '../../web/say.js'
import { schoolYearLabel, schoolYearOf } from '../school-year.js'

type ByYearProps<Fact> = {
  say: Say
  /** The latest first. */
  facts: readonly Fact[]
  table: (facts: readonly Fact[]) => VNode
}

/** A list by school year, the newest first: that one open, those before it folded. */
export function ByYear<Fact extends { day: string }>(props: ByYearProps<Fact>): VNode {
  const { say, facts, table } = props
  const [newest, ...older] = Map.groupBy(facts, ({ day }) => schoolYearOf(day))
  if (!newest) return table([])
  const titleOf = (year: number) =>
    say({
      fr: `Année scolaire ${schoolYearLabel(year)}`,
      en: `School year ${schoolYearLabel(year)}`,
    })
  return (
    <>
      <h2>{titleOf(newest[0])}</h2>
      {table(newest[1])}
      {older.map(([year, those]) => (
        <details key={year} class="year">
          <summary>
            {titleOf(year)}
            <span class="soft">
              {' '}
              ({say.number(those.length)}
              {say(
                those.length > 1 ? { fr: ' faits', en: ' facts' } : { fr: ' fait', en: ' fact' },
              )}
              )
            </span>
          </summary>
          {table(those)}
        </details>
      ))}
    </>
  )
}
