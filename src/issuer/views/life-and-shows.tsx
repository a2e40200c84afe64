import type { ComponentChildren, VNode } from 'preact'
import { Choices } from '../../web/components/choices.js'
import { Select, type FormState } from '../../web/components/form.js'
import { AskingText } from '../consents/views/parts.js'
import { LINK_LIVES, LINK_SHOWS, type LinkLife } from '../link-life.js'

type Props = {
  state: FormState
  lifeHint?: string
  /** What is chosen for who chooses nothing. */
  usual: LinkLife
  /** The question of what is shown, and what follows from the answers. */
  legend: string
  showsHint: string
  /** What showing the name means, beyond what is agreed to. */
  children?: ComponentChildren
}

/** Until when a link opens, and what it shows: of one badge, and of a page of several. */
export function LifeAndShows({
  state,
  lifeHint,
  usual,
  legend,
  showsHint,
  children,
}: Props): VNode {
  const { say } = state
  return (
    <>
      <Select
        state={state}
        name="life"
        label={say({ fr: 'Jusqu’à quand ?', en: 'Until when?' })}
        {...(lifeHint === undefined ? {} : { hint: lifeHint })}
        options={Object.entries(LINK_LIVES).map(([value, { words }]) => {
          return { value, label: say(words) }
        })}
        value={usual}
      />
      <Choices
        state={state}
        name="shows"
        legend={legend}
        kind="one"
        options={Object.entries(LINK_SHOWS).map(([value, words]) => {
          return { value, label: say(words) }
        })}
        chosen={['evidence']}
        hint={showsHint}
      />
      <details>
        <summary>
          {say({ fr: 'Avec mon nom : ce que cela veut dire', en: 'With my name: what it means' })}
        </summary>
        <AskingText say={say} purpose="named-link" />
        {children}
      </details>
    </>
  )
}
