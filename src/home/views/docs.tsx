import type { VNode } from 'preact'
import { Notice } from '../../web/components/blocks.js'
import { assetUrl } from '../../web/assets.js'
import { Layout } from '../../web/layout.js'
import { sayIn } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'

/** The API document, laid out by Swagger UI from our own address. Without script: the document itself. */
export function Docs({ visitor }: { visitor: Visitor }): VNode {
  const say = sayIn(visitor.language)
  const title = say({ fr: 'Interface de programmation', en: 'Programming interface' })
  const head = (
    <>
      <link rel="stylesheet" href="/docs/swagger-ui.css" />
      <script src="/docs/swagger-ui-bundle.js" defer />
      <script src={assetUrl('docs.js')} defer />
    </>
  )
  return (
    <Layout visitor={visitor} title={title} head={head} indexed>
      <h1>{title}</h1>
      <p>
        {say({
          fr: 'Ce que d’autres logiciels peuvent demander à Sceau. La vérification est ouverte à tous ; le reste demande un jeton, que l’administrateur de la plateforme donne. Le même document en texte : ',
          en: 'What other software may ask of Sceau. Verification is open to all; the rest needs a token, which the platform’s administrator gives. The same document as text: ',
        })}
        <a href="/openapi.yaml">openapi.yaml</a>.
      </p>
      <noscript>
        <Notice>
          <p>
            {say({
              fr: 'La mise en page de ce document demande un script. Le texte ci-dessus dit la même chose.',
              en: 'Laying out this document needs script. The text above says the same.',
            })}
          </p>
        </Notice>
      </noscript>
      <div id="docs" class="docs" lang="en" />
    </Layout>
  )
}
