import type { VNode } from 'preact'
import { Notice } from '../../web/components/blocks.js'
import { CopyField } from '../../web/components/choices.js'
import { Button, Field, Form, type FormState } from '../../web/components/form.js'
import type { MyBadgeInFull, MyLink } from '../my-badges.js'
import { AskingText } from '../consents/views/parts.js'
import { LinkOnPaper } from './link-on-paper.js'

type Props = { state: FormState; badge: MyBadgeInFull }

/** To whom a badge is shown, and what showing it means, before it is done. */
export function Sharing({ state, badge: { links, isAgreed } }: Props): VNode {
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Partager ce badge', en: 'Share this badge' })}</h2>
      <Notice>
        <p>
          {say({
            fr: 'Qui a le lien voit : le badge et son image, le lycée, l’entreprise, le mois, les critères, et sur quelles preuves. Ni votre nom, ni votre classe, ni votre âge.',
            en: 'Whoever has the link sees: the badge and its picture, the school, the company, the month, the criteria, and on what evidence. Not your name, your class or your age.',
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
    </>
  )
}

function OpenLink({ state, link }: { state: FormState; link: MyLink }): VNode {
  const { say } = state
  return (
    <section class="sheet" aria-labelledby={`title-${link.id}`}>
      <h3 id={`title-${link.id}`}>{link.label}</h3>
      <CopyField
        id={`link-${link.id}`}
        label={say({ fr: 'Adresse à donner', en: 'Address to give' })}
        value={link.url}
        hint={say({
          fr: `Ouvert le ${say.day(link.openedOn)}. Qui a cette adresse, ou le code, voit le badge.`,
          en: `Opened on ${say.day(link.openedOn)}. Whoever has this address, or the code, sees the badge.`,
        })}
      />
      <details>
        <summary>
          {say({
            fr: 'Pour un CV sur papier, ou au téléphone',
            en: 'For a CV on paper, or by telephone',
          })}
        </summary>
        <LinkOnPaper say={say} url={link.url} code={link.code} />
      </details>
      <p>
        <a href={link.url}>{say({ fr: 'Voir la page', en: 'See the page' })}</a>
      </p>
      <details>
        <summary>{say({ fr: 'Fermer ce lien', en: 'Close this link' })}</summary>
        <p>
          {say({
            fr: 'La page et ses fichiers disparaîtront tout de suite, partout où vous avez donné cette adresse ou ce code : CV, candidature, message. Un lien fermé ne se rouvre pas ; vos autres liens ne changent pas. Un fichier déjà enregistré restera vérifiable.',
            en: 'The page and its files will be gone at once, wherever you have given this address or this code: CV, application, message. A closed link is not opened again; your other links do not change. A file that was saved can still be verified.',
          })}
        </p>
        <Form state={{ ...state, problem: undefined }}>
          <Button kind="danger" name="close" value={link.id}>
            {say({ fr: 'Fermer ce lien pour toujours', en: 'Close this link for good' })}
          </Button>
        </Form>
      </details>
    </section>
  )
}
