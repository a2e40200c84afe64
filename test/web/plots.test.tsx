import { renderToString } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import { Bars } from '../../src/web/plots/bars.js'
import { Line } from '../../src/web/plots/lines.js'
import { StackedBars } from '../../src/web/plots/stacked-bars.js'
import { sayIn } from '../../src/web/say.js'

const say = sayIn('fr')
const frame = { id: 'p', title: 'Séances', say }

describe('plots', () => {
  test('bars are as long as their values, in the order given, and say what is not published', () => {
    const bars = [
      { label: 'Projet', value: 10 },
      { label: 'Immersion', value: undefined },
      { label: 'Carrière', value: 1_200 },
    ]
    const svg = renderToString(<Bars {...frame} bars={bars} />)
    expect([...svg.matchAll(/<rect[^>]* width="([\d.]+)"/g)].map(([, width]) => width)).toEqual([
      '2.3',
      '276',
    ])
    expect(svg).toContain('Projet: 10; Immersion: non publié; Carrière: 1\u202f200</desc>')
    expect(svg.indexOf('Projet')).toBeLessThan(svg.indexOf('Carrière'))
  })

  test('parts of a bar differ by filling, and their numbers stand beside the filling', () => {
    const parts = ['Filles', 'Garçons']
    const stacks = [{ label: 'Tous', values: [30, 70] }]
    const svg = renderToString(<StackedBars {...frame} parts={parts} stacks={stacks} />)
    expect(svg).toMatch(/fill="url\(#p-a\)" x="0" y="22" width="102"/)
    expect(svg).toMatch(/fill="url\(#p-b\)" x="102" y="22" width="238"/)
    expect(svg).toContain('Filles\u00a0: 30</text>')
    const hidden = [{ label: 'Tous', values: [undefined, 70] }]
    const nothing = renderToString(<StackedBars {...frame} parts={parts} stacks={hidden} />)
    expect(nothing).not.toContain('width="238"')
    expect(nothing).toContain('non publié')
  })

  test('a line is broken where nothing is published', () => {
    const points = [
      { label: '2022-2023', value: 10 },
      { label: '2023-2024', value: undefined },
      { label: '2024-2025', value: 20 },
      { label: '2025-2026', value: 40 },
    ]
    const svg = renderToString(<Line {...frame} points={points} />)
    expect(/class="plot-line" d="([^"]+)"/.exec(svg)?.[1]?.replaceAll(/[^ML]/g, '')).toBe('MML')
    expect(svg).toContain('2023-2024: non publié')
  })

  test('nothing at all is drawn without a length that is no number', () => {
    const svg = renderToString(<Bars {...frame} bars={[{ label: 'Rien', value: 0 }]} />)
    expect(svg).not.toContain('NaN')
  })
})
