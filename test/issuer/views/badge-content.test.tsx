import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import type { BadgeShown } from '../../../src/issuer/badge-shown.js'
import { BadgeContent } from '../../../src/issuer/views/badge-content.js'
import { sayIn } from '../../../src/web/say.js'

const SHOWN: BadgeShown = {
  name: 'Stratifier',
  description: 'Stratifier une pièce.',
  criteria: 'L’élève stratifie une pièce.',
  complements: null,
  language: 'fr',
  picture: '/achievements/a/v/1/image.png',
  school: 'Lycée DÉMO des Tilleuls',
  companies: [],
  validFrom: '2026-11-24T00:00:00Z',
  validUntil: null,
  evidence: [],
  alignments: [],
}

const months = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'septembre']
const evidence = months.map((month) => ({
  name: `Mentorat de projet, ${month} 2026`,
  description: 'Confirmé par un représentant de l’entreprise',
}))

function shown(given: Partial<BadgeShown>): string {
  return renderToString(<BadgeContent say={sayIn('fr')} shown={{ ...SHOWN, ...given }} />)
}

test('evidence beyond six lines is folded, and none is left out', () => {
  const [open = '', folded = ''] = shown({ evidence }).split('<details>')
  expect(open.match(/<li/g)).toHaveLength(6)
  expect(folded).toContain('2 autres preuves')
  expect(folded).toContain('septembre 2026')
  expect(shown({ evidence: evidence.slice(0, 6) })).not.toContain('<details>')
})

test('identical evidence is told once, and counted', () => {
  const placement = { name: 'Période de formation en entreprise, mai 2026', description: 'Oui' }
  const text = shown({ evidence: [...Array(3).fill(evidence[0]), placement, placement] })
  expect(text).toContain('janvier 2026 (3 séances)')
  expect(text).toContain('mai 2026 (2 périodes)')
})

test('OB-03 what it complements is shown as it was signed, and never invented', () => {
  expect(shown({})).not.toContain('Ce qu’il complète')
  expect(shown({ complements: 'Diplôme complété : …' })).toContain('Diplôme complété : …')
})

test('a framework is named once beside a code that begins with its name', () => {
  const alignment = {
    framework: 'RNCP',
    code: 'RNCP38566',
    name: 'Bac pro',
    url: 'https://x.example',
  }
  const text = shown({
    alignments: [alignment, { ...alignment, framework: 'CFD', code: '40022503' }],
  })
  expect(text).toContain('>RNCP38566<')
  expect(text).toContain('>CFD\u00a040022503<')
})
