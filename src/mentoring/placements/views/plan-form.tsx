import type { VNode } from 'preact'
import type { Organisation } from '../../../people/store.js'
import { Acknowledge, Fieldset } from '../../../web/components/choices.js'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { Site } from '../sites-store.js'
import type { KnownTutor } from '../tutors-store.js'
import { WhichCompany } from './placement-form.js'

type PlanFormProps = {
  asked: Asked
  student: Readonly<{ publicId: string; givenName: string; familyName: string }>
  partners: readonly Organisation[]
  others: readonly Organisation[]
  company: Organisation | undefined
  tutors: readonly KnownTutor[]
  sites: readonly Site[]
  teachers: readonly KnownTutor[]
}

/** Plans a placement: first in which company, then with whom, when and at which hours. */
export function PlanFormPage(props: PlanFormProps): VNode {
  const { asked, student, company } = props
  const state = formStateOf(asked)
  const { say } = state
  const name = `${student.givenName} ${student.familyName}`
  const path = `/students/${student.publicId}`
  const way = [
    { href: '/placements', title: say({ fr: 'Stages', en: 'Placements' }) },
    { href: path, title: name },
  ]
  const title = say({ fr: 'Prévoir une période en entreprise', en: 'Plan a placement' })
  return (
    <Frame asked={asked} title={title} way={way}>
      {company ? (
        <PlanForm {...props} company={company} state={state} />
      ) : (
        <WhichCompany state={state} path={`${path}/placements/plan`} {...props} />
      )}
    </Frame>
  )
}

type FilledProps = PlanFormProps & { company: Organisation; state: FormState }

function PlanForm(props: FilledProps): VNode {
  const { state, company, sites, teachers } = props
  const { say } = state
  return (
    <Form state={state}>
      <p>
        {say({ fr: 'Entreprise : ', en: 'Company: ' })}
        <strong>{company.name}</strong>
      </p>
      <input type="hidden" name="companyId" value={company.publicId} />
      <Select
        state={state}
        name="siteId"
        label={say({ fr: 'Site', en: 'Site' })}
        hint={say({
          fr: 'Le quota et la déclaration de dérogation sont ceux du site.',
          en: 'The quota and the declaration of derogation are the site’s.',
        })}
        options={[
          { value: '', label: say({ fr: 'Pas encore connu', en: 'Not known yet' }) },
          ...sites.map(({ publicId, name, town }) => ({
            value: publicId,
            label: `${name}, ${town}`,
          })),
        ]}
      />
      <TutorFields state={state} tutors={props.tutors} />
      <Select
        state={state}
        name="referentId"
        label={say({ fr: 'Enseignant référent', en: 'Teacher in charge' })}
        options={[
          { value: '', label: say({ fr: 'Pas encore désigné', en: 'Not named yet' }) },
          ...namesOf(teachers),
        ]}
      />
      <Dates state={state} />
      <Hours state={state} />
      <RegulatedWork state={state} />
      <Acknowledge state={state} />
      <Button>{say({ fr: 'Prévoir cette période', en: 'Plan this placement' })}</Button>
    </Form>
  )
}

/** A tutor whom the company has already, or the name of one who needs no account. */
export function TutorFields(props: { state: FormState; tutors: readonly KnownTutor[] }): VNode {
  const { state, tutors } = props
  const { say } = state
  return (
    <Fieldset legend={say({ fr: 'Tuteur dans l’entreprise', en: 'Tutor in the company' })}>
      <Select
        state={state}
        name="tutorId"
        label={say({ fr: 'Une personne déjà connue', en: 'Somebody known already' })}
        options={[
          { value: '', label: say({ fr: 'Quelqu’un d’autre', en: 'Somebody else' }) },
          ...namesOf(tutors),
        ]}
      />
      <Field
        state={state}
        name="tutorGivenName"
        optional="either"
        label={say({ fr: 'Sinon, son prénom', en: 'Otherwise their given name' })}
        hint={say({
          fr: 'Sans compte : un lien lui suffira pour le bilan.',
          en: 'Without an account: a link will do for the assessment.',
        })}
      />
      <Field
        state={state}
        name="tutorFamilyName"
        optional="either"
        label={say({ fr: 'et son nom', en: 'and family name' })}
      />
    </Fieldset>
  )
}

function Dates({ state }: { state: FormState }): VNode {
  const { say } = state
  return (
    <Fieldset legend={say({ fr: 'Dates', en: 'Dates' })}>
      <Field
        state={state}
        name="fromDay"
        type="date"
        label={say({ fr: 'Premier jour', en: 'First day' })}
      />
      <Field
        state={state}
        name="untilDay"
        type="date"
        label={say({ fr: 'Dernier jour', en: 'Last day' })}
      />
    </Fieldset>
  )
}

function Hours({ state }: { state: FormState }): VNode {
  const { say } = state
  const like = (text: string) => say({ fr: `Par exemple ${text}`, en: `For instance ${text}` })
  return (
    <Fieldset legend={say({ fr: 'Horaires', en: 'Hours' })}>
      <Field
        state={state}
        name="startTime"
        label={say({ fr: 'Début de la journée', en: 'Beginning of the day' })}
        hint={like('08:30')}
      />
      <Field
        state={state}
        name="endTime"
        label={say({ fr: 'Fin de la journée', en: 'End of the day' })}
        hint={like('16:30')}
      />
      <Field
        state={state}
        name="dailyHours"
        label={say({ fr: 'Heures par jour', en: 'Hours a day' })}
        hint={like('7 h')}
      />
      <Field
        state={state}
        name="weeklyHours"
        label={say({ fr: 'Heures par semaine', en: 'Hours a week' })}
        hint={like('35 h')}
      />
    </Fieldset>
  )
}

function RegulatedWork({ state }: { state: FormState }): VNode {
  const { say } = state
  return (
    <>
      <Select
        state={state}
        name="work"
        label={say({ fr: 'Travaux réglementés', en: 'Regulated work' })}
        hint={say({
          fr: 'Résines, solvants, presses… : pour un mineur, il faut une déclaration de dérogation du site.',
          en: 'Resins, solvents, presses…: for a minor the site needs a declaration of derogation.',
        })}
        options={[
          { value: 'ORDINARY', label: say({ fr: 'Non', en: 'No' }) },
          { value: 'REGULATED', label: say({ fr: 'Oui', en: 'Yes' }) },
        ]}
      />
      <Field
        state={state}
        name="medicalOpinionOn"
        type="date"
        optional
        label={say({ fr: 'Date de l’avis médical', en: 'Day of the medical opinion' })}
        hint={say({ fr: 'La date seulement.', en: 'The day only.' })}
      />
    </>
  )
}

function namesOf(people: readonly KnownTutor[]) {
  return people.map(({ publicId, givenName, familyName }) => ({
    value: publicId,
    label: `${givenName} ${familyName}`,
  }))
}
