import type { ComponentChildren, VNode } from 'preact'
import { Breadcrumb, type Link } from '../../web/components/links.js'
import type { FormState } from '../../web/components/form.js'
import { Layout } from '../../web/layout.js'
import type { FormProblem } from '../../web/page.js'
import { sayIn } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'

/** What a view needs of the request. */
export type Asked = Readonly<{ visitor: Visitor; problem: FormProblem | undefined }>

export function formStateOf({ visitor, problem }: Asked): FormState {
  return { say: sayIn(visitor.language), csrfToken: visitor.csrfToken, problem }
}

type FrameProps = {
  asked: Asked
  /** Of the window: it stays in the history of the browser, so that no student is named in it. */
  title: string
  /** Of the page, where it says more than its title. */
  heading?: string
  way: readonly Link[]
  children: ComponentChildren
}

/** A page with the way to it. After a refusal its title says so first: it is what a screen reader reads. */
export function Frame({ asked, title, heading = title, way, children }: FrameProps): VNode {
  const say = sayIn(asked.visitor.language)
  const wrong = asked.problem ? say({ fr: 'Erreur : ', en: 'Error: ' }) : ''
  return (
    <Layout visitor={asked.visitor} title={`${wrong}${title}`}>
      {way.length > 0 ? <Breadcrumb say={say} way={way} here={heading} /> : null}
      <h1>{heading}</h1>
      {children}
    </Layout>
  )
}
