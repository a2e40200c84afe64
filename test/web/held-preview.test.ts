import { z } from 'zod'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/context.js'
import { ROWS_PREVIEW } from '../../src/issuer/batches/rows-preview.js'
import { holdPreview, openPreview, type PreviewKind } from '../../src/web/held-preview.js'
import { MINUTE, openWorld, type World } from '../support/world.js'

let world: World

beforeEach(async () => {
  world = await openWorld()
})

const head: Actor = { personId: 7, publicId: 'head', assignments: [], via: 'session', scopes: [] }
const LIST: PreviewKind<{ text: string }> = {
  name: 'list',
  content: z.object({ text: z.string() }),
  again: { fr: 'Donnez-la de nouveau.', en: 'Give it again.' },
}
const OTHER = { ...LIST, name: 'other' }
const gone = expect.objectContaining({
  code: 'gone',
  words: {
    fr: 'Cet aperçu n’est plus valable : il l’est 30 minutes. Donnez-la de nouveau.',
    en: 'This preview is good no more: it is for 30 minutes. Give it again.',
  },
})

describe('a preview that a form brings back', () => {
  test('is what was held, and shows nobody what is in it', () => {
    const sealed = holdPreview(world, head, LIST, { text: 'Ève' })
    expect(sealed).not.toContain('list')
    expect(openPreview(world, head, LIST, sealed)).toEqual({ text: 'Ève' })
  })

  test('is good to the last instant of 30 minutes', () => {
    const sealed = holdPreview(world, head, LIST, { text: 'Ève' })
    world.clock.advance(30 * MINUTE - 1)
    openPreview(world, head, LIST, sealed)
    world.clock.advance(1)
    expect(() => openPreview(world, head, LIST, sealed)).toThrow(gone)
  })

  test.each([
    ['another’s', () => holdPreview(world, { ...head, personId: 8 }, LIST, { text: '' })],
    ['nobody’s', () => holdPreview(world, { ...head, personId: null }, LIST, { text: '' })],
    ['of another kind', () => holdPreview(world, head, OTHER, { text: '' })],
    ['of another form', () => world.vault.seal(JSON.stringify({ text: '' }))],
    ['not sealed', () => 'nothing'],
  ])('is refused where it is %s', (_, sealed) => {
    expect(() => openPreview(world, head, LIST, sealed())).toThrow(gone)
  })

  test('of rows of a file comes back row by row, and nothing beside', () => {
    const [act, words] = ['approve' as const, { fr: 'x', en: 'x' }]
    const faults = [{ line: 3, column: 'INE', shape: 'AAA', words }]
    const rows = [{ dossierId: 'one', digest: 'abc', comment: 'Bravo' }, { badgeId: 'two' }]
    const sealed = holdPreview(world, head, ROWS_PREVIEW, { act, rows, faults })
    expect(openPreview(world, head, ROWS_PREVIEW, sealed)).toEqual({ act, rows, faults })
  })
})
