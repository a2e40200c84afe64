import type { VNode } from 'preact'
import { codeInWords } from '../../templates/frameworks.js'
import { Markdown } from '../../web/components/markdown.js'
import type { Say } from '../../web/say.js'
import type { BadgeShown } from '../badge-shown.js'

type Props = { say: Say; shown: BadgeShown }

/**
 * What a badge says of itself, as it was signed: criteria, evidence, what it stands beside.
 *
 * @param props.withEvidence false where its owner shows the badge alone
 */
export function BadgeContent({
  say,
  shown,
  withEvidence = true,
}: Props & { withEvidence?: boolean }): VNode {
  const { criteria, complements, evidence, language, alignments } = shown
  return (
    <>
      <h2>{say({ fr: 'Critères', en: 'Criteria' })}</h2>
      <div lang={language}>
        <Markdown text={criteria} />
      </div>
      {withEvidence ? (
        <>
          <h2>{say({ fr: 'Sur quelles preuves', en: 'On what evidence' })}</h2>
          <Evidence say={say} evidence={evidence} />
        </>
      ) : null}
      {complements === null ? null : (
        <>
          <h2>{say({ fr: 'Ce qu’il complète', en: 'What it complements' })}</h2>
          <p lang="fr">{complements}</p>
        </>
      )}
      {alignments.length > 0 ? <Alignments say={say} shown={shown} /> : null}
    </>
  )
}

/** Lines of evidence that are read without asking for more. */
const MOST_LINES = 6

export function Evidence({ say, evidence }: { say: Say; evidence: BadgeShown['evidence'] }): VNode {
  const lines = counted(evidence)
  const folded = lines.slice(MOST_LINES)
  return (
    <>
      <EvidenceLines lines={lines.slice(0, MOST_LINES)} />
      {folded.length > 0 ? (
        <details>
          <summary>
            {say({
              fr: `Voir aussi : ${folded.length} ${folded.length > 1 ? 'autres preuves' : 'autre preuve'}`,
              en: `See also: ${folded.length} more`,
            })}
          </summary>
          <EvidenceLines lines={folded} />
        </details>
      ) : null}
    </>
  )
}

export type EvidenceLine = BadgeShown['evidence'][number] & { times: number }

/** In the words that were signed, which are French. */
function EvidenceLines({ lines }: { lines: readonly EvidenceLine[] }): VNode {
  return (
    <ul>
      {lines.map(({ name, description, times }) => (
        <li key={`${name} ${description}`} lang="fr">
          {name}
          {timesOf({ name, times })}. <span class="soft">{description}.</span>
        </li>
      ))}
    </ul>
  )
}

/** « (2 séances) », in the language of what was signed. */
export function timesOf({ name, times }: Pick<EvidenceLine, 'name' | 'times'>): string {
  if (times === 1) return ''
  return ` (${times} ${name.startsWith('Période') ? 'périodes' : 'séances'})`
}

function Alignments({ say, shown }: Props): VNode {
  return (
    <>
      <h2>{say({ fr: 'Correspondances', en: 'Alignments' })}</h2>
      <p class="soft">
        {say({
          fr: 'Selon l’entreprise qui a défini le badge :',
          en: 'According to the company that defined the badge:',
        })}
      </p>
      <ul>
        {shown.alignments.map(({ framework, code, name, url }) => (
          <li key={url}>
            <a href={url} rel="noopener nofollow">
              {codeInWords({ framework, code })}
            </a>{' '}
            <span lang="fr">{name}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** By whom and when, in one look. */
export function AwardLines({ say, shown, domain }: Props & { domain?: string }): VNode {
  return (
    <p class="award-lines">
      <span>
        {say({ fr: 'Délivré par', en: 'Issued by' })} <strong>{shown.school}</strong>
        {domain === undefined ? null : ` (${domain})`}
      </span>
      {shown.companies.length > 0 ? (
        <span>
          {say({ fr: 'Endossé par', en: 'Endorsed by' })}{' '}
          <strong>{say.list(shown.companies)}</strong>
        </span>
      ) : null}
      <span>{say.month(shown.validFrom.slice(0, 7))}</span>
    </p>
  )
}

/** Two sessions of one month are told as one line: what tells them apart is not in the badge. */
export function counted(evidence: BadgeShown['evidence']): EvidenceLine[] {
  const kinds = new Map<string, EvidenceLine>()
  for (const { name, description } of evidence) {
    const key = `${name} ${description}`
    kinds.set(key, { name, description, times: (kinds.get(key)?.times ?? 0) + 1 })
  }
  return [...kinds.values()]
}
