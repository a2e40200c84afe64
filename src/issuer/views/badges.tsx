import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../people/views/sheet.js'
import { Table } from '../../web/components/blocks.js'
import { State } from '../../web/components/status.js'
import type { BadgeLine } from '../see-badges.js'
import { BADGE_STATES } from '../wording.js'

type Props = { asked: Asked; list: { badges: readonly BadgeLine[]; page: number; more: boolean } }

/** A column only where there is more than one. */
const ORGANISATIONS = [
  { of: 'school', title: { fr: 'Émetteur', en: 'Issuer' } },
  { of: 'company', title: { fr: 'Endossé par', en: 'Endorsed by' } },
] as const

/** The badges that the visitor's schools issued, or that their companies endorsed. */
export function BadgesView({ asked, list }: Props): VNode {
  const { say } = formStateOf(asked)
  const { badges, page, more } = list
  const others = ORGANISATIONS.filter(({ of }) => new Set(badges.map((one) => one[of])).size > 1)
  return (
    <Sheet asked={asked} title={{ fr: 'Badges délivrés', en: 'Badges issued' }}>
      <Table
        caption={say({ fr: 'Du plus récent au plus ancien', en: 'Newest first' })}
        head={[
          'Badge',
          say({ fr: 'Élève', en: 'Student' }),
          ...others.map(({ title }) => say(title)),
          say({ fr: 'Jour', en: 'Day' }),
          say({ fr: 'État', en: 'State' }),
        ]}
        rows={badges.map((badge) => [
          <a href={`/badges/${badge.publicId}`} lang="fr">
            {badge.name}
          </a>,
          badge.student,
          ...others.map(({ of }) => badge[of]),
          say.day(badge.day),
          <State tone={BADGE_STATES[badge.state].tone}>
            {say(BADGE_STATES[badge.state].words)}
          </State>,
        ])}
        empty={say({
          fr: 'Aucun badge pour l’instant. Un badge naît d’un dossier approuvé.',
          en: 'No badge yet. A badge comes from an approved dossier.',
        })}
      />
      {page > 1 || more ? (
        <p class="pagination">
          {page > 1 ? (
            <a href={`/badges?page=${page - 1}`} rel="prev">
              {say({ fr: 'Page précédente', en: 'Previous page' })}
            </a>
          ) : null}
          {more ? (
            <a href={`/badges?page=${page + 1}`} rel="next">
              {say({ fr: 'Page suivante', en: 'Next page' })}
            </a>
          ) : null}
        </p>
      ) : null}
    </Sheet>
  )
}
