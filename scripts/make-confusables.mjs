// Writes src/credential/confusables.data.ts from Unicode's confusables.txt (UTS #39):
//   node scripts/make-confusables.mjs confusables.txt "15.0.0"
// Kept is only what ends in Latin letters or digits once accents, capitals and signs are away, and only where the
// ordinary foldings of src/credential/skeleton.ts don't come to the same by themselves.
import { readFileSync, writeFileSync } from 'node:fs'

const [file, version] = process.argv.slice(2)
const prototypes = new Map(
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.replace(/^\ufeff|#.*/g, '').split(';'))
    .filter(([from, to]) => from?.trim() && to?.trim())
    .map(([from, to]) => [toText(from), toText(to)]),
)

const found = new Map()
for (let code = 0x21; code <= 0x10ffff; code++) {
  if (code >= 0xd800 && code <= 0xdfff) continue
  const letter = String.fromCodePoint(code)
  if (code < 0x7f && !/[a-z0-9|]/i.test(letter)) continue
  const target = settle(letter)
  const folded = fold(letter)
  const comesByItself = target === folded || (letter !== folded && target === settle(folded))
  if (/^[a-z0-9]+$/.test(target) && !comesByItself)
    found.set(target, [...(found.get(target) ?? []), code.toString(16)])
}

/** What a letter ends as when it is replaced and folded again and again. */
function settle(letter) {
  let text = letter
  for (let turn = 0; turn < 8; turn++) {
    const next = fold([...text.normalize('NFD')].map((one) => prototypes.get(one) ?? one).join(''))
      // Capitals and small letters count as one: what looks like I looks like i too.
      .replaceAll('i', 'l')
    if (next === text) break
    text = next
  }
  return text
}

function fold(text) {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

function toText(codes) {
  return String.fromCodePoint(
    ...codes
      .trim()
      .split(/\s+/)
      .map((code) => parseInt(code, 16)),
  )
}

const rows = [...found]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([target, codes]) => `  ['${target}', '${codes.join(' ')}'],`)
writeFileSync(
  'src/credential/confusables.data.ts',
  `/**
 * Letters, digits and signs that look like Latin ones: what they look like, and their code points. Made by
 * scripts/make-confusables.mjs from the confusables of Unicode ${version} (UTS #39), reduced to what ends in Latin letters.
 *
 * © Unicode, Inc., under the Unicode License v3: https://www.unicode.org/license.txt
 */
export const CONFUSABLES: readonly (readonly [looksLike: string, codePoints: string])[] = [
${rows.join('\n')}
]
`,
)
