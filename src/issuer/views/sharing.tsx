import type { VNode } from 'preact'
import { Notice } from '../../web/components/blocks.js'
import { Choices } from '../../web/components/choices.js'
import { Button, Field, Form, type FormState } from '../../web/components/form.js'
import { AskingText } from '../consents/views/parts.js'
import type { LinkLife } from '../link-life.js'
import type { MyBadgeInFull } from '../my-badges.js'
import { LifeAndShows } from './life-and-shows.js'
import { EndedLinks, OpenLink } from './open-link.js'

type Props = { state: FormState; badge: MyBadgeInFull }

/** To whom a badge is shown, and what showing it means, before it is done. */
export function Sharing({ state, badge: { links, ended, isAgreed, usualLife } }: Props): VNode {
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Partager ce badge', en: 'Share this badge' })}</h2>
      <Notice>
        <p>
          {say({
            fr: 'Qui a le lien voit : le badge et son image, le lycée, l’entreprise, le mois, les critères et, si vous le choisissez, sur quelles preuves. Ni votre classe, ni votre âge ; votre nom, seulement si vous le choisissez.',
            en: 'Whoever has the link sees: the badge and its picture, the school, the company, the month, the criteria and, if you choose so, on what evidence. Not your class or your age; your name only if you choose so.',
          })}
        </p>
        <p>
          {say({
            fr: 'Vous pouvez fermer un lien quand vous voulez. Mais une copie déjà prise ne peut pas être reprise. À partir de 15 ans, ouvrir un lien dit votre accord ; avant, il faut aussi celui d’un responsable légal. ',
            en: 'You can close a link whenever you want. But a copy already taken can’t be called back. From the age of 15 on, opening a link says that you agree; before, it takes that of a guardian too. ',
          })}
          <a href="/my-consents">{say({ fr: 'Mes accords', en: 'My consents' })}</a>
        </p>
      </Notice>
      <AskingText say={say} purpose="public-page" />
      <Form state={state}>
        <Field
          state={state}
          name="label"
          label={say({ fr: 'Pour qui est ce lien ?', en: 'For whom is this link?' })}
          hint={say({
            fr: 'Vous seul le lirez. Par exemple : candidature à l’atelier, CV',
            en: 'Only you will read it. For example: application to the workshop, CV',
          })}
        />
        <LinkChoices state={state} usual={usualLife} />
        <p class="actions">
          <Button>{say({ fr: 'Ouvrir un lien', en: 'Open a link' })}</Button>
        </p>
      </Form>
      {links.length > 0 ? <h2>{say({ fr: 'Liens ouverts', en: 'Open links' })}</h2> : null}
      {links.length > 0 && !isAgreed ? (
        <Notice kind="warning">
          <p>
            {say({
              fr: 'Ces liens ne montrent rien en ce moment : il manque un accord, ou il est arrivé à son terme. Voyez « Mes accords ».',
              en: 'These links show nothing at the moment: an agreement is missing, or has run out. See “My consents”.',
            })}
          </p>
        </Notice>
      ) : null}
      {links.map((link) => (
        <OpenLink key={link.id} state={state} link={link} />
      ))}
      <EndedLinks say={say} ended={ended} />
    </>
  )
}

/** Until when, what, and whether a name may be asked for. */
function LinkChoices({ state, usual }: { state: FormState; usual: LinkLife }): VNode {
  const { say } = state
  return (
    <>
      <LifeAndShows
        state={state}
        usual={usual}
        lifeHint={say({
          fr: 'Sur un CV imprimé ou dans un profil, un lien sert plus longtemps.',
          en: 'On a printed CV or in a profile, a link serves for longer.',
        })}
        legend={say({ fr: 'Que montre-t-il ?', en: 'What does it show?' })}
        showsHint={say({
          fr: 'Les preuves : quel mentorat, quelle période en entreprise, quel mois. Sans elles, les fichiers signés, qui les contiennent, ne sont pas donnés.',
          en: 'The evidence: what mentoring, what placement, which month. Without it, the signed files, which have it in them, are not given.',
        })}
      >
        <p>
          {say({
            fr: 'Votre nom n’est que sur la page de ce lien et sa feuille à imprimer : ni dans les fichiers signés, ni dans l’adresse, ni dans ce que montre un message. Si l’accord est retiré, le lien reste ouvert et montre le badge sans nom. À partir de 15 ans, ouvrir un tel lien dit votre accord ; avant, il faut aussi celui d’un responsable légal.',
            en: 'Your name is only on the page of this link and its sheet to print: not in the signed files, the address, or what a message shows. If the agreement is withdrawn, the link stays open and shows the badge without a name. From the age of 15 on, opening such a link says that you agree; before, it takes that of a guardian too.',
          })}
        </p>
      </LifeAndShows>
      <Choices
        state={state}
        name="nameCheck"
        legend={say({ fr: 'Et votre nom ?', en: 'And your name?' })}
        kind="several"
        options={[
          {
            value: 'yes',
            label: say({
              fr: 'Qui a le code peut demander si le badge est au nom lu sur mon CV : la réponse est oui ou non',
              en: 'Whoever has the code may ask whether the badge is that of the name on my CV: the answer is yes or no',
            }),
          },
        ]}
      />
    </>
  )
}
