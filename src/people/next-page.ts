/**
 * Where to go after signing in: a page of ours that was asked for, else the first one. What a
 * browser could read as another site ("//evil", "/\evil", "/%09/evil") is no page of ours.
 */
export function toNextPage(asked: string | undefined): string {
  if (asked === undefined || !asked.startsWith('/')) return '/'
  const decoded = decode(asked)
  const unsafe = decoded === undefined || /[\\\p{C}\s]|\/\//u.test(decoded)
  return unsafe ? '/' : asked
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
