import type { Words } from '../words.js'

/** What a rule reports: computed when it is read, gone with its cause. It names no young person. */
export type Finding = Readonly<{
  /** PT-10, CO-02, PFMP-12; CO-D1, JM-D1 and JM-D2 are ours: no text states them. */
  rule: string
  words: Words
  /** YYYY-MM-DD from which it has been so, where that is known. */
  since?: string
}>

/** Of a placement, by its public id. */
export type PlacementFinding = Finding & Readonly<{ publicId: string }>

/** Of a group, by its public id, and what people call it. */
export type GroupFinding = Finding & Readonly<{ publicId: string; title: string }>
