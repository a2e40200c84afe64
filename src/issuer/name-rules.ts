/** Letters that no accent is taken from, and that people write otherwise. */
const SPELT: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

/** A name as it is compared: letters and digits alone, without accents, capitals, hyphens or spaces. */
export function foldName(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replaceAll(/[æœßøłđðþı]/gu, (letter) => SPELT[letter] ?? letter)
}

/**
 * Whether a name that somebody read on paper is that of a person: given name and family name, in either order. Of
 * several given names that are apart, the first is enough.
 */
export function isNameOf(
  written: string,
  { givenName, familyName }: Readonly<{ givenName: string; familyName: string }>,
): boolean {
  const family = foldName(familyName)
  const asked = foldName(written)
  const [first = ''] = givenName.trim().split(/\s+/u)
  return [givenName, first]
    .map(foldName)
    .filter((given) => given !== '' && family !== '')
    .some((given) => asked === given + family || asked === family + given)
}
