import type { VNode } from 'preact'
import type { Row } from '../../../store/schema.js'
import { Notice } from '../../../web/components/blocks.js'
import { Choices } from '../../../web/components/choices.js'
import { Button, Field, Form, type FormState } from '../../../web/components/form.js'
import type { Words } from '../../../words.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { readMarks } from '../assessment.js'
import type { Grid } from '../grids.js'
import type { Days } from '../hosting.js'
import { OUTCOMES, type Outcome } from '../states.js'

export const OUTCOME_WORDS: Readonly<Record<Outcome, Words>> = {
  COMPLETED: { fr: 'La période a été faite jusqu’au bout', en: 'The placement was completed' },
  PARTIALLY_COMPLETED: {
    fr: 'La période a été faite en partie',
    en: 'The placement was partially completed',
  },
  DID_NOT_SHOW: { fr: 'L’élève n’est jamais venu', en: 'The student never came' },
}

type AssessmentFormProps = {
  asked: Asked
  studentName: string
  days: Days
  grid: Grid
  filled: Row<'placement_assessments'> | undefined
  /** Copied from paper by the school: it is sent at once. */
  onPaper: boolean
}

/** The grid of an assessment: for the tutor by a link, or for the school that copies a sheet of paper. */
export function AssessmentFormPage(props: AssessmentFormProps): VNode {
  const { asked, studentName, days, grid, onPaper } = props
  const state = formStateOf(asked)
  const { say } = state
  const title = say({ fr: `Bilan de stage : ${studentName}`, en: `Assessment: ${studentName}` })
  return (
    <Frame asked={asked} title={title} way={[]}>
      <p>
        {say({
          fr: `Période du ${say.day(days.fromDay)} au ${say.day(days.untilDay)}.`,
          en: `From ${say.day(days.fromDay)} to ${say.day(days.untilDay)}.`,
        })}{' '}
        {onPaper
          ? say({
              fr: 'Recopiez la feuille du tuteur ; une autre personne confirmera.',
              en: 'Copy the tutor’s sheet; somebody else will confirm.',
            })
          : say({
              fr: 'Vous pouvez enregistrer et revenir par le même lien, jusqu’à l’envoi.',
              en: 'You may save and come back by the same link, until you send it.',
            })}
      </p>
      <Form state={state}>
        {onPaper ? <input type="hidden" name="gridId" value={grid.publicId} /> : null}
        <Criteria {...props} state={state} />
        <Outcomes {...props} state={state} />
        <p class="actions">
          <Button name="do" value="send">
            {say({ fr: 'Envoyer le bilan', en: 'Send the assessment' })}
          </Button>
          {onPaper ? null : (
            <Button kind="secondary" name="do" value="save">
              {say({ fr: 'Enregistrer sans envoyer', en: 'Save without sending' })}
            </Button>
          )}
        </p>
      </Form>
    </Frame>
  )
}

type PartProps = AssessmentFormProps & { state: FormState }

function Criteria({ state, grid, filled }: PartProps): VNode {
  const marks = readMarks(filled?.marks ?? '{}')
  return (
    <>
      {grid.competences.map(({ title, criteria }) => (
        <section key={title}>
          <h2>{title}</h2>
          {criteria.map(({ code, title: criterion }) => (
            <Choices
              key={code}
              state={state}
              name={`mark-${code}`}
              kind="one"
              legend={criterion}
              options={grid.levels.map((level) => ({ value: level.code, label: level.title }))}
              chosen={marks[code] === undefined ? [] : [marks[code]]}
            />
          ))}
        </section>
      ))}
    </>
  )
}

function Outcomes({ state, filled }: PartProps): VNode {
  const { say } = state
  const kept = (value: string | number | null | undefined) =>
    value === null || value === undefined ? {} : { value }
  return (
    <>
      <h2>{say({ fr: 'Présence', en: 'Presence' })}</h2>
      <Choices
        state={state}
        name="outcome"
        kind="one"
        legend={say({ fr: 'Comment la période s’est-elle passée ?', en: 'How did it go?' })}
        options={OUTCOMES.map((value) => ({ value, label: say(OUTCOME_WORDS[value]) }))}
        chosen={filled?.outcome ? [filled.outcome] : []}
      />
      <Field
        state={state}
        name="daysDone"
        type="number"
        optional="either"
        label={say({ fr: 'Jours faits', en: 'Days done' })}
        hint={say({
          fr: 'Les jours de présence. Rien si l’élève n’est jamais venu.',
          en: 'The days of presence. Nothing if the student never came.',
        })}
        {...kept(filled?.days_done)}
      />
      <Field
        state={state}
        name="lastDay"
        type="date"
        optional="either"
        label={say({ fr: 'Si en partie : dernier jour de présence', en: 'If in part: last day' })}
        {...kept(filled?.last_day)}
      />
      <Field
        state={state}
        name="missedHours"
        type="number"
        optional="either"
        label={say({ fr: 'Si en partie : heures manquées', en: 'If in part: hours missed' })}
        {...kept(filled?.missed_hours)}
      />
      <Field
        state={state}
        name="comment"
        type="textarea"
        rows={4}
        optional
        label={say({ fr: 'Commentaire', en: 'Comment' })}
        hint={say({
          fr: 'Sur le travail. Rien sur la santé ni sur la famille.',
          en: 'About the work. Nothing about health or family.',
        })}
        {...kept(filled?.comment)}
      />
    </>
  )
}

/** What the tutor sees once it is sent. */
export function AssessmentSentPage({ asked }: { asked: Asked }): VNode {
  const { say } = formStateOf(asked)
  return (
    <Frame asked={asked} title={say({ fr: 'Merci', en: 'Thank you' })} way={[]}>
      <Notice kind="success">
        <p>
          {say({
            fr: 'Votre bilan est envoyé. Le lycée le confirme, puis l’élève dit s’il est d’accord. Le lien ne sert plus : vous pouvez fermer cette page.',
            en: 'Your assessment is sent. The school confirms it, then the student says whether they agree. The link serves no more: you may close this page.',
          })}
        </p>
      </Notice>
    </Frame>
  )
}
