import type { VNode } from 'preact'
import { assetUrl } from '../../web/assets.js'
import { Notice } from '../../web/components/blocks.js'
import { BadgePicture } from '../../web/components/certificate.js'
import { Breadcrumb } from '../../web/components/links.js'
import { State } from '../../web/components/status.js'
import { Layout } from '../../web/layout.js'
import type { FormProblem } from '../../web/page.js'
import { sayIn, type Say } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import type { MyBadgeInFull } from '../my-badges.js'
import { AwardLines, BadgeContent } from './badge-content.js'
import { LineageLinks, Notices } from './lineage.js'
import { STATES } from './my-badges-page.js'
import { FileLinks } from './public-badge-page.js'
import { Sharing } from './sharing.js'
import { WithdrawnNotice } from '../withdrawals/views/withdrawn.js'

type Props = { visitor: Visitor; problem: FormProblem | undefined; badge: MyBadgeInFull }

/** One badge as others see it, for the student who has it: to whom it is shown, and how to show it. */
export function MyBadgePage({ visitor, problem, badge }: Props): VNode {
  const say = sayIn(visitor.language)
  const { shown, state } = badge
  const mine = say({ fr: 'Mes badges', en: 'My badges' })
  return (
    <Layout visitor={visitor} title={shown.name} head={<script src={assetUrl('share.js')} defer />}>
      <Breadcrumb say={say} way={[{ href: '/my-badges', title: mine }]} here={shown.name} />
      <div class={`sheet framed two award ${STATES[state].tone}`}>
        <BadgePicture src={shown.picture} alt="" />
        <div>
          <h1 lang={shown.language}>{shown.name}</h1>
          <AwardLines say={say} shown={shown} />
          <p>
            <State tone={STATES[state].tone}>{say(STATES[state].words)}</State>
          </p>
          <StateInWords say={say} badge={badge} />
          <WithdrawnNotice say={say} withdrawn={badge.withdrawn} />
          <LineageLinks say={say} lineage={badge.lineage} hrefOf={(id) => `/my-badges/${id}`} />
          <p lang={shown.language}>{shown.description}</p>
        </div>
      </div>
      <Notices say={say} notices={badge.notices} />
      <Sharing state={{ say, csrfToken: visitor.csrfToken, problem }} badge={badge} />
      <h2>{say({ fr: 'Vos fichiers', en: 'Your files' })}</h2>
      <p>
        {say({
          fr: 'Le badge signé est dans chacun de ces fichiers, sauf la feuille PDF. Gardez-en un : il se vérifie aussi sans nous demander de lien.',
          en: 'The signed badge is in each of these files, except for the PDF sheet. Keep one: it can be verified without a link too.',
        })}
      </p>
      <FileLinks say={say} hrefOf={(form) => `/my-badges/${badge.id}/badge.${form}`} />
      <BadgeContent say={say} shown={shown} />
    </Layout>
  )
}

function StateInWords({ say, badge }: { say: Say; badge: MyBadgeInFull }): VNode | null {
  const { state, revocation, shown } = badge
  if (state === 'suspended') {
    return (
      <Notice kind="warning">
        <p>
          {say({
            fr: 'Votre lycée examine ce badge. Vous pouvez encore le partager ; la page dira qu’il est suspendu.',
            en: 'Your school is examining this badge. You can still share it; the page will say that it is suspended.',
          })}
        </p>
      </Notice>
    )
  }
  if (revocation) {
    const { day, reason } = revocation
    return (
      <Notice kind="warning">
        <p>
          {say({
            fr: `Le lycée a révoqué ce badge le ${say.day(day)}. Vous pouvez encore le partager ; la page dira qu’il est révoqué.`,
            en: `The school revoked this badge on ${say.day(day)}. You can still share it; the page will say that it is revoked.`,
          })}
        </p>
        {reason ? (
          <p>
            {say({ fr: 'Raison donnée :', en: 'Reason given:' })} {reason}
          </p>
        ) : null}
      </Notice>
    )
  }
  if (state !== 'expired' || shown.validUntil === null) return null
  const until = say.day(shown.validUntil.slice(0, 10))
  return (
    <Notice kind="warning">
      <p>
        {say({
          fr: `Ce badge a expiré le ${until}. Vous pouvez encore le partager ; la page dira qu’il a expiré.`,
          en: `This badge expired on ${until}. You can still share it; the page will say that it has expired.`,
        })}
      </p>
    </Notice>
  )
}
