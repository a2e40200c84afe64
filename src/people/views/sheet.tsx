import type { ComponentChildren, VNode } from 'preact'
import { Layout } from '../../web/layout.js'
import type { FormState } from '../../web/components/form.js'
import { Breadcrumb, type Link } from '../../web/components/links.js'
import type { FormProblem } from '../../web/page.js'
import { sayIn } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import type { Words } from '../../words.js'

/** What a page's view needs of the request. */
export type Asked = Readonly<{ visitor: Visitor; problem: FormProblem | undefined }>

export function formStateOf({ visitor, problem }: Asked): FormState {
  return { say: sayIn(visitor.language), csrfToken: visitor.csrfToken, problem }
}

/** A page with one title. After a refusal the title says so first: it is what a screen reader reads. */
export function Sheet(props: {
  asked: Asked
  /** Of the window: it stays in the history of the browser, so that no student is named in it. */
  title: Words
  /** Of the page, where it says more than its title. */
  heading?: Words
  /** The pages that lead here. */
  way?: readonly Link[]
  /** What the page is called at the end of that way; its heading unless told. */
  here?: string
  /** Scripts of this page alone, served by us. */
  head?: ComponentChildren
  children: ComponentChildren
}): VNode {
  const { visitor, problem } = props.asked
  const say = sayIn(visitor.language)
  const heading = say(props.heading ?? props.title)
  const wrong = problem ? say({ fr: 'Erreur : ', en: 'Error: ' }) : ''
  return (
    <Layout visitor={visitor} title={`${wrong}${say(props.title)}`} head={props.head}>
      {props.way ? <Breadcrumb say={say} way={props.way} here={props.here ?? heading} /> : null}
      <h1>{heading}</h1>
      {props.children}
    </Layout>
  )
}
