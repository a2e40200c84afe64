import type { VNode } from 'preact'
import type { Known } from '../../people/authority/rules.js'
import { HowWeKnow } from '../../people/authority/views/how-we-know.js'
import type { Organisation } from '../../people/store.js'
import { Notice } from '../../web/components/blocks.js'
import { BadgePicture } from '../../web/components/certificate.js'
import { Layout } from '../../web/layout.js'
import { sayIn } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import { pictureTitle } from '../picture.js'
import type { Version } from '../store.js'
import { unbroken } from '../wording.js'
import { DefinitionFacts } from './definition-facts.js'
import { WithdrawnVersion } from './withdrawn-version.js'

type Props = {
  visitor: Visitor
  version: Version
  company: Organisation
  /** How we know that company. */
  known: readonly Known[] | undefined
}

/** What a badge stands for, for anybody: about nobody who has it. */
export function AchievementPage({ visitor, version, company, known }: Props): VNode {
  const say = sayIn(visitor.language)
  const { definition, number, templatePublicId, archivedAt } = version
  const image = `/achievements/${templatePublicId}/v/${number}/image.png`
  return (
    <Layout visitor={visitor} title={definition.name} description={definition.description} indexed>
      <div class="two">
        <BadgePicture src={image} alt={say(pictureTitle(definition.picture))} />
        <div>
          <h1 lang="fr">{definition.name}</h1>
          <p>
            {say({ fr: 'Défini par', en: 'Defined by' })} <strong>{company.name}</strong>,{' '}
            {say({ fr: 'version', en: 'version' })} {number}
          </p>
          <HowWeKnow say={say} known={known} />
          <p lang="fr">{unbroken(definition.description)}</p>
          <WithdrawnVersion say={say} version={version} />
          {archivedAt === null ? null : (
            <Notice kind="warning">
              <p>
                {say({
                  fr: 'Ce badge n’est plus attribué. Ceux qui l’ont été restent valables.',
                  en: 'This badge is not awarded any more. Those that were stay valid.',
                })}
              </p>
            </Notice>
          )}
          <DefinitionFacts say={say} definition={definition} />
        </div>
      </div>
    </Layout>
  )
}
