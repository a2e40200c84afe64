import type { VNode } from 'preact'
import { Choices, CopyField, Fieldset, FileDrop } from '../components/choices.js'
import { Button, ButtonLink, Field, Form, Select, type FormState } from '../components/form.js'
import type { Say } from '../say.js'

const NO_DAY = { fr: 'Choisissez un jour.', en: 'Choose a day.' }
const NO_KIND = { fr: 'Choisissez un genre de séance.', en: 'Choose a kind of session.' }

/** A form that came back, so that its errors show. */
export function FormSamples({ say }: { say: Say }): VNode {
  const state: FormState = {
    say,
    csrfToken: undefined,
    problem: {
      words: { fr: 'Deux réponses manquent.', en: 'Two answers are missing.' },
      fields: { day: NO_DAY, kind: NO_KIND },
      values: { topic: 'Moule', company: 'b' },
      status: 400,
    },
  }
  return (
    <section>
      <h2>{say({ fr: 'Formulaires', en: 'Forms' })}</h2>
      <Form state={state} action="/_components" files>
        <Fields state={state} />
        <FileDrop
          state={state}
          name="file"
          label={say({ fr: 'Un fichier', en: 'A file' })}
          hint={say({
            fr: 'Choisissez-le, ou déposez-le ici. 2 Mio au plus.',
            en: 'Choose it, or drop it here. 2 MiB at most.',
          })}
          accept=".xml,.csv"
          optional
        />
        <CopyField
          id="link"
          label={say({ fr: 'Lien', en: 'Link' })}
          value="https://sceau.example/b/4kT9x"
          hint={say({ fr: 'Sélectionnez-le et copiez-le.', en: 'Select and copy it.' })}
        />
        <p class="actions">
          <Button>{say({ fr: 'Enregistrer la séance', en: 'Record the session' })}</Button>
          <Button kind="secondary">{say({ fr: 'Relire', en: 'Read again' })}</Button>
          <Button kind="danger">{say({ fr: 'Retirer le badge', en: 'Revoke the badge' })}</Button>
          <ButtonLink kind="quiet" href="/">
            {say({ fr: 'Revenir sans enregistrer', en: 'Go back without recording' })}
          </ButtonLink>
        </p>
      </Form>
    </section>
  )
}

function Fields({ state }: { state: FormState }): VNode {
  const { say } = state
  const companies = ['a', 'b'].map((value) => ({ value, label: value.toUpperCase() }))
  return (
    <>
      <Field
        state={state}
        name="day"
        type="date"
        label={say({ fr: 'Jour', en: 'Day' })}
        hint={say({ fr: 'Le jour de la séance.', en: 'The day of the session.' })}
      />
      <Select
        state={state}
        name="company"
        label={say({ fr: 'Entreprise', en: 'Company' })}
        options={companies}
      />
      <Choices
        state={state}
        name="kind"
        kind="one"
        legend={say({ fr: 'Genre de séance', en: 'Kind of session' })}
        options={[
          { value: 'PROJET', label: say({ fr: 'Projet', en: 'Project' }) },
          { value: 'CARRIERE', label: say({ fr: 'Carrière', en: 'Career' }) },
        ]}
      />
      <Choices
        state={state}
        name="present"
        kind="several"
        legend={say({ fr: 'Présents', en: 'Present' })}
        hint={say({ fr: 'Décochez les absents.', en: 'Untick who is absent.' })}
        options={companies}
      />
      <Fieldset legend={say({ fr: 'Sujet', en: 'Topic' })}>
        <Field state={state} name="topic" label={say({ fr: 'Titre', en: 'Title' })} />
        <Field
          state={state}
          name="notes"
          type="textarea"
          label={say({ fr: 'Notes', en: 'Notes' })}
          optional
        />
      </Fieldset>
    </>
  )
}
