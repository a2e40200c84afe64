import type { Say } from '../../web/say.js'
import type { Words } from '../../words.js'
import type { Report } from '../report.js'

/** What page and paper say of a report in the same words. */

// A name in a badge is only a claim until the issuer stands by the key.
const ISSUED_BY: Words = { fr: 'Délivré par', en: 'Issued by' }
const CLAIMS_TO_BE_FROM: Words = { fr: 'Dit venir de', en: 'Claims to be from' }

export function issuedBy({ checks }: Pick<Report, 'checks'>): Words {
  const bound = checks.some(({ name, result }) => name === 'issuer_binding' && result === 'pass')
  return bound ? ISSUED_BY : CLAIMS_TO_BE_FROM
}

/** Who stands by the badge: not who has withdrawn one of their endorsements of it. */
export function endorsersOf({ endorsements }: Pick<Report, 'endorsements'>): string[] {
  const stands = ({ verdict, target }: Report['endorsements'][number]) =>
    verdict === 'valid' && target !== null
  const doubtful = endorsements.filter((one) => !stands(one)).map(({ endorser }) => endorser.id)
  const names = endorsements
    .filter(({ endorser }) => !doubtful.includes(endorser.id))
    .map(({ endorser }) => endorser.name)
  return [...new Set(names)]
}

type Fact = readonly [term: string, value: string]

/** Who issued a badge, who endorses it, and for how long it counts. */
export function factsOf(report: Report, badge: NonNullable<Report['badge']>, say: Say): Fact[] {
  const endorsers = endorsersOf(report)
  return [
    [say(issuedBy(report)), `${badge.issuer.name} (${badge.issuer.domain})`],
    ...fact(
      say({ fr: 'Endossé par', en: 'Endorsed by' }),
      endorsers.length > 0 ? say.list(endorsers) : null,
    ),
    ...fact(say({ fr: 'Depuis le', en: 'Since' }), dayIn(say, badge.validFrom)),
    ...fact(say({ fr: 'Jusqu’au', en: 'Until' }), dayIn(say, badge.validUntil)),
  ]
}

function fact(term: string, value: string | null): Fact[] {
  return value === null ? [] : [[term, value]]
}

/** A stranger's date may be none. */
function dayIn(say: Say, instant: string | null): string | null {
  const day = instant?.slice(0, 10) ?? ''
  return Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? instant : say.day(day)
}

export const NOT_TOLD_TITLE: Words = { fr: 'Ce que cela ne dit pas', en: 'What this does not tell' }

export const NOT_TOLD: readonly Words[] = [
  {
    fr: 'Qui vous montre le badge. S’il ne porte pas de nom, demandez à la personne d’ouvrir devant vous un nouveau lien de partage.',
    en: 'Who shows you the badge. If it bears no name, ask the person to open a new share link before your eyes.',
  },
  {
    fr: 'Ce que la personne sait faire aujourd’hui : ceux qui signent parlent de ce qu’ils ont vu alors.',
    en: 'What the person can do today: those who sign speak of what they saw then.',
  },
  {
    fr: 'Qu’elle a un diplôme : un badge n’en est pas un.',
    en: 'That they have a diploma: a badge is none.',
  },
]
