import type { VNode } from 'preact'
import { Notice, Table } from '../../web/components/blocks.js'
import { CopyField } from '../../web/components/choices.js'
import { Button, ErrorSummary, Field, Form } from '../../web/components/form.js'
import { sayIn } from '../../web/say.js'
import type { Person } from '../store.js'
import { formStateOf, Sheet, type Asked } from '../views/sheet.js'
import type { WaitingRecovery } from './recover.js'

/** Who can't get in asks here. */
export function AskView({ asked }: { asked: Asked }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Sheet asked={asked} title={{ fr: 'Retrouver l’accès', en: 'Get access back' }}>
      <p>
        {say({
          fr: 'Vous avez perdu votre mot de passe ou vos clés d’accès : demandez ici, puis allez voir deux personnes de votre organisation. Elles confirment dans les 48 heures que c’est vous, et l’une d’elles vous remet un lien. Un courriel seul n’ouvre rien.',
          en: 'You have lost your password or your passkeys: ask here, then go and see two people of your organisation. They confirm within 48 hours that it is you, and one of them hands you a link. An e-mail alone opens nothing.',
        })}
      </p>
      <Form state={state} action="/recover">
        <Field
          state={state}
          name="email"
          label={say({
            fr: 'Adresse électronique de votre compte',
            en: 'E-mail address of your account',
          })}
          type="email"
          autocomplete="username"
        />
        <Button>{say({ fr: 'Demander', en: 'Ask' })}</Button>
      </Form>
    </Sheet>
  )
}

/** By the link of two people. */
export function RecoverView(props: { asked: Asked; token: string; person: Person }): VNode {
  const { asked, token, person } = props
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Sheet
      asked={asked}
      title={{ fr: 'Choisir un nouveau mot de passe', en: 'Choose a new password' }}
    >
      <p>
        {person.givenName} {person.familyName}
      </p>
      <p>
        {say({
          fr: 'Vos clés d’accès, vos comptes liés et vos sessions d’avant n’ouvriront plus rien. Vous enregistrerez ensuite une nouvelle clé d’accès à la page « Mon compte ».',
          en: 'Your passkeys, linked accounts and sessions of before will open nothing any more. You will then register a new passkey on the page “My account”.',
        })}
      </p>
      <Form state={state} action={`/recover/${token}`}>
        <Field
          state={state}
          name="password"
          label={say({ fr: 'Mot de passe', en: 'Password' })}
          hint={say({
            fr: '14 caractères avec majuscules, minuscules et chiffres ; ou 12 avec aussi un signe ; ou une phrase de sept mots.',
            en: '14 characters with capitals, small letters and digits; or 12 with a sign as well; or a sentence of seven words.',
          })}
          type="password"
          autocomplete="new-password"
        />
        <Button>{say({ fr: 'Enregistrer', en: 'Save' })}</Button>
      </Form>
    </Sheet>
  )
}

type ListProps = {
  asked: Asked
  waiting: readonly WaitingRecovery[]
  link?: string
  timeZone: string
}

/** Requests that the visitor may confirm, and the link of the one that they have seconded. */
export function RecoveriesView({ asked, waiting, link, timeZone }: ListProps): VNode {
  const state = { ...formStateOf(asked), say: sayIn(asked.visitor.language, timeZone) }
  const { say } = state
  const quiet = { ...state, problem: undefined }
  return (
    <Sheet asked={asked} title={{ fr: 'Accès perdus', en: 'Lost access' }}>
      <ErrorSummary state={state} />
      <p>
        {say({
          fr: 'Confirmez seulement si la personne est devant vous, ou si vous avez reconnu sa voix. Deux personnes confirment, et chacune répond de ce qu’elle a vérifié.',
          en: 'Confirm only if the person stands before you, or if you have recognised their voice. Two people confirm, and each answers for what they checked.',
        })}
      </p>
      {link === undefined ? null : (
        <Notice kind="success">
          <CopyField
            id="recovery-link"
            label={say({
              fr: 'Lien à remettre à cette personne seule',
              en: 'Link to hand to this person only',
            })}
            value={link}
            hint={say({
              fr: 'Valable 24 heures, une fois. Il ne sera plus montré.',
              en: 'Good for 24 hours, once. It will not be shown again.',
            })}
          />
        </Notice>
      )}
      <Table
        caption={say({ fr: 'Demandes', en: 'Requests' })}
        head={[
          say({ fr: 'Personne', en: 'Person' }),
          say({ fr: 'Demandé', en: 'Asked' }),
          say({ fr: 'Confirmé', en: 'Confirmed' }),
          say({ fr: 'Confirmer', en: 'Confirm' }),
        ]}
        rows={waiting.map((one) => [
          one.name,
          say.instant(one.askedAt),
          one.firstDone
            ? say({ fr: 'une fois', en: 'once' })
            : say({ fr: 'pas encore', en: 'not yet' }),
          <Form state={quiet} action="/recoveries">
            <input type="hidden" name="recovery" value={one.id} />
            <Button kind="secondary">
              {say({ fr: 'C’est bien cette personne', en: 'It is this person' })}
              <span class="visually-hidden"> {one.name}</span>
            </Button>
          </Form>,
        ])}
        empty={say({
          fr: 'Aucune demande n’attend votre confirmation.',
          en: 'No request waits for you to confirm it.',
        })}
      />
    </Sheet>
  )
}
