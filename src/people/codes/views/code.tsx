import type { VNode } from 'preact'
import { Button, Field, Form } from '../../../web/components/form.js'
import { formStateOf, Sheet, type Asked } from '../../views/sheet.js'

/** The first sign-in of who has a card of their school, and the one after a password was forgotten. */
export function CodeView({ asked }: { asked: Asked }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Sheet asked={asked} title={{ fr: 'Entrer avec un code', en: 'Get in with a code' }}>
      <p>
        {say({
          fr: 'Votre établissement vous a remis une carte avec un identifiant et un code. Le code sert une fois : vous choisissez ici le mot de passe qui le remplace. Sur un ordinateur partagé, déconnectez-vous avant de partir.',
          en: 'Your school has handed you a card with an identifier and a code. The code serves once: you choose here the password that replaces it. On a shared computer, sign out before you leave.',
        })}
      </p>
      <Form state={state} action="/sign-in/code">
        <Field
          state={state}
          name="identifier"
          label={say({ fr: 'Identifiant', en: 'Identifier' })}
          hint={say({
            fr: 'Comme b3kf-7m2q, avec ou sans tiret.',
            en: 'Such as b3kf-7m2q, with or without the dash.',
          })}
          autocomplete="off"
        />
        <Field
          state={state}
          name="code"
          label={say({ fr: 'Code', en: 'Code' })}
          autocomplete="off"
        />
        <Field
          state={state}
          name="password"
          label={say({ fr: 'Mot de passe que vous choisissez', en: 'Password that you choose' })}
          hint={say({
            fr: '14 caractères avec majuscules, minuscules et chiffres ; ou 12 avec aussi un signe ; ou une phrase de sept mots.',
            en: '14 characters with capitals, small letters and digits; or 12 with a sign as well; or a sentence of seven words.',
          })}
          type="password"
          autocomplete="new-password"
        />
        <Button>{say({ fr: 'Entrer', en: 'Get in' })}</Button>
      </Form>
    </Sheet>
  )
}
