import type { VNode } from 'preact'
import { ASKINGS, INFORMATION, PURPOSES } from '../../../mentoring/consents/purposes.data.js'
import type { ConsentsView } from '../../../mentoring/consents/see-consents.js'
import { Choices } from '../../../web/components/choices.js'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import type { BadgeChoice } from '../badge-choices.js'
import { badgeOptions } from './ask.js'

type Props = { state: FormState; view: ConsentsView; badges: readonly BadgeChoice[] }

/** What stands on a paper that the school keeps. */
export function Paper({
  state,
  view,
  badges,
}: { state: FormState } & Pick<Props, 'view' | 'badges'>): VNode {
  const { say } = state
  const purposes = [
    ...PURPOSES.map((value) => ({ value, label: say(ASKINGS[value].title) })),
    { value: 'information', label: say(INFORMATION.title) },
  ]
  return (
    <>
      <h2>{say({ fr: 'Noter un papier signé', en: 'Record a signed paper' })}</h2>
      <details {...(state.problem ? { open: true } : {})}>
        <summary>{say({ fr: 'Saisir ce qui est écrit', en: 'Enter what is written' })}</summary>
        <Form state={state}>
          <input type="hidden" name="act" value="paper" />
          <Select
            state={state}
            name="by"
            label={say({ fr: 'Signé par', en: 'Signed by' })}
            options={signatories(say, view)}
          />
          <Select
            state={state}
            name="paperPurpose"
            label={say({ fr: 'Pour quoi', en: 'For what' })}
            options={purposes}
          />
          <Select
            state={state}
            name="paperBadge"
            label={say({ fr: 'Pour quel badge', en: 'For which badge' })}
            options={badgeOptions(say, badges)}
          />
          <Choices
            state={state}
            name="answer"
            kind="one"
            legend={say({ fr: 'Ce qui est écrit', en: 'What is written' })}
            options={[
              { value: 'agreed', label: say({ fr: 'D’accord', en: 'Agreed' }) },
              { value: 'refused', label: say({ fr: 'Pas d’accord', en: 'Not agreed' }) },
              { value: 'withdrawn', label: say({ fr: 'Accord retiré', en: 'Withdrawn' }) },
              {
                value: 'read',
                label: say({ fr: 'A lu l’information', en: 'Has read the information' }),
              },
            ]}
          />
          <Field
            state={state}
            name="paperOn"
            type="date"
            label={say({ fr: 'Date écrite sur le papier', en: 'Day on the paper' })}
            hint={say({
              fr: 'Le papier reste au lycée, avec le dossier de l’élève.',
              en: 'The paper stays at the lycée, with the student’s file.',
            })}
          />
          <Button kind="secondary">
            {say({ fr: 'Noter ce papier', en: 'Record this paper' })}
          </Button>
        </Form>
      </details>
    </>
  )
}

function signatories(say: Say, view: ConsentsView) {
  const student = { value: 'student', label: say({ fr: 'l’élève', en: 'the student' }) }
  if (!view.isJoint) return [student]
  return [
    student,
    ...view.guardians.map(({ id, name }) => ({ value: id, label: name ?? '' })),
    {
      value: 'paper',
      label: say({ fr: 'un responsable légal non inscrit ici', en: 'a guardian not named here' }),
    },
  ]
}
