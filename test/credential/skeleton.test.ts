import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { skeleton } from '../../src/credential/skeleton.js'
import { hasUnseen, visible } from '../../src/credential/visible.js'

describe('two names that an eye takes for one have one skeleton', () => {
  test.each([
    ['IS-10 Cyrillic letters', 'L\u0443\u0441\u00e9e V\u043elt\u0430ire'],
    ['Greek letters', 'Lyc\u00e9e V\u03bflta\u03b9re'],
    ['IS-10 capitals without accents', 'LYCEE VOLTAIRE'],
    ['IS-10 two spaces', 'Lycée  Voltaire'],
    ['IS-10 a zero-width space', 'Lycée Voltaire\u200b'],
    ['a soft hyphen', 'Lycée Vol\u00adtaire'],
    ['a right-to-left mark', '\u200fLycée Voltaire'],
    ['full-width letters', '\uff2c\uff59\uff43\u00e9\uff45 Voltaire'],
    ['mathematical letters', '𝐋𝐲𝐜é𝐞 𝓥𝓸𝓵𝓽𝓪𝓲𝓻𝓮'],
    ['letters in circles', 'Ⓛycée Ⓥoltaire'],
    ['a one for an l', 'Lycée Vo1taire'],
    ['a nought for an o', 'Lycée V0ltaire'],
    ['an l for an i', 'Lycée Voltalre'],
    ['a capital I for an l', 'Lycée VoItaire'],
    ['a bar for an l', 'Lycée Vo|taire'],
    ['an accent of its own', 'Lyce\u0301e Voltaire'],
    ['accents that nobody asked for', 'Lẏcéẹ V\u0336oltaire'],
    ['other signs between the words', 'Lycée-Voltaire.'],
    ['a Cherokee letter', 'Ꮮycée Voltaire'],
  ])('%s: %s', (_, name) => {
    expect(skeleton(name)).toBe(skeleton('Lycée Voltaire'))
  })

  test('rn reads as m', () => {
    expect(skeleton('Acadérnie de la Marne')).toBe(skeleton('Académie de la Marne'))
  })

  test('a ligature reads as its letters', () => {
    expect(skeleton('Ofﬁce du Cœur')).toBe(skeleton('Office du coeur'))
  })
})

describe('other names', () => {
  test.each([
    ['Lycée Voltaire', 'Lycée Diderot'],
    ['Lycée Voltaire', 'Lycée de Voltaire'],
    ['Lycée 2', 'Lycée 3'],
    ['リセ', '学校'],
  ])('%s is not %s', (one, other) => {
    expect(skeleton(one)).not.toBe(skeleton(other))
  })

  test.each([
    ['Лицей', 'лицей'],
    ['école ☂', 'Ecole'],
    ['学校', '学校'],
  ])('%s keeps the letters that look like no Latin ones', (one, other) => {
    expect(skeleton(one)).toBe(skeleton(other))
    expect(skeleton(one)).not.toBe('')
  })

  test('what has no letter has none', () => {
    expect(skeleton(' \u200b☂!')).toBe('')
  })
})

describe('for every text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({
      unit: fc.integer({ min: 0x21, max: 0x24ff }).map((code) => String.fromCharCode(code)),
    }),
  )

  test('a skeleton is its own skeleton', () => {
    fc.assert(fc.property(texts, (text) => skeleton(skeleton(text)) === skeleton(text)))
  })

  test('a skeleton is its own skeleton, for each character that there is', () => {
    const moving: string[] = []
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code === 0xd800) code = 0xe000
      const found = skeleton(String.fromCodePoint(code))
      if (skeleton(found) !== found) moving.push(code.toString(16))
    }
    expect(moving).toEqual([])
  })

  test('spaces, signs and what nobody sees don’t count, wherever they stand', () => {
    const noise = fc.constantFrom(' ', '\u200b', '\u202e', '-', '\u00ad', '\u2066', '\u0301')
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'Lycée Voltaire'), { maxLength: 30 }),
        noise,
        (letters, between) => {
          expect(skeleton(letters.join(between))).toBe(skeleton(letters.join('')))
        },
      ),
    )
  })

  test('a long one costs no more than the first 500 letters', () => {
    expect(skeleton('a'.repeat(1_000_000))).toHaveLength(500)
  })

  test('nothing unseen is left of what is shown, and what is seen stays', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(visible(visible(text))).toBe(visible(text))
        if (!hasUnseen(text)) expect(visible(text)).toBe(text)
      }),
    )
  })
})

describe('a stranger’s text is shown', () => {
  test.each([
    ['a bidi override', 'Lycée \u202eeriatloV', 'Lycée \ufffderiatloV'],
    ['an isolate', '\u2067Lycée\u2069', '\ufffdLycée\ufffd'],
    ['a zero-width space', 'Ly\u200bcée', 'Ly\ufffdcée'],
    ['a letter without a form', 'Lycée\u3164', 'Lycée\ufffd'],
    ['a tag', 'Lycée\u{e0041}', 'Lycée\ufffd'],
    ['a joiner between letters', 'Ly\u200dcée', 'Ly\ufffdcée'],
    ['a backspace', 'Lycée\u0008', 'Lycée\ufffd'],
  ])('with a mark for %s', (_, text, shown) => {
    expect(hasUnseen(text)).toBe(true)
    expect(visible(text)).toBe(shown)
  })

  test.each(['Un texte\n\tà la ligne', 'Élève 👩‍🎓', '👩🏽‍🔧', 'مدرسة', 'l’Œuvre'])(
    'as it is, where it deceives nobody: %j',
    (text) => {
      expect(visible(text)).toBe(text)
    },
  )
})
