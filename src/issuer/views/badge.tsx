import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../people/views/sheet.js'
import { Facts, Notice } from '../../web/components/blocks.js'
import { BadgePicture } from '../../web/components/certificate.js'
import { State } from '../../web/components/status.js'
import type { Say } from '../../web/say.js'
import type { BadgeView, Signed } from '../see-badges.js'
import { WITHDRAW } from '../withdrawals/views/withdraw-page.js'
import { WithdrawnNotice } from '../withdrawals/views/withdrawn.js'
import { BADGE_STATES } from '../wording.js'
import { BadgeActs } from './badge-acts.js'
import { Evidence } from './badge-content.js'
import { History, LineageLinks } from './lineage.js'

type Props = { asked: Asked; badge: BadgeView }

/** One badge: whether it counts, what was signed and when. */
export function BadgePage({ asked, badge }: Props): VNode {
  const { say } = formStateOf(asked)
  const { name, student, state, signed } = badge
  const way = [{ href: '/badges', title: say({ fr: 'Badges délivrés', en: 'Badges issued' }) }]
  return (
    <Sheet
      asked={asked}
      title={{ fr: name, en: name }}
      heading={{ fr: `${name}\u00a0: ${student}`, en: `${name}: ${student}` }}
      way={way}
      here={student}
    >
      <div class="two">
        <BadgePicture src={badge.picture} alt="" />
        <div>
          <p>
            <State tone={BADGE_STATES[state].tone}>{say(BADGE_STATES[state].words)}</State>
          </p>
          <Told say={say} badge={badge} />
          <WithdrawnNotice say={say} withdrawn={badge.withdrawn} />
          <LineageLinks say={say} lineage={badge.lineage} hrefOf={(id) => `/badges/${id}`} />
          <Facts facts={whenAndWho(say, badge)} />
        </div>
      </div>
      {signed ? <WhatWasSigned say={say} signed={signed} /> : null}
      <History say={say} history={badge.history} />
      <BadgeActs asked={asked} badge={badge} />
      {badge.mayWithdraw ? (
        <p>
          <a href={`/badges/${badge.publicId}/endorsement`}>{say(WITHDRAW)}</a>
        </p>
      ) : null}
    </Sheet>
  )
}

function Told({ say, badge }: { say: Say; badge: BadgeView }): VNode | null {
  const { state, revocation, heldAt, lineage } = badge
  if (state === 'signing') {
    return (
      <Notice>
        <p>
          {say({
            fr: 'Ce badge est approuvé ; sa signature se fait en quelques instants. Rouvrez cette page pour la voir.',
            en: 'This badge is approved; its signature takes a few moments. Open this page again to see it.',
          })}
        </p>
      </Notice>
    )
  }
  if (revocation) {
    return (
      <Notice kind="warning">
        <p>
          {say({ fr: 'Révoqué le ', en: 'Revoked on ' })}
          {say.instant(revocation.at)} :{' '}
          {lineage.replacedBy === null
            ? revocation.reason
            : say({ fr: 'remplacé par un badge corrigé', en: 'replaced by a corrected badge' })}
        </p>
      </Notice>
    )
  }
  if (state !== 'suspended' || heldAt === null) return null
  return (
    <Notice kind="warning">
      <p>
        {say({ fr: 'Suspendu depuis le ', en: 'Suspended since ' })}
        {say.instant(heldAt)}{' '}
        {say({
          fr: ': l’émetteur examine ce badge. Il ne compte pas tant que la suspension n’est pas levée.',
          en: ': the issuer is examining this badge. It does not count until it is given back.',
        })}
      </p>
    </Notice>
  )
}

function whenAndWho(say: Say, badge: BadgeView): (readonly [string, VNode | string])[] {
  const { approvedAt, signedAt, signed } = badge
  return [
    [say({ fr: 'Émetteur', en: 'Issuer' }), badge.school],
    [say({ fr: 'Endossé par', en: 'Endorsed by' }), badge.company],
    ...when(say, { fr: 'Approuvé', en: 'Approved' }, approvedAt),
    ...when(say, { fr: 'Signé et délivré', en: 'Signed and issued' }, signedAt),
    ...(signed ? [validity(say, signed)] : []),
    [
      say({ fr: 'Dossier', en: 'Dossier' }),
      <a href={`/dossiers/${badge.dossierId}`}>
        {say({ fr: 'Voir le dossier et ses étapes', en: 'See the dossier and its steps' })}
      </a>,
    ],
  ]
}

function when(say: Say, words: { fr: string; en: string }, at: string | null) {
  return at === null ? [] : [[say(words), say.instant(at)] as const]
}

function validity(say: Say, { validFrom, validUntil }: Signed) {
  const from = say.day(validFrom.slice(0, 10))
  const until = validUntil && say.day(validUntil.slice(0, 10))
  return [
    say({ fr: 'Validité', en: 'Validity' }),
    until
      ? say({ fr: `du ${from} au ${until}`, en: `from ${from} to ${until}` })
      : say({ fr: `depuis le ${from}, sans limite`, en: `since ${from}, without limit` }),
  ] as const
}

function WhatWasSigned({ say, signed }: { say: Say; signed: Signed }): VNode {
  return (
    <>
      <h2>{say({ fr: 'Ce qui a été signé', en: 'What was signed' })}</h2>
      {signed.endorsement.map(({ id, issuer, credentialSubject }) => (
        <div class="prose" key={id}>
          <blockquote>
            <p lang="fr">{credentialSubject.endorsementComment}</p>
          </blockquote>
          <p class="soft">
            {say({ fr: 'Endossement de ', en: 'Endorsement by ' })}
            {issuer.name}
          </p>
        </div>
      ))}
      <h3>{say({ fr: 'Sur quelles preuves', en: 'On what evidence' })}</h3>
      <Evidence say={say} evidence={signed.evidence} />
      <Identifiers say={say} signed={signed} />
    </>
  )
}

/** For whoever compares this badge with its file. */
function Identifiers({ say, signed }: { say: Say; signed: Signed }): VNode {
  const [proof] = signed.proof
  return (
    <details>
      <summary>
        {say({ fr: 'Identifiants, clé et empreintes', en: 'Identifiers, key and digests' })}
      </summary>
      <Facts
        facts={[
          [
            say({ fr: 'Identifiant du badge', en: 'Identifier of the badge' }),
            <code>{signed.id}</code>,
          ],
          [
            say({ fr: 'Clé de signature', en: 'Signing key' }),
            <code>{proof?.verificationMethod}</code>,
          ],
          ...signed.evidence.map(
            ({ id, name }) => [<span lang="fr">{name}</span>, <code>{id}</code>] as const,
          ),
        ]}
      />
    </details>
  )
}
