import type { VNode } from 'preact'
import { ButtonLink } from '../../web/components/form.js'
import { Breadcrumb } from '../../web/components/links.js'
import { Layout } from '../../web/layout.js'
import { sayIn, type Say } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import type { Definition } from '../definition.js'
import { EXAMPLE_DEFINITIONS } from '../examples.js'
import { requirementWords, themeWords } from '../wording.js'
import { Alignments } from './definition-facts.js'
import { Drawn } from './version-picture.js'

/** Badges to begin with. */
export function ExamplesPage({ visitor }: { visitor: Visitor }): VNode {
  const say = sayIn(visitor.language)
  const title = say({ fr: 'Partir d’un exemple', en: 'Begin with an example' })
  return (
    <Layout visitor={visitor} title={title}>
      <Breadcrumb
        say={say}
        way={[{ href: '/definitions', title: say({ fr: 'Nos badges', en: 'Our badges' }) }]}
        here={title}
      />
      <h1>{title}</h1>
      <p>
        {say({
          fr: 'Choisissez l’exemple le plus proche de votre métier, puis changez tout ce qui doit l’être. Aucune inspection n’a vérifié leurs correspondances avec les référentiels.',
          en: 'Choose the example that is closest to your trade, then change whatever must be. No inspector has verified how they align to frameworks.',
        })}
      </p>
      {EXAMPLE_DEFINITIONS.map((example, at) => (
        <Example key={at} say={say} example={example} at={at} />
      ))}
    </Layout>
  )
}

type ExampleProps = { say: Say; example: Definition; at: number }

function Example({ say, example, at }: ExampleProps): VNode {
  const { name, description, theme, rule, alignments, picture } = example
  return (
    <section class="sheet with-picture" aria-labelledby={`example-${at}`}>
      <Drawn picture={picture} alt="" />
      <div>
        <h2 id={`example-${at}`} lang="fr">
          {name}
        </h2>
        <p lang="fr">{description}</p>
        <p class="soft">
          {say({ fr: 'Thème : ', en: 'Theme: ' })}
          {say(themeWords(theme))}. {rule.map((one) => `${say(requirementWords(one))}.`).join(' ')}
        </p>
        {alignments.length > 0 ? (
          <details>
            <summary>
              {say({
                fr: `Correspondances proposées : ${alignments.length}, non vérifiées`,
                en: `Alignments proposed: ${alignments.length}, not verified`,
              })}
            </summary>
            <Alignments say={say} alignments={alignments} />
          </details>
        ) : (
          <p class="soft">{say({ fr: 'Aucune correspondance.', en: 'No alignment.' })}</p>
        )}
        <ButtonLink href={`/definitions/new?example=${at + 1}`} kind="secondary">
          {say({ fr: 'Partir de cet exemple', en: 'Begin with this example' })}
          <span class="visually-hidden" lang="fr">
            {' '}
            : {name}
          </span>
        </ButtonLink>
      </div>
    </section>
  )
}
