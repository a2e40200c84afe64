import type { ComponentChildren, VNode } from 'preact'
import { Button, Form, type FormState } from '../../../web/components/form.js'
import type { Words } from '../../../words.js'

type Props = {
  state: FormState
  providers: readonly Readonly<{ id: string; name: string }>[]
  words: (name: string) => Words
  /** Hidden fields: what is wanted there. */
  children: ComponentChildren
}

/** One button for each provider, which leads there. */
export function ProviderButtons({ state, providers, words, children }: Props): VNode {
  return (
    <>
      {providers.map(({ id, name }) => (
        <Form key={id} state={{ ...state, problem: undefined }} action={`/sign-in/with/${id}`}>
          {children}
          <p class="actions">
            <Button kind="secondary">{state.say(words(name))}</Button>
          </p>
        </Form>
      ))}
    </>
  )
}
