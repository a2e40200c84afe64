import type { VNode } from 'preact'
import { Notice } from '../../web/components/blocks.js'
import { Card } from '../../web/components/certificate.js'
import { Button, Field, Form, type FormState } from '../../web/components/form.js'
import type { Publication } from '../see-publication.js'
import type { Version } from '../store.js'
import { pledgeOf } from '../wording.js'
import type { Allowed } from './definition-steps.js'

type Props = {
  state: FormState
  allowed: Allowed
  version: Version
  publication: Publication
}

/** How a draft becomes a version: one person of the company proposes it, another one publishes it. */
export function Publishing(props: Props): VNode | null {
  const { state, allowed, publication } = props
  const { say } = state
  if (publication.as !== undefined) return <Publish {...props} />
  if (!allowed.propose) return null
  return (
    <>
      <Proposed {...props} />
      <Card id="publish" title={say({ fr: 'Proposer cette version', en: 'Propose this version' })}>
        <p>
          {say({
            fr: 'Relisez-la d’abord. Une autre personne de l’entreprise pourra alors la publier : une version publiée ne peut plus changer, et l’entreprise signe cette définition avec sa clé. Si le brouillon est modifié entre-temps, la proposition ne vaut plus.',
            en: 'Read it again first. Somebody else of the company may then publish it: a published version can’t change any more, and the company signs this definition with its key. If the draft is edited meanwhile, the proposal is void.',
          })}
        </p>
        <Text {...props} />
        <Form state={state}>
          <Committed {...props} />
          <p class="actions">
            <Button name="do" value="propose">
              {say({
                fr: `Proposer la version ${props.version.number}`,
                en: `Propose version ${props.version.number}`,
              })}
            </Button>
          </p>
        </Form>
      </Card>
    </>
  )
}

function Publish(props: Props): VNode {
  const { state, version, publication } = props
  const { say } = state
  return (
    <>
      <Proposed {...props} />
      <Card id="publish" title={say({ fr: 'Publier cette version', en: 'Publish this version' })}>
        <p>
          {say({
            fr: 'Relisez-la d’abord. Une version publiée ne peut plus changer : pour la corriger, il faut une nouvelle version. En la publiant, vous engagez l’entreprise, qui signe cette définition avec sa clé ; la page du badge devient publique, et les lycées partenaires peuvent l’attribuer.',
            en: 'Read it again first. A published version can’t change any more: to correct it takes a new version. By publishing it you commit the company, which signs this definition with its key; the badge’s page becomes public, and the partner schools can award it.',
          })}
        </p>
        {publication.as === 'liaison' ? (
          <Notice>
            <p>
              {say({
                fr: 'Cette entreprise n’a qu’une personne ici : en tant que chargé ou chargée de liaison du lycée, vous pouvez être la seconde. Le badge le dira.',
                en: 'This company has one person here: as the liaison officer of the lycée you may be the second. The badge will say so.',
              })}
            </p>
          </Notice>
        ) : null}
        <Text {...props} />
        <Form state={state}>
          <Committed {...props} />
          <p class="actions">
            <Button name="do" value="publish">
              {say({
                fr: `Publier et signer la version ${version.number}`,
                en: `Publish and sign version ${version.number}`,
              })}
            </Button>
          </p>
        </Form>
      </Card>
    </>
  )
}

function Proposed({ state: { say }, publication: { proposed, why } }: Props): VNode | null {
  if (!proposed) return null
  return (
    <Notice>
      <p>
        {say({ fr: 'Proposée par', en: 'Proposed by' })} {proposed.person} ({proposed.function}),{' '}
        {say.instant(proposed.at)}.{' '}
        {proposed.byReader
          ? say({
              fr: 'Une autre personne de l’entreprise doit la publier. Si elle n’en a pas d’autre, un chargé de liaison d’un lycée partenaire le peut.',
              en: 'Somebody else of the company must publish it. If it has nobody else, a liaison officer of a partner school may.',
            })
          : why
            ? say(why)
            : null}
      </p>
    </Notice>
  )
}

/** Exactly what will be signed, and over which content. */
function Text({ state: { say }, version }: Props): VNode {
  return (
    <>
      <p>{say({ fr: 'Ce que l’entreprise signera :', en: 'What the company will sign:' })}</p>
      <div class="prose">
        <blockquote>
          <p lang="fr">{pledgeOf(version)}</p>
        </blockquote>
      </div>
      <p class="soft small">
        {say({
          fr: 'Empreinte de la définition ci-dessus : ',
          en: 'Digest of the definition above: ',
        })}
        <code>{version.digest}</code>
      </p>
    </>
  )
}

function Committed({ state, version, publication }: Props): VNode {
  const { say } = state
  const ofSchool = publication.as === 'liaison'
  return (
    <>
      <input type="hidden" name="digest" value={version.digest} />
      <Field
        state={state}
        name="function"
        label={
          ofSchool
            ? say({ fr: 'Votre fonction au lycée', en: 'Your function at the lycée' })
            : say({ fr: 'Votre fonction dans l’entreprise', en: 'Your function in the company' })
        }
        hint={say(
          ofSchool
            ? {
                fr: 'Par exemple : chargée de liaison. Elle est signée ; votre nom ne l’est pas.',
                en: 'For example: liaison officer. It is signed; your name is not.',
              }
            : {
                fr: 'Par exemple : responsable d’atelier, directrice. Elle est signée ; votre nom ne l’est pas.',
                en: 'For example: workshop manager, director. It is signed; your name is not.',
              },
        )}
      />
    </>
  )
}
