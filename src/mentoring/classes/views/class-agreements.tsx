import type { VNode } from 'preact'
import { Notice, Table } from '../../../web/components/blocks.js'
import { Button, Field, Form, Select } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { schoolYearLabel } from '../../school-year.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { AGREEMENT_TYPES, AGREEMENT_WORDS } from '../agreement-rules.js'
import type { AgreementsView } from '../see-ground.js'
import { agreementWords } from './class-ground.js'
import { stateFor, wayTo } from './class-way.js'

type AgreementsProps = { asked: Asked; view: AgreementsView; today: string }

/** The agreements that cover a class, and the cohorts that outlive them (PT-14). */
export function ClassAgreementsPage(props: AgreementsProps): VNode {
  const { asked, view } = props
  const { say } = formStateOf(asked)
  const title = say({ fr: 'Accords de la classe', en: 'Agreements of the class' })
  return (
    <Frame asked={asked} title={title} way={wayTo(say, view.row)}>
      <Gaps say={say} view={view} />
      <Table
        caption={say({ fr: 'Du plus ancien au plus récent', en: 'The oldest first' })}
        head={[
          say({ fr: 'Accord', en: 'Agreement' }),
          say({ fr: 'Nature', en: 'Kind' }),
          say({ fr: 'Du', en: 'From' }),
          say({ fr: 'Au', en: 'Until' }),
        ]}
        rows={view.agreements.map(({ publicId, title: name, type, startDay, endDay }) => [
          <a href={`/agreements/${publicId}`}>{name}</a>,
          say(agreementWords(type)),
          say.day(startDay),
          say.day(endDay),
        ])}
        empty={say({ fr: 'Aucun accord pour le moment.', en: 'No agreement yet.' })}
      />
      {view.mayManage ? <NewAgreement {...props} /> : null}
      {view.mayManage && view.others.length > 0 ? <CoverForm {...props} /> : null}
    </Frame>
  )
}

function Gaps({ say, view }: { say: Say; view: AgreementsView }): VNode | null {
  if (view.gaps.length === 0) return null
  return (
    <Notice kind="warning">
      <p>{say({ fr: 'À couvrir par renouvellement :', en: 'To be covered by a renewal:' })}</p>
      <ul>
        {view.gaps.map(({ cohort, fromDay, lastDay }) => (
          <li key={cohort.publicId}>
            {say({
              fr: `la cohorte entrée en ${schoolYearLabel(cohort.entryYear)}, du ${say.day(fromDay)} au ${say.day(lastDay)}`,
              en: `the cohort that entered in ${schoolYearLabel(cohort.entryYear)}, from ${say.day(fromDay)} to ${say.day(lastDay)}`,
            })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function NewAgreement({ asked, view, today }: AgreementsProps): VNode {
  const state = stateFor(asked, 'record')
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Enregistrer un accord', en: 'Record an agreement' })}</h2>
      <Form state={state}>
        <input type="hidden" name="act" value="record" />
        <Select
          state={state}
          name="type"
          label={say({ fr: 'Nature', en: 'Kind' })}
          options={AGREEMENT_TYPES.map((value) => ({ value, label: say(AGREEMENT_WORDS[value]) }))}
        />
        <Field state={state} name="title" label={say({ fr: 'Intitulé', en: 'Title' })} />
        <Field
          state={state}
          name="startDay"
          type="date"
          label={say({ fr: 'Premier jour', en: 'First day' })}
          value={today}
        />
        <Field
          state={state}
          name="endDay"
          type="date"
          optional="either"
          label={say({ fr: 'Dernier jour', en: 'Last day' })}
          hint={say({
            fr: 'Un accord-cadre P-TECH dure cinq ans : laissez vide, le jour est calculé.',
            en: 'A P-TECH framework agreement lasts five years: leave it empty, the day is computed.',
          })}
        />
        <Select
          state={state}
          name="renewsId"
          label={say({ fr: 'Il renouvelle', en: 'It renews' })}
          options={[
            { value: '', label: say({ fr: 'Aucun accord', en: 'No agreement' }) },
            ...view.agreements.map(({ publicId, title }) => ({ value: publicId, label: title })),
          ]}
        />
        <Button>{say({ fr: 'Enregistrer l’accord', en: 'Record the agreement' })}</Button>
      </Form>
    </>
  )
}

function CoverForm({ asked, view }: AgreementsProps): VNode {
  const state = stateFor(asked, 'cover')
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Un accord qui existe déjà', en: 'An agreement that exists' })}</h2>
      <Form state={state}>
        <input type="hidden" name="act" value="cover" />
        <Select
          state={state}
          name="agreementId"
          label={say({ fr: 'Accord du lycée', en: 'Agreement of the lycée' })}
          options={view.others.map(({ public_id, title }) => ({ value: public_id, label: title }))}
        />
        <Button kind="secondary">
          {say({ fr: 'Couvrir aussi cette classe', en: 'Let it cover this class' })}
        </Button>
      </Form>
    </>
  )
}
