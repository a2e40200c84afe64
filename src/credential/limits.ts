/** What a foreign document may cost at most, before anything is computed from it. */
export const LIMITS = {
  jsonBytes: 256 * 1024,
  jwtBytes: 96 * 1024,
  imageBytes: 2 * 1024 * 1024,
  depth: 64,
  nodes: 5_000,
  stringChars: 64 * 1024,
  proofs: 4,
  /** Endorsements of a badge that are checked: each may cost a signature, a key and a list. */
  endorsements: 20,
  /** Entries of `credentialStatus` that are looked up: each may cost a list. */
  statusEntries: 8,
  /** Inflated bytes of a status list. */
  statusListBytes: 4 * 1024 * 1024,
  /** Inflated bytes of the text in an image. */
  imageTextBytes: 512 * 1024,
  /** Bytes of a badge that we sign. */
  ownBadgeBytes: 32 * 1024,
} as const
