import type { VNode } from 'preact'
import { BadgePicture } from '../../../web/components/certificate.js'
import { QrCode } from '../../../web/components/qr-code.js'
import { Verdict } from '../../../web/components/status.js'
import { Layout } from '../../../web/layout.js'
import { sayIn, type Say } from '../../../web/say.js'
import type { Visitor } from '../../../web/visitor.js'
import { standingOf, standingSentence, STANDING_TONES } from '../../standing.js'
import type { VerifiedBadge } from '../../verify-now.js'
import { AwardLines, BadgeContent } from '../../views/badge-content.js'
import { HolderWords } from '../../views/holder-words.js'
import type { SelectionShown } from '../see-selection.js'

type Props = { visitor: Visitor; token: string; selection: SelectionShown }

/** Chosen badges behind one link, each as it stands now. The title of the window is ours, never the student's words. */
export function SelectionPage({ visitor, token, selection }: Props): VNode {
  const say = sayIn(visitor.language)
  const { title, holder, badges, evidence, url, untilDay } = selection
  const until = untilDay === null ? '' : say.day(untilDay)
  return (
    <Layout visitor={visitor} title={say({ fr: 'Badges de compétences', en: 'Competency badges' })}>
      <h1 lang="">{title}</h1>
      <HolderWords say={say} holder={holder} several />
      {badges.map((badge, index) => (
        <OneBadge key={index} say={say} badge={badge} evidence={evidence} />
      ))}
      <h2>{say({ fr: 'Garder', en: 'Keep it' })}</h2>
      <ul class="links">
        <li>
          <a href={`/s/${token}.pdf?lang=${say.language}`} download>
            {say({ fr: 'Feuille à imprimer (PDF)', en: 'Sheet to print (PDF)' })}
          </a>
        </li>
      </ul>
      <p>
        {say({
          fr: 'Chaque badge a un fichier signé, qui se vérifie aussi sans cette page : demandez-le à la personne.',
          en: 'Each badge has a signed file, which can be verified without this page too: ask the person for it.',
        })}
      </p>
      <QrCode
        text={url}
        label={say({
          fr: 'Code QR qui mène à la page de ces badges',
          en: 'QR code that leads to the page of these badges',
        })}
      />
      {until === '' ? null : (
        <p class="soft small">
          {say({
            fr: `Ce lien s’ouvre jusqu’au ${until}.`,
            en: `This link opens until ${until}.`,
          })}
        </p>
      )}
    </Layout>
  )
}

type BadgeProps = { say: Say; badge: VerifiedBadge; evidence: boolean }

function OneBadge({ say, badge, evidence }: BadgeProps): VNode {
  const { shown, report } = badge
  const standing = standingOf(badge)
  const tone = STANDING_TONES[standing]
  return (
    <article>
      <div class={`sheet framed two award ${tone}`}>
        {shown ? <BadgePicture src={shown.picture} alt="" /> : null}
        <div>
          <h2 lang={shown?.language}>
            {shown?.name ?? say({ fr: 'Badge illisible', en: 'Unreadable badge' })}
          </h2>
          {shown ? (
            <AwardLines
              say={say}
              shown={shown}
              {...(report.badge ? { domain: report.badge.issuer.domain } : {})}
            />
          ) : null}
          {shown ? <p lang={shown.language}>{shown.description}</p> : null}
          <div class="standing">
            <Verdict tone={tone}>{standingSentence(say, badge, standing)}</Verdict>
          </div>
        </div>
      </div>
      {shown ? (
        <details>
          <summary>{say({ fr: 'Critères et preuves', en: 'Criteria and evidence' })}</summary>
          <BadgeContent say={say} shown={shown} withEvidence={evidence} />
        </details>
      ) : null}
    </article>
  )
}
