import type { VNode } from 'preact'
import { Choices } from '../../../web/components/choices.js'
import { Button, Field, Form } from '../../../web/components/form.js'
import { wayTo } from '../../cohorts/views/group-title.js'
import { schoolYearLabel } from '../../school-year.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { COUNTED, PUBLIC_WORDS, TRAITS } from '../publics.js'
import type { PublicsView } from '../see-cordee.js'

/** What a school is, and how many of its students it counts: CO-05. */
export function PublicsPage({ asked, view }: { asked: Asked; view: PublicsView }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { group, school, followed, counts } = view
  const year = schoolYearLabel(view.year)
  const title = say({
    fr: `Publics prioritaires : ${school.name}`,
    en: `Priority publics: ${school.name}`,
  })
  return (
    <Frame asked={asked} title={title} way={wayTo(say, group)}>
      <p>
        {say({
          fr: `Donnez des nombres, jamais des noms : ${followed} de vos élèves sont dans cette cordée en ${year}.`,
          en: `Give numbers, never names: ${followed} of your students are in this cordée in ${year}.`,
        })}
      </p>
      <Form state={state}>
        <Choices
          state={state}
          name="traits"
          kind="several"
          legend={say({ fr: 'Votre établissement', en: 'Your school' })}
          options={TRAITS.map((value) => ({ value, label: say(PUBLIC_WORDS[value]) }))}
          chosen={view.traits}
        />
        {COUNTED.map((of) => {
          const known = counts.find((one) => one.public === of)
          return (
            <Field
              key={of}
              state={state}
              name={of.toLowerCase()}
              type="number"
              label={say({
                fr: `Nombre d’élèves : ${PUBLIC_WORDS[of].fr}`,
                en: `Number of students: ${PUBLIC_WORDS[of].en}`,
              })}
              optional
              {...(known ? { value: known.count } : {})}
            />
          )
        })}
        <Button>{say({ fr: 'Enregistrer', en: 'Save' })}</Button>
      </Form>
    </Frame>
  )
}
