import { unbakeSvg, type UnbakedSvg } from '../../credential/bake-svg.js'
import { canonize, type Digest } from '../../credential/canonical.js'

/** What is done in a thread of its own when it is much. */
export type BadgeTask =
  | Readonly<{ task: 'canonize'; document: object; digest: Digest }>
  | Readonly<{ task: 'unbake'; svg: string }>
/** The canonical form; undefined for a document that has none. */
export type Canonized = Readonly<{ quads: string | undefined }>

/** What threads of this file do. It throws nothing: a task that fails for its content has an answer. */
export default async function work(task: BadgeTask): Promise<Canonized | UnbakedSvg> {
  if (task.task === 'unbake') return unbakeSvg(task.svg)
  return canonize(task.document, task.digest).then(
    (quads) => ({ quads }),
    () => ({ quads: undefined }),
  )
}
