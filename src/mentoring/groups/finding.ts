import type { Words } from '../../words.js'

/** Something of a group that a rule reports; it names no young person. */
export type Finding = Readonly<{
  /** CO-02, JM-05; CO-D1, JM-D1 and JM-D2 are ours: no text states them. */
  rule: string
  /** Of the group. */
  publicId: string
  title: string
  words: Words
}>
