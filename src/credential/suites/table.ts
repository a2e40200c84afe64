import { selective } from './ecdsa-sd-2023.js'
import type { Suite } from './suite.js'
import { asGraph, asJson, signsWhole } from './whole-document.js'

/** The suites that we can check, by the name that a proof gives. */
export const SUITES = {
  'eddsa-rdfc-2022': signsWhole(['Ed25519'], asGraph),
  'ecdsa-rdfc-2019': signsWhole(['P-256', 'P-384'], asGraph),
  'ecdsa-sd-2023': selective,
  Ed25519Signature2020: signsWhole(['Ed25519'], asGraph),
  'eddsa-jcs-2022': signsWhole(['Ed25519'], asJson),
  'ecdsa-jcs-2019': signsWhole(['P-256', 'P-384'], asJson),
} as const satisfies Readonly<Record<string, Suite>>

export type SuiteName = keyof typeof SUITES

export const ALL_SUITES = Object.keys(SUITES) as readonly SuiteName[]

/** Those of a badge. Not the JSON ones: Open Badges 3.0 and its certification name none of them. */
export const BADGE_SUITES: readonly SuiteName[] = [
  'eddsa-rdfc-2022',
  'ecdsa-rdfc-2019',
  'ecdsa-sd-2023',
  'Ed25519Signature2020',
]

/** A proof of the older form has the suite in its type. @returns undefined for a suite that is not ours */
export function suiteNameOf({
  type,
  cryptosuite,
}: Readonly<Record<string, unknown>>): SuiteName | undefined {
  if (type === 'Ed25519Signature2020') return cryptosuite === undefined ? type : undefined
  const name = ALL_SUITES.find((one) => one === cryptosuite)
  return type === 'DataIntegrityProof' && name !== 'Ed25519Signature2020' ? name : undefined
}
