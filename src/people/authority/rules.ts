import type { Words } from '../../words.js'

export const PROOF_KINDS = ['siret', 'domain', 'declaration'] as const
export type ProofKind = (typeof PROOF_KINDS)[number]

export type Proof = Readonly<{
  kind: ProofKind
  /** The SIRET that was looked up, the domain that answered, or the digest of the text that was signed. */
  value: string
  /** Which register, which way, or in which function. */
  source: string
  /** YYYY-MM-DD */
  day: string
  at: string
  expiresAt: string
}>

/** What is known of a company by one kind of proof, now. Never “proved” for what is not, or not any more. */
export type Known = Readonly<{
  kind: ProofKind
  state: 'proved' | 'declared' | 'expired' | 'missing'
  proof: Proof | undefined
}>

type Company = Readonly<{ siret: string | null; domains: readonly string[]; text: string }>

/**
 * What a company has proved, of each kind: by its newest proof, if it is of what the company is today. A SIRET that was
 * changed since, a domain that is its own no more or another text prove nothing. What somebody says of themselves is
 * declared, never proved.
 */
export function knownOf(proofs: readonly Proof[], company: Company, now: Date): Known[] {
  return PROOF_KINDS.map((kind) => {
    const proof = proofs
      .filter((one) => one.kind === kind && isOf(one, company))
      .toSorted((a, b) => b.day.localeCompare(a.day) || b.at.localeCompare(a.at))[0]
    if (!proof) return { kind, state: 'missing', proof }
    if (now >= new Date(proof.expiresAt)) return { kind, state: 'expired', proof }
    return { kind, state: kind === 'declaration' ? 'declared' : 'proved', proof }
  })
}

function isOf({ kind, value }: Proof, { siret, domains, text }: Company): boolean {
  if (kind === 'siret') return value === siret
  return kind === 'domain' ? domains.includes(value) : value === text
}

/** A proof counts for a year from what it shows: people leave, domains are sold. */
export function expiryOf(at: Date): string {
  const end = new Date(at)
  end.setUTCFullYear(end.getUTCFullYear() + 1)
  return end.toISOString()
}

/** Proofs that end within this time are asked for again. */
export const ASKED_AGAIN_MS = 30 * 86_400_000

/** Whether a company must be asked for a proof: it has none, or it ends soon. */
export function isDue({ state, proof }: Known, now: Date): boolean {
  if (state === 'missing' || state === 'expired' || !proof) return true
  return Date.parse(proof.expiresAt) - now.getTime() <= ASKED_AGAIN_MS
}

/** What a representative signs for their company. The text is kept by its digest: another one is signed anew. */
export const DECLARATION: Words = {
  fr: 'Je déclare être en droit d’engager cette entreprise, ou en avoir reçu le pouvoir de son représentant légal, et que les personnes qui évaluent, endossent ou publient en son nom sur ce service y sont autorisées.',
  en: 'I declare that I am entitled to commit this company, or that its legal representative has given me the power to, and that the people who assess, endorse or publish in its name on this service are authorised.',
}
