import type { Generated } from 'kysely'

/** The transparency log. Hashes are SHA-256 in base64. */
export type LogTables = {
  log_leaves: {
    id: Generated<number>
    /** From 0, without a gap. */
    position: number
    hash: string
    logged_at: string
  }
  /** Roots of full subtrees; those of level 0 are the leaves. */
  log_nodes: {
    id: Generated<number>
    /** It stands over 2^level leaves. */
    level: number
    position: number
    hash: string
  }
  log_head: {
    id: number
    size: number
    /** JSON: the roots of the full subtrees that the tree is made of, the largest first. */
    frontier: string
    /** When the last leaf came; empty: none has. */
    last_at: string
  }
  log_checkpoints: {
    id: Generated<number>
    size: number
    root: string
    /** As it is published: a signed note. */
    note: string
    signed_at: string
  }
}
