/**
 * The words of a PDF of ours that was not compressed, in the order in which they are written. Our
 * fonts are subsets: what a text shows are numbers of glyphs, and each font tells which letters
 * those are (its ToUnicode map).
 */
export function textOfPdf(pdf: Buffer): string {
  const source = pdf.toString('latin1')
  const objects = new Map(
    [...source.matchAll(/\n(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id!, body!]),
  )
  const maps = new Map<string, Map<number, string>>()
  for (const body of objects.values()) {
    for (const [, name, id] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id!) ?? '')?.[1]
      if (unicode) maps.set(name!, mapIn(objects.get(unicode) ?? ''))
    }
  }
  const lines: string[] = []
  for (const body of objects.values()) {
    let font = new Map<number, string>()
    for (const [, name, shown] of body.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name) font = maps.get(name) ?? new Map()
      else lines.push(lettersOf(shown!, font))
    }
  }
  return lines.join('\n')
}

function lettersOf(shown: string, font: ReadonlyMap<number, string>): string {
  return [...shown.matchAll(/<([0-9a-f]+)>/gi)]
    .flatMap(([, hex]) => hex!.match(/.{4}/g) ?? [])
    .map((glyph) => font.get(parseInt(glyph, 16)) ?? '\ufffd')
    .join('')
}

function mapIn(cmap: string): Map<number, string> {
  const map = new Map<number, string>()
  for (const [, first, , list] of cmap.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi)) {
    const letters = [...list!.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex]) =>
      Buffer.from(hex!.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
    )
    letters.forEach((letter, at) => map.set(parseInt(first!, 16) + at, letter))
  }
  return map
}
