import type { VNode } from 'preact'
import { Facts, Table } from '../../../web/components/blocks.js'
import { Bars } from '../../../web/plots/bars.js'
import { Line } from '../../../web/plots/lines.js'
import { StackedBars } from '../../../web/plots/stacked-bars.js'
import type { Say } from '../../../web/say.js'
import type { Block } from '../block.js'

type BlockProps = { block: Block; say: Say }

/** A sentence; below it, folded unless it is `open`, the plot, its table, and what exactly is counted. */
export function BlockView({ block, say, open }: BlockProps & { open: boolean }): VNode {
  const { title, sentence, head, figures, more, definitions } = block
  return (
    <section class="plotted">
      <h2>{title}</h2>
      <p>{sentence}</p>
      <details open={open}>
        <summary>
          {figures.length === 0
            ? say({ fr: 'Définitions', en: 'Definitions' })
            : say({ fr: 'Chiffres et définitions', en: 'Figures and definitions' })}
          <span class="visually-hidden"> ({title})</span>
        </summary>
        {figures.length === 0 ? null : (
          <div class="beside">
            <Drawing block={block} say={say} />
            <Table
              caption={title}
              quiet
              tight
              head={head}
              rows={figures.map(({ label, text }, at) => [
                label,
                text,
                ...(more ? [more[at]] : []),
              ])}
              empty=""
            />
          </div>
        )}
        <Facts facts={definitions.map(({ term, text }) => [term, text])} />
      </details>
    </section>
  )
}

function Drawing({ block, say }: BlockProps): VNode | null {
  const { code, title, figures, kind } = block
  const frame = { id: `plot-${code}`, title, say }
  if (kind === 'bars') return <Bars {...frame} bars={figures} />
  if (kind === 'line') return <Line {...frame} points={figures} />
  if (kind === 'table') return null
  const stack = { label: title, values: figures.map(({ value }) => value) }
  return <StackedBars {...frame} parts={figures.map(({ label }) => label)} stacks={[stack]} />
}
