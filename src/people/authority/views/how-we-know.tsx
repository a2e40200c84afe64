import type { VNode } from 'preact'
import type { Say } from '../../../web/say.js'
import type { Known } from '../rules.js'

/** « Comment nous le savons »: under the name of a company. What is not proved is said as such. */
export function HowWeKnow({
  say,
  known,
}: {
  say: Say
  known: readonly Known[] | undefined
}): VNode | null {
  if (!known) return null
  return (
    <details>
      <summary class="small">
        {say({ fr: 'Cette entreprise : comment nous le savons', en: 'This company: how we know' })}
      </summary>
      <ul class="small">
        {known.map((one) => (
          <li key={one.kind}>{sentenceOf(say, one)}</li>
        ))}
      </ul>
    </details>
  )
}

/** One proof in a sentence; never “proved” for what is not. */
export function sentenceOf(say: Say, { kind, state, proof }: Known): string {
  if (state === 'missing' || !proof) return say(MISSING[kind])
  const day = say.day(proof.day)
  const { value, source } = proof
  if (state === 'expired')
    return say({
      fr: `${say(NAMES[kind])} : la preuve du ${day} a plus d’un an, elle ne compte plus.`,
      en: `${say(NAMES[kind])}: the proof of ${day} is more than a year old, it counts no more.`,
    })
  if (kind === 'siret')
    return say({
      fr: `SIRET ${value} vérifié le ${day} par l’administrateur de ce service (${source}).`,
      en: `SIRET ${value} looked up on ${day} by this service’s administrator (${source}).`,
    })
  if (kind === 'domain')
    return say({
      fr: `Domaine ${value} prouvé le ${day} : un courriel envoyé à ce domaine a reçu sa réponse.`,
      en: `Domain ${value} proved on ${day}: a mail that was sent to it was answered.`,
    })
  return say({
    fr: `Déclaration signée le ${day} (${source}) : l’entreprise dit elle-même qui peut l’engager.`,
    en: `Declaration signed on ${day} (${source}): the company itself says who may commit it.`,
  })
}

const NAMES = {
  siret: { fr: 'SIRET', en: 'SIRET' },
  domain: { fr: 'Domaine', en: 'Domain' },
  declaration: { fr: 'Déclaration', en: 'Declaration' },
} as const
const MISSING = {
  siret: {
    fr: 'SIRET : personne n’a vérifié qu’il est celui de cette entreprise.',
    en: 'SIRET: nobody has looked up whether it is this company’s.',
  },
  domain: {
    fr: 'Domaine : pas prouvé.',
    en: 'Domain: not proved.',
  },
  declaration: {
    fr: 'Déclaration de qui représente l’entreprise : pas signée.',
    en: 'Declaration of who represents the company: not signed.',
  },
} as const
