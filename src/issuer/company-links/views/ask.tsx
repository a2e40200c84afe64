import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import { Notice } from '../../../web/components/blocks.js'
import { Button, Field, Form } from '../../../web/components/form.js'
import type { Words } from '../../../words.js'
import type { LinkStep } from '../store.js'

type Props = {
  asked: Asked
  dossierId: string
  step: LinkStep
  company: string
  /** Since when somebody has been asked, and has not answered yet. */
  askedSince: string | undefined
}

/** Who of the company is asked to take the next step without an account. */
export function AskCompanyPage({ asked, dossierId, step, company, askedSince }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Sheet
      asked={asked}
      title={TITLES[step]}
      way={[
        { href: '/dossiers', title: 'Dossiers' },
        {
          href: `/dossiers/${dossierId}`,
          title: say({ fr: 'Ce dossier', en: 'This dossier' }),
        },
      ]}
    >
      <p>{say(MEANING[step](company))}</p>
      {askedSince === undefined ? null : (
        <Notice>
          <p>
            {say({ fr: 'Un lien a été envoyé le ', en: 'A link was sent on ' })}
            {say.instant(askedSince)}.{' '}
            {say({
              fr: 'Si vous en envoyez un autre, il ne servira plus.',
              en: 'If you send another one, it serves no more.',
            })}
          </p>
        </Notice>
      )}
      <Form state={state}>
        <Field state={state} name="givenName" label={say({ fr: 'Prénom', en: 'Given name' })} />
        <Field state={state} name="familyName" label={say({ fr: 'Nom', en: 'Family name' })} />
        <Field
          state={state}
          name="email"
          type="email"
          label={say({ fr: 'Adresse dans l’entreprise', en: 'Address at the company' })}
          hint={say({
            fr: 'Par exemple : prenom.nom@entreprise.fr. Le lien y est envoyé, et n’est montré à personne d’autre.',
            en: 'For example: name@company.fr. The link is sent there, and shown to nobody else.',
          })}
        />
        <Field
          state={state}
          name="function"
          label={say({
            fr: 'Fonction dans l’entreprise',
            en: 'Function in the company',
          })}
          hint={say({
            fr: 'Par exemple : tutrice, responsable d’atelier, directeur. La personne peut la corriger.',
            en: 'For example: tutor, workshop manager, director. The person may correct it.',
          })}
        />
        <p class="actions">
          <Button>{say({ fr: 'Envoyer le lien', en: 'Send the link' })}</Button>
        </p>
      </Form>
    </Sheet>
  )
}

/** After the link was sent. @param url in a demo alone, where nobody has a mailbox */
export function CompanyAskedPage(props: {
  asked: Asked
  dossierId: string
  step: LinkStep
  url: string | undefined
}): VNode {
  const { asked, dossierId, step, url } = props
  const { say } = formStateOf(asked)
  return (
    <Sheet asked={asked} title={TITLES[step]} way={[{ href: '/dossiers', title: 'Dossiers' }]}>
      <Notice kind="success">
        <p>
          {say({
            fr: 'Le lien est envoyé à cette adresse. Il sert une fois, pendant 14 jours, et ne vaut plus si le dossier change.',
            en: 'The link is sent to that address. It serves once, for 14 days, and is void if the dossier changes.',
          })}
        </p>
      </Notice>
      {url === undefined ? null : (
        <Notice kind="warning">
          <p>
            {say({
              fr: 'Démonstration : personne n’y a de boîte aux lettres. Voici ce que la personne aurait reçu :',
              en: 'Demonstration: nobody has a mailbox here. This is what the person would have received:',
            })}{' '}
            <a href={url} rel="noreferrer">
              {say({ fr: 'ouvrir ce lien', en: 'open this link' })}
            </a>
            .{' '}
            {say({
              fr: 'Déconnectez-vous d’abord : un lien s’ouvre sans compte.',
              en: 'Sign out first: a link is opened without an account.',
            })}
          </p>
        </Notice>
      )}
      <p>
        <a href={`/dossiers/${dossierId}`}>
          {say({ fr: 'Revenir au dossier', en: 'Back to the dossier' })}
        </a>
      </p>
    </Sheet>
  )
}

const TITLES: Readonly<Record<LinkStep, Words>> = {
  assess: {
    fr: 'Faire évaluer par une personne sans compte',
    en: 'Have it assessed by somebody without an account',
  },
  endorse: {
    fr: 'Faire endosser par une personne sans compte',
    en: 'Have it endorsed by somebody without an account',
  },
}

const MEANING: Readonly<Record<LinkStep, (company: string) => Words>> = {
  assess: (company) => ({
    fr: `La personne de « ${company} » qui a vu l’élève travailler reçoit un lien à son adresse. Elle voit les faits de ce dossier et le prénom de l’élève, et rien d’autre.`,
    en: `Whoever of “${company}” saw the student work receives a link at their address. They see the facts of this dossier and the student’s given name, and nothing else.`,
  }),
  endorse: (company) => ({
    fr: `Une personne en droit d’engager « ${company} », autre que celle qui a évalué, reçoit un lien à son adresse. Pour s’engager, elle doit y taper un code qui lui est envoyé par un second courriel.`,
    en: `Somebody entitled to commit “${company}”, other than who assessed, receives a link at their address. To commit it they must type a code that is sent to them by a second mail.`,
  }),
}
