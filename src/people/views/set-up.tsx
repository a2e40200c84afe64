import type { VNode } from 'preact'
import { Button, Field, Form, type FormState } from '../../web/components/form.js'
import { ProviderButtons } from '../providers/views/buttons.js'
import type { Person } from '../store.js'
import { formStateOf, Sheet, type Asked } from './sheet.js'

/** For a person who was invited: a password. Without one: the first administrator, too. */
export function SetUpView(props: {
  asked: Asked
  token: string
  person: Person | undefined
  /** By whom who was invited may say who they are, instead of choosing a password. */
  providers: readonly Readonly<{ id: string; name: string }>[]
}): VNode {
  const { asked, token, person, providers } = props
  const state = formStateOf(asked)
  const { say } = state
  const title = person
    ? { fr: 'Choisir votre mot de passe', en: 'Choose your password' }
    : { fr: 'Créer le premier administrateur', en: 'Make the first administrator' }
  return (
    <Sheet asked={asked} title={title}>
      {person && (
        <p>
          {person.givenName} {person.familyName}
        </p>
      )}
      <Form state={state} action={`/set-up/${token}`}>
        {!person && <WhoFields state={state} />}
        <Field
          state={state}
          name="password"
          label={say({ fr: 'Mot de passe', en: 'Password' })}
          hint={say({
            fr: '14 caractères avec majuscules, minuscules et chiffres ; ou 12 avec aussi un signe ; ou une phrase de sept mots. Vous n’aurez jamais à en changer sans raison.',
            en: '14 characters with capitals, small letters and digits; or 12 with a sign as well; or a sentence of seven words. You will never have to change it without a reason.',
          })}
          type="password"
          autocomplete="new-password"
        />
        <Button>{say({ fr: 'Enregistrer', en: 'Save' })}</Button>
      </Form>
      {person && providers.length > 0 ? (
        <>
          <h2>{say({ fr: 'Ou sans mot de passe', en: 'Or without a password' })}</h2>
          <ProviderButtons
            {...{ state, providers }}
            words={(name) => ({ fr: `Continuer avec ${name}`, en: `Go on with ${name}` })}
          >
            <input type="hidden" name="act" value="accept" />
            <input type="hidden" name="invitation" value={token} />
          </ProviderButtons>
        </>
      ) : null}
    </Sheet>
  )
}

function WhoFields({ state }: { state: FormState }): VNode {
  const { say } = state
  return (
    <>
      <Field state={state} name="givenName" label={say({ fr: 'Prénom', en: 'Given name' })} />
      <Field state={state} name="familyName" label={say({ fr: 'Nom', en: 'Family name' })} />
      <Field
        state={state}
        name="email"
        label={say({ fr: 'Adresse électronique', en: 'E-mail address' })}
        type="email"
        autocomplete="username"
      />
    </>
  )
}
