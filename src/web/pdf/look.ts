import type { Tone } from '../components/status.js'

/** In points, as all in a PDF: 72 an inch. */
export const MARGIN = 50
export const GAP = 8
export const SIZES = { title: 20, verdict: 15, heading: 13.5, text: 10.5, small: 9 } as const

/** The tokens of assets/sceau.css on paper: ink on white, whatever the screen. */
export const INK = '#1e1b18'
export const SOFT = '#5a534b'
export const LINE = '#d9d1c4'
export const TONES: Readonly<Record<Tone, string>> = {
  valid: '#1c6438',
  invalid: '#9c1a1a',
  unknown: '#6b4d00',
  plain: '#5a534b',
}

/** The shapes of web/components/status.tsx, on a square of 24: a state is told without colour too. */
export const SHAPES: Readonly<Record<Tone, string>> = {
  valid: 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0ZM7.5 12.5l3 3l6 -7',
  invalid: 'M8 2h8l6 6v8l-6 6H8l-6-6V8ZM9 9l6 6m0-6l-6 6',
  unknown:
    'M12 1.5L22.5 12L12 22.5L1.5 12ZM9.8 9.6a2.3 2.3 0 1 1 3.3 2.2c-.8.4-1.1.8-1.1 1.7M12 16.6v.2',
  plain: 'M8 12a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z',
}
