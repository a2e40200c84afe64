import type { VNode } from 'preact'
import { Table } from '../../web/components/blocks.js'
import { LinkList } from '../../web/components/links.js'
import type { Say } from '../../web/say.js'
import type { HistoryLine, Lineage } from '../lineage.js'
import type { Noticed } from '../my-badges.js'
import { WHOM_TO_ASK } from '../notice-words.js'

/** The badge that came before, and the one that came after, for who may see both. */
export function LineageLinks(props: {
  say: Say
  lineage: Lineage
  hrefOf: (badgeId: string) => string
}): VNode | null {
  const { say, lineage, hrefOf } = props
  const { replaces, replacedBy, underWay } = lineage
  const links = [
    ...(replacedBy === null
      ? []
      : [
          {
            href: hrefOf(replacedBy),
            title: say({
              fr: 'Remplacé par ce badge corrigé',
              en: 'Replaced by this corrected badge',
            }),
          },
        ]),
    ...(replaces === null
      ? []
      : [
          {
            href: hrefOf(replaces),
            title: say({
              fr: 'Remplace ce badge, révoqué',
              en: 'Replaces this badge, which is revoked',
            }),
          },
        ]),
    ...(underWay === null
      ? []
      : [
          {
            href: `/dossiers/${underWay}`,
            title: say({
              fr: 'Un badge corrigé est en préparation : voir son dossier',
              en: 'A corrected badge is being prepared: see its dossier',
            }),
          },
        ]),
  ]
  return links.length > 0 ? <LinkList links={links} /> : null
}

/** What the school did to a badge and why, for the student who has it; and whom to ask. */
export function Notices({ say, notices }: { say: Say; notices: readonly Noticed[] }): VNode | null {
  if (notices.length === 0) return null
  return (
    <>
      <h2>{say({ fr: 'Ce que votre lycée en a fait', en: 'What your school did about it' })}</h2>
      <ul>
        {notices.map(({ day, words, reason }, at) => (
          <li key={at}>
            <strong>{say.day(day)}</strong> : {say(words)}
            {reason ? ` ${say({ fr: 'La raison :', en: 'The reason:' })} ${say(reason)}.` : ''}
          </li>
        ))}
      </ul>
      <p>{say(WHOM_TO_ASK)}</p>
    </>
  )
}

/** The same for staff, with who did it and what they noted. */
export function History(props: { say: Say; history: readonly HistoryLine[] }): VNode | null {
  const { say, history } = props
  if (history.length === 0) return null
  return (
    <>
      <h2>{say({ fr: 'Ce qui en a été fait', en: 'What was done about it' })}</h2>
      <Table
        caption={say({ fr: 'Du plus récent au plus ancien', en: 'Newest first' })}
        head={[
          say({ fr: 'Quand', en: 'When' }),
          say({ fr: 'Quoi', en: 'What' }),
          say({ fr: 'Raison dite à l’élève', en: 'Reason told to the student' }),
          say({ fr: 'Note de l’équipe', en: 'Note of the staff' }),
          say({ fr: 'Par', en: 'By' }),
        ]}
        rows={history.map(({ at, words, reason, note, by }) => [
          say.instant(at),
          say(words),
          reason ? say(reason) : '–',
          note ?? '–',
          by,
        ])}
        empty=""
      />
    </>
  )
}
