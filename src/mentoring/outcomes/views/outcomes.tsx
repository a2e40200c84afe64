import type { VNode } from 'preact'
import { Button, Field, Form } from '../../../web/components/form.js'
import type { AnyCohort } from '../../cohorts/store.js'
import { wayTo } from '../../cohorts/views/group-title.js'
import { typedIn } from '../../facts/form-values.js'
import { schoolYearOf } from '../../school-year.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { OUTCOME_KINDS, OUTCOMES, type OutcomeKind } from '../outcomes.data.js'
import type { OutcomeStudent } from '../see-outcomes.js'

type OutcomesProps = { asked: Asked; cohort: AnyCohort; student: OutcomeStudent; day: string }

/** How one student's course ended, in the school year of a day. */
export function OutcomesPage({ asked, cohort, student, day }: OutcomesProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const said = student.said.filter(({ year }) => year === schoolYearOf(day))
  const chosenOf = (kind: OutcomeKind) =>
    typedIn(asked.problem, kind.toLowerCase()) ?? said.find((one) => one.kind === kind)?.outcome
  const title = say({ fr: `Devenir : ${student.name}`, en: `What came next: ${student.name}` })
  const list = say({ fr: 'Devenir des élèves', en: 'What students went on to' })
  const way = [...wayTo(say, cohort), { href: `/cohorts/${cohort.publicId}/outcomes`, title: list }]
  return (
    <Frame asked={asked} title={title} way={way}>
      <p>
        {say({
          fr: 'Notez ce qui est connu et laissez le reste « non renseigné ». Aucune note ni appréciation : seuls ces choix sont gardés.',
          en: 'Note what is known and leave the rest “not known”. No mark, no assessment: only these choices are kept.',
        })}
      </p>
      <Form state={state}>
        <Field
          state={state}
          name="day"
          type="date"
          label={say({ fr: 'Jour où c’était acquis', en: 'Day on which it was so' })}
          hint={say({
            fr: 'Il dit de quelle année scolaire il s’agit. Un contrat se note une fois commencé.',
            en: 'It says of which school year this is. A contract is noted once it has begun.',
          })}
          value={said[0]?.day ?? day}
        />
        {OUTCOME_KINDS.map((kind) => (
          <div class="field" key={kind}>
            <label for={`field-${kind.toLowerCase()}`}>{say(OUTCOMES[kind].words)}</label>
            <select id={`field-${kind.toLowerCase()}`} name={kind.toLowerCase()}>
              <option value="">{say({ fr: 'Non renseigné', en: 'Not known' })}</option>
              {OUTCOMES[kind].outcomes.map(({ code, words }) => (
                <option key={code} value={code} selected={code === chosenOf(kind)}>
                  {say(words)}
                </option>
              ))}
            </select>
          </div>
        ))}
        <Button>{say({ fr: 'Enregistrer', en: 'Save' })}</Button>
      </Form>
    </Frame>
  )
}
