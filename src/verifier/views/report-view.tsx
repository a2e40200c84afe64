import type { VNode } from 'preact'
import { Facts } from '../../web/components/blocks.js'
import { BadgePicture } from '../../web/components/certificate.js'
import { Markdown } from '../../web/components/markdown.js'
import { State, Verdict } from '../../web/components/status.js'
import type { Say } from '../../web/say.js'
import type { Report } from '../report.js'
import { adviceOn, reasonsOf } from './advice.js'
import { CheckGroups, toneOf } from './check-groups.js'
import { factsOf, NOT_TOLD, NOT_TOLD_TITLE } from './told.js'

type Props = { report: Report; picture: string | undefined; say: Say }

/** The answer to a verification: one sentence, why, the badge, every check, what it does not tell. */
export function ReportView({ report, picture, say }: Props): VNode {
  const { badge } = report
  return (
    <>
      <Verdict tone={toneOf(report)}>{report.summary}</Verdict>
      <WhyAndWhatNow report={report} say={say} />
      {badge ? <Claimed report={report} badge={badge} picture={picture} say={say} /> : null}
      <h2>{say({ fr: 'Ce qui a été vérifié', en: 'What was checked' })}</h2>
      <CheckGroups report={report} say={say} />
      {report.warnings.map(({ code, message }) => (
        <p key={code}>
          <State tone="unknown">{message}</State>
        </p>
      ))}
      <NotTold say={say} />
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
  const reasons = reasonsOf(report)
  const advice = adviceOn(report)
  if (reasons.length === 0 && !advice) return null
  return (
    <div class="notice warning">
      {reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      {advice ? (
        <p>
          <strong>{say({ fr: 'Que faire :', en: 'What to do:' })}</strong> {say(advice)}
        </p>
      ) : null}
    </div>
  )
}

type ClaimedProps = Props & { badge: NonNullable<Report['badge']> }

/** What the badge says of itself. */
function Claimed({ report, badge, picture, say }: ClaimedProps): VNode {
  return (
    <section class={picture ? 'sheet framed two' : 'sheet'} aria-labelledby="badge-name">
      {picture ? <BadgePicture src={picture} alt="" /> : null}
      <div>
        <h2 id="badge-name">{badge.name}</h2>
        <p>{badge.description}</p>
        <Facts facts={factsOf(report, badge, say)} />
        {badge.criteria === '' ? null : (
          <details>
            <summary>{say({ fr: 'Critères', en: 'Criteria' })}</summary>
            <Markdown text={badge.criteria} />
          </details>
        )}
      </div>
    </section>
  )
}

function NotTold({ say }: { say: Say }): VNode {
  return (
    <>
      <h2>{say(NOT_TOLD_TITLE)}</h2>
      <ul>
        {NOT_TOLD.map((words) => (
          <li key={words.en}>{say(words)}</li>
        ))}
      </ul>
    </>
  )
}
