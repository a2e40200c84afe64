import type { Digest } from '../../credential/canonical.js'
import { canonizeGeneral } from './canonize.js'

export type CanonizeTask = Readonly<{ document: object; digest: Digest }>
/** The canonical form; undefined for a document that has none. */
export type Canonized = Readonly<{ quads: string | undefined }>

/** What threads of this file do. It throws nothing: a document without a canonical form is an answer. */
export default async function work({ document, digest }: CanonizeTask): Promise<Canonized> {
  return canonizeGeneral(document, digest).then(
    (quads) => ({ quads }),
    () => ({ quads: undefined }),
  )
}
