import type { VNode } from 'preact'
import { beginning, visible } from '../../credential/visible.js'
import { Facts } from '../../web/components/blocks.js'
import { BadgePicture } from '../../web/components/certificate.js'
import { Markdown } from '../../web/components/markdown.js'
import { Verdict } from '../../web/components/status.js'
import type { Say } from '../../web/say.js'
import type { Words } from '../../words.js'
import type { Report } from '../report.js'
import { domainOf } from '../signed-content.js'
import { adviceOn, FIRST_WARNINGS, reasonsOf } from './advice.js'
import { CheckGroups, toneOf } from './check-groups.js'
import { NOT_TOLD, NOT_TOLD_TITLE, TO_KNOW } from './not-told.js'

// A name in a badge is only a claim until the issuer stands by the key.
export const ISSUED_BY: Words = { fr: 'Délivré par', en: 'Issued by' }
export const CLAIMS_TO_BE_FROM: Words = { fr: 'Dit venir de', en: 'Claims to be from' }

type Props = { report: Report; picture: string | undefined; say: Say }

/** The answer to a verification: one sentence, why, the badge, every check, what it does not tell. */
export function ReportView({ report, picture, say }: Props): VNode {
  const { badge } = report
  const others = warningsOf(report, 'last')
  return (
    <>
      <Verdict tone={toneOf(report)}>{say.text(report.summary)}</Verdict>
      <WhyAndWhatNow report={report} say={say} />
      {badge ? <Claimed report={report} badge={badge} picture={picture} say={say} /> : null}
      <h2>{say({ fr: 'Ce qui a été vérifié', en: 'What was checked' })}</h2>
      <CheckGroups report={report} say={say} />
      {others.length > 0 ? <Sentences title={say(TO_KNOW)} items={others.map(say.text)} /> : null}
      {badge ? <Sentences title={say(NOT_TOLD_TITLE)} items={NOT_TOLD.map(say)} /> : null}
      <p class="soft small">
        {say({ fr: 'Vérifié le', en: 'Verified on' })} {say.instant(report.verifiedAt)}{' '}
        {say({ fr: 'par', en: 'by' })} {report.engine}.{' '}
        {say({ fr: 'Empreinte du badge reçu', en: 'Fingerprint of the badge received' })} (SHA-256){' '}
        <code>{report.digest.replace('sha256:', '')}</code>
      </p>
    </>
  )
}

/** Part of the answer that the verdict announces: one status a page. */
function WhyAndWhatNow({ report, say }: { report: Report; say: Say }): VNode | null {
  const reasons = [...warningsOf(report, 'first'), ...reasonsOf(report)]
  const advice = adviceOn(report)
  if (reasons.length === 0 && !advice) return null
  return (
    <div class="notice warning">
      {reasons.map((reason) => (
        <p key={reason}>{say.text(reason)}</p>
      ))}
      {advice ? (
        <p>
          <strong>{say({ fr: 'Que faire :', en: 'What to do:' })}</strong> {say(advice)}
        </p>
      ) : null}
    </div>
  )
}

function warningsOf({ warnings }: Report, place: 'first' | 'last'): string[] {
  return warnings
    .filter(({ code }) => FIRST_WARNINGS.includes(code) === (place === 'first'))
    .map(({ message }) => message)
}

/** Who stands by the badge: not who has withdrawn one of their endorsements of it. */
export function endorsersOf({ endorsements }: Report): string[] {
  const stands = ({ verdict, target }: Report['endorsements'][number]) =>
    verdict === 'valid' && target !== null
  const doubtful = endorsements.filter((one) => !stands(one)).map(({ endorser }) => endorser.id)
  return endorsements
    .filter(({ endorser }) => !doubtful.includes(endorser.id))
    .map(({ endorser: { name, id } }) => `${beginning(name, 200)} (${visible(domainOf(id))})`)
}

type ClaimedProps = Props & { badge: NonNullable<Report['badge']> }

/** What the badge says of itself. */
function Claimed({ report, badge, picture, say }: ClaimedProps): VNode {
  const bound = report.checks.some(
    ({ name, result }) => name === 'issuer_binding' && result === 'pass',
  )
  const endorsers = endorsersOf(report)
  return (
    <section class={picture ? 'sheet framed two' : 'sheet'} aria-labelledby="badge-name">
      {picture ? <BadgePicture src={picture} alt="" /> : null}
      <div>
        <h2 id="badge-name" dir="auto">
          {visible(badge.name)}
        </h2>
        <p dir="auto">{visible(badge.description)}</p>
        <Facts
          facts={[
            [
              say(bound ? ISSUED_BY : CLAIMS_TO_BE_FROM),
              <IssuerName issuer={badge.issuer} trusted={report.trusted} say={say} />,
            ],
            ...fact(
              say({ fr: 'Endossé par', en: 'Endorsed by' }),
              endorsers.length > 0 ? say.list([...new Set(endorsers)]) : null,
            ),
            ...fact(say({ fr: 'Depuis le', en: 'Since' }), dayIn(say, badge.validFrom)),
            ...fact(say({ fr: 'Jusqu’au', en: 'Until' }), dayIn(say, badge.validUntil)),
          ]}
        />
        {badge.criteria === '' ? null : (
          <details>
            <summary>{say({ fr: 'Critères', en: 'Criteria' })}</summary>
            <Markdown text={visible(badge.criteria)} />
          </details>
        )}
      </div>
    </section>
  )
}

type NameProps = { issuer: ClaimedProps['badge']['issuer']; trusted: boolean; say: Say }

/** A name never without what it can't choose: its domain; where there is none its key, and that first. */
function IssuerName({ issuer, trusted, say }: NameProps): VNode {
  const name = <bdi>{visible(issuer.name)}</bdi>
  const domain = <bdi>{visible(issuer.domain)}</bdi>
  if (trusted || !issuer.id.startsWith('did:key:'))
    return (
      <>
        {name} ({domain})
      </>
    )
  return (
    <>
      {say({ fr: 'La clé', en: 'The key' })} {domain}
      {say({ fr: ', qui se donne le nom « ', en: ', which calls itself “' })}
      {name}
      {say({ fr: ' »', en: '”' })}
    </>
  )
}

export function fact(term: string, value: string | null): (readonly [string, string])[] {
  return value === null ? [] : [[term, value]]
}

/** A stranger's date may be none. */
export function dayIn(say: Say, instant: string | null): string | null {
  const day = instant?.slice(0, 10) ?? ''
  return Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? instant : say.day(day)
}

function Sentences({ title, items }: { title: string; items: readonly string[] }): VNode {
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  )
}
