import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../people/views/sheet.js'
import { Notice } from '../../web/components/blocks.js'
import { Choices } from '../../web/components/choices.js'
import { Button, Field, Form, type FormState } from '../../web/components/form.js'
import { LinkList } from '../../web/components/links.js'
import type { Words } from '../../words.js'
import { HOLD_REASONS, REPLACEMENT_REASONS } from '../life-reasons.data.js'
import type { BadgeView } from '../see-badges.js'
import type { NoticeAct } from '../store/notices.js'

/** What the reader may do to a badge: what can't be undone is said where it is done. */
export function BadgeActs({ asked, badge }: { asked: Asked; badge: BadgeView }): VNode | null {
  if (badge.may.length === 0) return null
  const { say } = formStateOf(asked)
  return (
    <>
      <h2>{say({ fr: 'Corriger ou retirer ce badge', en: 'Correct or withdraw this badge' })}</h2>
      <LinkList
        links={badge.may
          .filter((act) => act !== 'revoke')
          .map((act) => ({ href: `/badges/${badge.publicId}/${act}`, title: say(TITLES[act]) }))}
      />
      {badge.may.includes('revoke') ? <Revoke asked={asked} /> : null}
    </>
  )
}

function Revoke({ asked }: { asked: Asked }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <details open={state.problem !== undefined}>
      <summary>{say(TITLES.revoke)}</summary>
      <Notice kind="warning">
        <p>{say(MEANING.revoke)}</p>
      </Notice>
      <Form state={state}>
        <LifeFields state={state} act="revoke" />
        <p class="actions">
          <Button kind="danger">{say(VERBS.revoke)}</Button>
        </p>
      </Form>
    </details>
  )
}

type Props = { asked: Asked; badge: BadgeView; act: NoticeAct }

/** One act on one badge: what it means, why it is done, and its button. */
export function BadgeActPage({ asked, badge, act }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const back = { href: `/badges/${badge.publicId}`, title: `${badge.name}, ${badge.student}` }
  const list = { href: '/badges', title: say({ fr: 'Badges délivrés', en: 'Badges issued' }) }
  return (
    <Sheet asked={asked} title={TITLES[act]} way={[list, back]}>
      <p>
        <span lang="fr">{badge.name}</span>, {badge.student}
      </p>
      <p>{say(MEANING[act])}</p>
      <Form state={state}>
        <LifeFields state={state} act={act} />
        <p class="actions">
          <Button>{say(VERBS[act])}</Button>
        </p>
      </Form>
    </Sheet>
  )
}

/** Why, as the holder reads it; and a note that they do not read. `optional`: rows may say it themselves. */
export function LifeFields(props: {
  state: FormState
  act: NoticeAct
  noteName?: string
  optional?: boolean
}): VNode {
  const { state, act, noteName = 'note', optional } = props
  const { say } = state
  if (act === 'revoke')
    return (
      <Field
        state={state}
        name="reason"
        label={say({ fr: 'Raison', en: 'Reason' })}
        hint={say(REVOCATION_HINT)}
        {...(optional ? { optional: 'either' as const } : {})}
      />
    )
  const reasons: Readonly<Record<string, Words>> | undefined =
    act === 'hold' ? HOLD_REASONS : act === 'replace' ? REPLACEMENT_REASONS : undefined
  return (
    <>
      {reasons ? (
        <Choices
          state={state}
          name="reason"
          kind="one"
          legend={say({ fr: 'Raison', en: 'Reason' })}
          hint={say({ fr: 'L’élève la lira.', en: 'The student will read it.' })}
          options={Object.entries(reasons).map(([value, words]) => ({ value, label: say(words) }))}
        />
      ) : null}
      <Field
        state={state}
        name={noteName}
        label={say({ fr: 'Note pour l’équipe', en: 'Note for the staff' })}
        hint={say({
          fr: '300 caractères au plus. Elle reste au lycée : ni l’élève ni l’entreprise ne la lisent.',
          en: '300 characters at most. It stays at the school: neither the student nor the company reads it.',
        })}
        optional
      />
    </>
  )
}

const REVOCATION_HINT: Words = {
  fr: 'Elle peut être montrée à qui vérifie le badge : ne dites rien de l’élève.',
  en: 'It may be shown to whoever verifies the badge: say nothing about the student.',
}

const TITLES: Readonly<Record<NoticeAct, Words>> = {
  hold: { fr: 'Suspendre ce badge', en: 'Suspend this badge' },
  restore: { fr: 'Lever la suspension', en: 'Give this badge back' },
  replace: { fr: 'Remplacer ce badge', en: 'Replace this badge' },
  revoke: { fr: 'Révoquer ce badge', en: 'Revoke this badge' },
}
const VERBS: Readonly<Record<NoticeAct, Words>> = {
  hold: { fr: 'Suspendre', en: 'Suspend' },
  restore: { fr: 'Lever la suspension', en: 'Give back' },
  replace: {
    fr: 'Ouvrir le dossier du badge corrigé',
    en: 'Open the dossier of the corrected badge',
  },
  revoke: { fr: 'Révoquer définitivement', en: 'Revoke for good' },
}
/** What each act does, and that the holder is told. */
export const MEANING: Readonly<Record<NoticeAct, Words>> = {
  hold: {
    fr: 'Le temps d’examiner un doute : nos pages et notre vérification diront « suspendu, l’émetteur l’examine ». La liste publique, qui ne connaît que les révocations, ne change pas. La suspension peut être levée. L’élève en est averti.',
    en: 'While a doubt is examined: our pages and our verification will say “suspended, the issuer examines it”. The public list, which knows revocations only, does not change. It can be given back. The student is told.',
  },
  restore: {
    fr: 'L’examen est fini et rien n’est à reprocher au badge : il compte de nouveau. Ce qui a été fait reste dans son histoire. L’élève en est averti.',
    en: 'The examination is over and nothing is wrong with the badge: it counts again. What was done stays in its history. The student is told.',
  },
  replace: {
    fr: 'Un dossier s’ouvre pour le même élève et le même badge ; il est proposé, évalué, endossé et approuvé comme tout autre. L’ancien badge compte jusqu’à ce que le nouveau soit délivré, et il est révoqué à cet instant. L’élève en est alors averti.',
    en: 'A dossier is opened for the same student and the same badge; it is proposed, assessed, endorsed and approved as any other. The old badge counts until the new one is issued, and is revoked at that moment. The student is told then.',
  },
  revoke: {
    fr: 'La révocation est définitive : toute vérification dira que ce badge ne vaut plus, et personne ne pourra l’annuler. L’élève en est averti.',
    en: 'A revocation is for good: every verification will say that this badge does not count any more, and nobody can undo it. The student is told.',
  },
}
