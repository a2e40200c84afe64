import type { Words } from '../../words.js'
import { SCHEMES } from './list.js'
import type { Scheme } from './scheme.js'

export { SCHEMES } from './list.js'

/** @throws {Error} for a code that no file of this folder has: the store holds none */
export function schemeOf(code: string): Scheme {
  const scheme = SCHEMES.find((one) => one.code === code)
  if (scheme) return scheme
  throw new Error(`There is no scheme ${code}.`)
}

/** What a kind of session is called, of whatever scheme. */
export function kindWords(kind: string): Words {
  const found = SCHEMES.flatMap(({ kinds }) => kinds).find(({ code }) => code === kind)
  return found?.words ?? { fr: kind, en: kind }
}
