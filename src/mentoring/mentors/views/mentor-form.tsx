import type { VNode } from 'preact'
import { Fieldset } from '../../../web/components/choices.js'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { NOT_SAID } from '../change-mentor.js'
import type { MentorChoices } from '../see-mentors.js'
import type { Mentor } from '../store.js'
import { VETTING_WORDS, VETTINGS } from '../vetting.js'

/** Adds somebody who mentors, with or without an account. */
export function NewMentorPage({ asked, choices }: { asked: Asked; choices: MentorChoices }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const title = say({ fr: 'Ajouter un mentor', en: 'Add a mentor' })
  return (
    <Frame asked={asked} title={title} way={wayTo(say)}>
      <Form state={state}>
        <Field
          state={state}
          name="givenName"
          label={say({ fr: 'Prénom', en: 'Given name' })}
          autocomplete="given-name"
        />
        <Field
          state={state}
          name="familyName"
          label={say({ fr: 'Nom', en: 'Family name' })}
          autocomplete="family-name"
        />
        <Field
          state={state}
          name="email"
          type="email"
          label={say({ fr: 'Adresse électronique', en: 'E-mail address' })}
          hint={say({
            fr: 'Celle d’un compte de l’organisation reprend cette personne.',
            en: 'That of an account of the organisation takes that person.',
          })}
          optional
        />
        <Select
          state={state}
          name="organisationId"
          label={say({ fr: 'Organisation', en: 'Organisation' })}
          options={[
            { value: '', label: say({ fr: 'Choisissez', en: 'Choose' }) },
            ...choices.organisations.map(({ publicId, name }) => ({
              value: publicId,
              label: name,
            })),
          ]}
        />
        <Select
          state={state}
          name="sex"
          label={say({ fr: 'Comme le mentor l’a dit', en: 'As the mentor said' })}
          hint={say({
            fr: 'Pour compter la part de femmes parmi les mentors, jamais montré par personne.',
            en: 'To count the share of women among mentors, never shown for one person.',
          })}
          options={[
            { value: '', label: say({ fr: 'Non dit', en: 'Not said' }) },
            { value: 'F', label: say({ fr: 'Femme', en: 'Woman' }) },
            { value: 'M', label: say({ fr: 'Homme', en: 'Man' }) },
          ]}
        />
        <VettingFields state={state} mayVet={choices.mayVet} mentor={undefined} />
        <Button>{say({ fr: 'Ajouter ce mentor', en: 'Add this mentor' })}</Button>
      </Form>
    </Frame>
  )
}

type MentorProps = { asked: Asked; mentor: Mentor; mayVet: boolean }

/** What is recorded of a mentor: vetting, charter, last day. */
export function MentorPage({ asked, mentor, mayVet }: MentorProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const title = `${mentor.givenName} ${mentor.familyName}`
  return (
    <Frame asked={asked} title={title} way={wayTo(say)}>
      <p>{mentor.organisationName}</p>
      <Form state={state}>
        <VettingFields state={state} mayVet={mayVet} mentor={mentor} />
        <Field
          state={state}
          name="lastDay"
          type="date"
          label={say({ fr: 'Dernier jour comme mentor', en: 'Last day as a mentor' })}
          optional
          value={mentor.untilDay ?? ''}
        />
        <Select
          state={state}
          name="sex"
          label={say({ fr: 'Comme le mentor l’a dit', en: 'As the mentor said' })}
          hint={say({
            fr: 'Pour compter la part de femmes parmi les mentors, jamais montré par personne : à ne choisir que pour le changer.',
            en: 'To count the share of women among mentors, never shown for one person: choose only to change it.',
          })}
          options={[
            { value: '', label: say({ fr: 'Laisser comme c’est', en: 'Leave it as it is' }) },
            { value: 'F', label: say({ fr: 'Femme', en: 'Woman' }) },
            { value: 'M', label: say({ fr: 'Homme', en: 'Man' }) },
            { value: NOT_SAID, label: say({ fr: 'Non dit', en: 'Not said' }) },
          ]}
        />
        <Button>{say({ fr: 'Enregistrer', en: 'Save' })}</Button>
      </Form>
    </Frame>
  )
}

function wayTo(say: Say) {
  return [{ href: '/mentors', title: say({ fr: 'Mentors', en: 'Mentors' }) }]
}

type FieldsProps = { state: FormState; mayVet: boolean; mentor: Mentor | undefined }

/** MENT-01: a state and its days. A company does not say so of its own people. */
function VettingFields({ state, mayVet, mentor }: FieldsProps): VNode {
  const { say } = state
  return (
    <>
      {mayVet ? (
        <Fieldset legend={say({ fr: 'Vérification', en: 'Verification' })}>
          <Select
            state={state}
            name="vetting"
            label={say({ fr: 'État', en: 'State' })}
            hint={say({
              fr: 'L’état et ses dates seulement : jamais ce qui a été trouvé, jamais un document.',
              en: 'The state and its days only: never what was found, never a document.',
            })}
            options={VETTINGS.map((value) => ({ value, label: say(VETTING_WORDS[value]) }))}
            value={mentor?.vetting ?? 'A_VERIFIER'}
          />
          <Field
            state={state}
            name="vettedOn"
            type="date"
            label={say({ fr: 'Vérifié ou refusé le', en: 'Verified or refused on' })}
            optional="either"
            value={mentor?.vettedOn ?? ''}
          />
          <Field
            state={state}
            name="renewBy"
            type="date"
            label={say({ fr: 'À renouveler avant la fin du', en: 'To be renewed by the end of' })}
            optional
            value={mentor?.renewBy ?? ''}
          />
        </Fieldset>
      ) : null}
      <Field
        state={state}
        name="charterOn"
        type="date"
        label={say({ fr: 'Charte du mentor acceptée le', en: 'Mentor’s charter accepted on' })}
        optional
        value={mentor?.charterOn ?? ''}
      />
    </>
  )
}
