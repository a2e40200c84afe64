import type { VNode } from 'preact'
import { BadgePicture } from '../../web/components/certificate.js'
import { EmptyState } from '../../web/components/journey.js'
import { State, type Tone } from '../../web/components/status.js'
import { Layout } from '../../web/layout.js'
import { sayIn, type Say } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import type { Words } from '../../words.js'
import type { BadgeState } from '../badge-shown.js'
import type { Leaving } from '../leaving/see-leaving.js'
import { LeavingNotice, TakeAway } from '../leaving/views/leaving-parts.js'
import type { MyBadge } from '../my-badges.js'

export const STATES: Readonly<Record<BadgeState, { tone: Tone; words: Words }>> = {
  valid: { tone: 'valid', words: { fr: 'Valable', en: 'Valid' } },
  revoked: { tone: 'invalid', words: { fr: 'Révoqué', en: 'Revoked' } },
  suspended: { tone: 'invalid', words: { fr: 'Suspendu', en: 'Suspended' } },
  expired: { tone: 'invalid', words: { fr: 'Expiré', en: 'Expired' } },
}

type Props = {
  visitor: Visitor
  badges: readonly MyBadge[]
  /** Undefined: an account without a record. */
  leaving: Leaving | undefined
}

/** A student's badges, for the student. */
export function MyBadgesPage({ visitor, badges, leaving }: Props): VNode {
  const say = sayIn(visitor.language)
  const state = { say, csrfToken: visitor.csrfToken, problem: undefined }
  const title = say({ fr: 'Mes badges', en: 'My badges' })
  return (
    <Layout visitor={visitor} title={title}>
      <h1>{title}</h1>
      {leaving ? <LeavingNotice {...{ state, leaving }} /> : null}
      {badges.length === 0 ? (
        <EmptyState>
          {say({
            fr: 'Vous n’avez pas encore de badge. Le lycée en délivre un quand un dossier est complet : regardez ce qui manque dans ',
            en: 'You have no badge yet. The school issues one when a dossier is complete: see what is missing in ',
          })}
          <a href="/dossiers">{say({ fr: 'vos dossiers', en: 'your dossiers' })}</a>
          {say({
            fr: ', ou demandez à un enseignant d’en ouvrir un.',
            en: ', or ask a teacher to open one.',
          })}
        </EmptyState>
      ) : (
        <>
          <p>
            {say({
              fr: 'Personne ne voit un badge tant que vous n’avez pas ouvert de lien. Choisissez un badge pour le partager.',
              en: 'Nobody sees a badge as long as you have opened no link. Choose a badge to share it.',
            })}
          </p>
          <p>
            <a href="/my-selections">
              {say({
                fr: 'Montrer plusieurs badges par un seul lien',
                en: 'Show several badges by one link',
              })}
            </a>
          </p>
          <ul class="badges">
            {badges.map((badge) => (
              <OneBadge key={badge.id} say={say} badge={badge} />
            ))}
          </ul>
          <TakeAway state={state} takenOn={leaving?.portfolioTakenOn} />
        </>
      )}
    </Layout>
  )
}

function OneBadge({ say, badge }: { say: Say; badge: MyBadge }): VNode {
  const { shown, state, openLinks } = badge
  return (
    <li class="sheet">
      <BadgePicture src={shown.picture} alt="" small />
      <div>
        <h2>
          <a href={`/my-badges/${badge.id}`} lang={shown.language}>
            {shown.name}
          </a>
        </h2>
        <p class="soft">
          {say.month(shown.validFrom.slice(0, 7))}, {shown.school}
        </p>
        <p>
          <State tone={STATES[state].tone}>{say(STATES[state].words)}</State>
        </p>
        <p class="small">{linksInWords(say, openLinks)}</p>
      </div>
    </li>
  )
}

function linksInWords(say: Say, count: number): string {
  if (count === 0) return say({ fr: 'Privé : aucun lien ouvert', en: 'Private: no open link' })
  return count === 1
    ? say({ fr: 'Partagé par un lien', en: 'Shared by one link' })
    : say({ fr: `Partagé par ${count} liens`, en: `Shared by ${count} links` })
}
