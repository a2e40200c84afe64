import type { VNode } from 'preact'
import type { Organisation } from '../../people/store.js'
import { Table } from '../../web/components/blocks.js'
import { ButtonLink } from '../../web/components/form.js'
import { EmptyState } from '../../web/components/journey.js'
import { Layout } from '../../web/layout.js'
import { sayIn, type Say } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import type { Version } from '../store.js'
import { VersionPicture } from './version-picture.js'
import { VersionState } from './version-state.js'

type Props = {
  visitor: Visitor
  /** Of each badge its versions, newest first. */
  templates: readonly (readonly Version[])[]
  companies: readonly Organisation[]
  mayDefine: boolean
}

/** The badges of one's company; for a school, those of its partner companies. */
export function DefinitionsPage({ visitor, templates, companies, mayDefine }: Props): VNode {
  const say = sayIn(visitor.language)
  const title = say(
    mayDefine
      ? { fr: 'Nos badges', en: 'Our badges' }
      : { fr: 'Badges des entreprises partenaires', en: 'Badges of partner companies' },
  )
  return (
    <Layout visitor={visitor} title={title}>
      <h1>{title}</h1>
      {mayDefine ? (
        <p class="actions">
          <ButtonLink href="/definitions/new">
            {say({ fr: 'Définir un badge', en: 'Define a badge' })}
          </ButtonLink>
          <ButtonLink href="/definitions/examples" kind="secondary">
            {say({ fr: 'Partir d’un exemple', en: 'Begin with an example' })}
          </ButtonLink>
        </p>
      ) : null}
      {templates.length === 0 ? (
        <EmptyState>{say(mayDefine ? NONE_OF_OURS : NONE_OF_PARTNERS)}</EmptyState>
      ) : (
        <Badges say={say} templates={templates} companies={companies} />
      )}
    </Layout>
  )
}

const NONE_OF_OURS = {
  fr: 'Votre entreprise n’a pas encore de badge. Définissez-en un, ou partez d’un exemple : rien n’est public avant que vous le publiiez.',
  en: 'Your company has no badge yet. Define one, or begin with an example: nothing is public before you publish it.',
}
const NONE_OF_PARTNERS = {
  fr: 'Aucune entreprise partenaire de vos classes n’a encore publié de badge.',
  en: 'No partner company of your classes has published a badge yet.',
}

function Badges(props: Pick<Props, 'templates' | 'companies'> & { say: Say }): VNode {
  const { say, companies } = props
  const nameOf = (id: number) => companies.find((company) => company.id === id)?.name ?? '–'
  const several = companies.length > 1
  return (
    <Table
      caption={say({ fr: 'Badges, du plus récent au plus ancien', en: 'Badges, newest first' })}
      head={[
        say({ fr: 'Badge', en: 'Badge' }),
        ...(several ? [say({ fr: 'Entreprise', en: 'Company' })] : []),
        say({ fr: 'État', en: 'State' }),
        say({ fr: 'Version', en: 'Version' }),
        say({ fr: 'Nombre de versions', en: 'Versions' }),
      ]}
      rows={props.templates.flatMap(([newest, ...older]) =>
        newest
          ? [
              [
                <Name say={say} version={newest} />,
                ...(several ? [nameOf(newest.creatorId)] : []),
                <VersionState say={say} version={newest} />,
                String(newest.number),
                String(older.length + 1),
              ],
            ]
          : [],
      )}
      empty=""
    />
  )
}

function Name({ say, version }: { say: Say; version: Version }): VNode {
  return (
    <span class="with-picture">
      <VersionPicture say={say} version={version} beside />
      <a href={`/definitions/${version.templatePublicId}`} lang="fr">
        {version.definition.name}
      </a>
    </span>
  )
}
