import type { VNode } from 'preact'
import type { Member } from '../../../people/members-store.js'
import type { Organisation } from '../../../people/store.js'
import { Notice } from '../../../web/components/blocks.js'
import {
  Button,
  ErrorSummary,
  Field,
  Form,
  Select,
  type FormState,
} from '../../../web/components/form.js'
import { EmptyState } from '../../../web/components/journey.js'
import type { Say } from '../../../web/say.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

type PlacementFormProps = {
  asked: Asked
  student: Readonly<{ publicId: string; givenName: string; familyName: string }>
  /** Companies of the student's class, then all others. */
  partners: readonly Organisation[]
  others: readonly Organisation[]
  company: Organisation | undefined
  tutors: readonly Member[]
}

/** Records a placement: first in which company, then with whom and when. */
export function PlacementFormPage(props: PlacementFormProps): VNode {
  const { asked, student, company } = props
  const { say } = formStateOf(asked)
  const name = `${student.givenName} ${student.familyName}`
  const path = `/students/${student.publicId}`
  const way = [
    { href: '/cohorts', title: say({ fr: 'Cohortes', en: 'Cohorts' }) },
    { href: path, title: name },
  ]
  const title = say({ fr: 'Saisir une période en entreprise', en: 'Record a placement' })
  return (
    <Frame asked={asked} title={title} way={way}>
      {company ? (
        <PlacementForm {...props} company={company} />
      ) : (
        <WhichCompany state={formStateOf(asked)} path={`${path}/placements/new`} {...props} />
      )}
    </Frame>
  )
}

export type WhichCompanyProps = Pick<PlacementFormProps, 'partners' | 'others'> & {
  state: FormState
  path: string
}

export function WhichCompany({ state, path, partners, others }: WhichCompanyProps): VNode {
  const { say } = state
  const list = (companies: readonly Organisation[]) => (
    <ul>
      {companies.map(({ publicId, name }) => (
        <li key={publicId}>
          <a href={`${path}?company=${publicId}`}>{name}</a>
        </li>
      ))}
    </ul>
  )
  return (
    <>
      <ErrorSummary state={state} />
      <h2>{say({ fr: 'Dans quelle entreprise ?', en: 'In which company?' })}</h2>
      {partners.length + others.length === 0 ? (
        <EmptyState>
          {say({
            fr: 'Aucune entreprise n’est admise pour le moment. Demandez-le à l’administrateur de la plateforme.',
            en: 'No company is admitted yet. Ask the platform’s administrator.',
          })}
        </EmptyState>
      ) : null}
      {partners.length > 0 ? (
        <>
          <h3>{say({ fr: 'Avec la classe', en: 'With the class' })}</h3>
          {list(partners)}
        </>
      ) : null}
      {others.length > 0 ? (
        <>
          <h3>{say({ fr: 'Autres entreprises', en: 'Other companies' })}</h3>
          {list(others)}
        </>
      ) : null}
    </>
  )
}

type FilledProps = PlacementFormProps & { company: Organisation }

function PlacementForm({ asked, company, tutors }: FilledProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  if (tutors.length === 0) {
    return (
      <>
        <ErrorSummary state={state} />
        <NoTutor say={say} name={company.name} />
      </>
    )
  }
  return (
    <Form state={state}>
      <p>
        {say({ fr: 'Entreprise : ', en: 'Company: ' })}
        <strong>{company.name}</strong>
      </p>
      <input type="hidden" name="companyId" value={company.publicId} />
      <Select
        state={state}
        name="tutorId"
        label={say({ fr: 'Tuteur dans l’entreprise', en: 'Tutor in the company' })}
        options={[
          { value: '', label: say({ fr: 'Choisissez', en: 'Choose' }) },
          ...tutors.map(({ publicId, givenName, familyName }) => ({
            value: publicId,
            label: `${givenName} ${familyName}`,
          })),
        ]}
      />
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
      <Field
        state={state}
        name="daysDone"
        type="number"
        label={say({ fr: 'Jours faits', en: 'Days done' })}
        hint={say({
          fr: 'Les jours où l’élève était vraiment dans l’entreprise.',
          en: 'The days on which the student really was in the company.',
        })}
      />
      <Button>{say({ fr: 'Enregistrer la période', en: 'Record the placement' })}</Button>
    </Form>
  )
}

function NoTutor({ say, name }: { say: Say; name: string }): VNode {
  return (
    <Notice kind="warning">
      <p>
        {say({
          fr: `Personne de « ${name} » n’a encore de compte. Faites d’abord inviter le tuteur.`,
          en: `Nobody of “${name}” has an account yet. Have the tutor invited first.`,
        })}
      </p>
    </Notice>
  )
}
