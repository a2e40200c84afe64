import type { ComponentChildren, VNode } from 'preact'
import { Layout } from '../../web/layout.js'
import { sayIn } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import type { Words } from '../../words.js'

/** A page to be read, that search engines may list. */
export function Text(props: {
  visitor: Visitor
  title: Words
  children: ComponentChildren
}): VNode {
  const title = sayIn(props.visitor.language)(props.title)
  return (
    <Layout visitor={props.visitor} title={title} indexed>
      <h1>{title}</h1>
      {props.children}
    </Layout>
  )
}

/** A title, then a list of sentences. */
export function Said(props: {
  visitor: Visitor
  title: Words
  sentences: readonly Words[]
}): VNode {
  const say = sayIn(props.visitor.language)
  return (
    <section>
      <h2>{say(props.title)}</h2>
      <ul>
        {props.sentences.map((sentence) => (
          <li key={sentence.en}>{say(sentence)}</li>
        ))}
      </ul>
    </section>
  )
}
