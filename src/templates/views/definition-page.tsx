import type { VNode } from 'preact'
import type { Organisation } from '../../people/store.js'
import { Notice, Table } from '../../web/components/blocks.js'
import { ButtonLink, ErrorSummary, type FormState } from '../../web/components/form.js'
import { Breadcrumb } from '../../web/components/links.js'
import { Layout } from '../../web/layout.js'
import type { FormProblem } from '../../web/page.js'
import { sayIn, type Say } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import type { Publication } from '../see-publication.js'
import type { Version } from '../store.js'
import { unbroken } from '../wording.js'
import { DefinitionFacts } from './definition-facts.js'
import { Archiving, Renewing, type Allowed } from './definition-steps.js'
import { Publishing } from './publishing.js'
import { VersionPicture } from './version-picture.js'
import { VersionState } from './version-state.js'
import { WithdrawnVersion } from './withdrawn-version.js'

type Props = Readonly<{
  visitor: Visitor
  problem: FormProblem | undefined
  /** Newest first. */
  versions: readonly Version[]
  shown: Version
  company: Organisation
  /** What the visitor may do with the newest version. */
  allowed: Allowed
  publication: Publication
}>

/** One badge for the people who work with it: a version of it, all versions, and the next steps. */
export function DefinitionPage(props: Props): VNode {
  const { visitor, problem, versions, shown, company, allowed, publication } = props
  const say = sayIn(visitor.language)
  const state: FormState = { say, csrfToken: visitor.csrfToken, problem: undefined }
  const { definition, number, templatePublicId, publishedAt } = shown
  const isNewest = shown.id === versions[0]?.id
  // What is wrong is told in the form that was sent, while the page still has it.
  const inForm =
    (problem?.values.do === 'publish' && publication.as !== undefined) ||
    (problem?.values.do === 'propose' && publication.as === undefined && allowed.propose)
  return (
    <Layout visitor={visitor} title={definition.name}>
      <Breadcrumb
        say={say}
        way={[{ href: '/definitions', title: say({ fr: 'Badges', en: 'Badges' }) }]}
        here={definition.name}
      />
      {inForm ? null : <ErrorSummary state={{ ...state, problem }} />}
      <div class="two">
        <VersionPicture say={say} version={shown} />
        <div>
          <h1 lang="fr">{definition.name}</h1>
          <p>
            {say({ fr: 'Défini par', en: 'Defined by' })} <strong>{company.name}</strong>,{' '}
            {say({ fr: 'version', en: 'version' })} {number}
          </p>
          <p>
            <VersionState say={say} version={shown} />
          </p>
          <p lang="fr">{unbroken(definition.description)}</p>
          <WithdrawnVersion say={say} version={shown} />
          {isNewest ? null : <Older say={say} version={shown} />}
          {isNewest && allowed.edit ? (
            <p class="actions">
              <ButtonLink
                href={`/definitions/${templatePublicId}/edit`}
                kind={publication.as ? 'secondary' : 'primary'}
              >
                {say({ fr: 'Modifier ce brouillon', en: 'Edit this draft' })}
              </ButtonLink>
              <ButtonLink href="#publish" kind="quiet">
                {say({ fr: 'Aller à la publication', en: 'Go to its publication' })}
              </ButtonLink>
            </p>
          ) : null}
          {publishedAt === null ? null : (
            <p>
              <a href={`/achievements/${templatePublicId}/v/${number}`}>
                {say({ fr: 'Voir sa page publique', en: 'See its public page' })}
              </a>
            </p>
          )}
          <DefinitionFacts say={say} definition={definition} />
        </div>
      </div>
      {isNewest ? (
        <Publishing
          state={inForm ? { ...state, problem } : state}
          version={shown}
          {...{ allowed, publication }}
        />
      ) : null}
      <Versions say={say} versions={versions} shown={shown} />
      <Renewing state={state} allowed={allowed} />
      <Archiving state={state} allowed={allowed} />
      {allowed.withdraw && publishedAt !== null && shown.withdrawal === null ? (
        <p>
          <a href={`/definitions/${templatePublicId}/versions/${number}/endorsement`}>
            {say({
              fr: 'Retirer l’endossement de cette version par l’entreprise',
              en: 'Withdraw the company’s endorsement of this version',
            })}
          </a>
        </p>
      ) : null}
    </Layout>
  )
}

function Older({ say, version }: { say: Say; version: Version }): VNode {
  return (
    <Notice>
      <p>
        {say({
          fr: 'Ce badge a une version plus récente. ',
          en: 'This badge has a newer version. ',
        })}
        <a href={`/definitions/${version.templatePublicId}`}>
          {say({ fr: 'Voir la plus récente', en: 'See the newest' })}
        </a>
      </p>
    </Notice>
  )
}

type VersionsProps = { say: Say; versions: readonly Version[]; shown: Version }

function Versions({ say, versions, shown }: VersionsProps): VNode {
  const named = (number: number) => say({ fr: `Version ${number}`, en: `Version ${number}` })
  return (
    <Table
      caption={say({ fr: 'Ses versions', en: 'Its versions' })}
      head={[
        say({ fr: 'Version', en: 'Version' }),
        say({ fr: 'État', en: 'State' }),
        say({ fr: 'Publiée le', en: 'Published on' }),
      ]}
      rows={versions.map((version) => [
        version.id === shown.id ? (
          named(version.number)
        ) : (
          <a href={`/definitions/${version.templatePublicId}?version=${version.number}`}>
            {named(version.number)}
          </a>
        ),
        <VersionState say={say} version={version} />,
        version.publishedAt === null ? '–' : say.instant(version.publishedAt),
      ])}
      empty=""
    />
  )
}
