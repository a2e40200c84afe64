import type { VNode } from 'preact'
import { Facts } from '../../../web/components/blocks.js'
import { Acknowledge, Choices } from '../../../web/components/choices.js'
import { Button, Field, Form, Select } from '../../../web/components/form.js'
import { EmptyState } from '../../../web/components/journey.js'
import { schoolYearLabel } from '../../school-year.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { ProgressionView } from '../see-plan.js'
import { wayTo } from './class-way.js'

type ProgressionProps = { asked: Asked; view: ProgressionView }

/** The progression pédagogique: which cohorts it covers, with which inspector (PT-17). */
export function ClassProgressionPage({ asked, view }: ProgressionProps): VNode {
  const { say } = formStateOf(asked)
  const { progression, cohorts } = view
  const covered = cohorts.filter((one) => one.covered)
  const title = say({ fr: 'Progression pédagogique', en: 'Progression pédagogique' })
  return (
    <Frame asked={asked} title={title} way={wayTo(say, view.row)}>
      {progression ? (
        <>
          <Facts
            facts={[
              [say({ fr: 'Mise à jour le', en: 'Updated on' }), say.day(progression.updated_on)],
              [say({ fr: 'Inspecteur associé', en: 'Inspector' }), view.inspector?.name ?? '–'],
              [
                say({ fr: 'Cohortes entrées en', en: 'Cohorts that entered in' }),
                covered.length === 0
                  ? '–'
                  : say.list(covered.map(({ entryYear }) => schoolYearLabel(entryYear))),
              ],
            ]}
          />
          {view.mayManage
            ? null
            : progression.content.split(/\n+/).map((line, at) => (
                <p key={at} lang="fr">
                  {line}
                </p>
              ))}
        </>
      ) : (
        <EmptyState>
          {say({
            fr: 'Elle n’est pas encore écrite. Le corps d’inspection y est associé, sur l’ensemble des cohortes.',
            en: 'It is not written yet. The inspectors are associated with it, over all cohorts.',
          })}
        </EmptyState>
      )}
      {view.mayManage ? <ProgressionForm asked={asked} view={view} /> : null}
    </Frame>
  )
}

function ProgressionForm({ asked, view }: ProgressionProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { progression, cohorts, inspectors, inspector } = view
  return (
    <Form state={state}>
      <input type="hidden" name="basedOn" value={progression?.version ?? 0} />
      <Field
        state={state}
        name="content"
        type="textarea"
        rows={12}
        label={say({ fr: 'Progression', en: 'Progression' })}
        value={progression?.content ?? ''}
      />
      {cohorts.length > 0 ? (
        <Choices
          state={state}
          name="cohortIds"
          kind="several"
          legend={say({
            fr: 'Elle couvre les cohortes entrées en',
            en: 'It covers the cohorts of',
          })}
          options={cohorts.map(({ publicId, entryYear }) => ({
            value: publicId,
            label: schoolYearLabel(entryYear),
          }))}
          chosen={cohorts.map(({ publicId }) => publicId)}
        />
      ) : null}
      <Select
        state={state}
        name="inspectorId"
        label={say({ fr: 'Inspecteur associé', en: 'Inspector' })}
        hint={say({
          fr: 'Nommez d’abord l’inspecteur parmi les personnes de la classe.',
          en: 'First name the inspector among the people of the class.',
        })}
        options={[
          { value: '', label: say({ fr: 'Aucun', en: 'None' }) },
          ...inspectors.map(({ publicId, name }) => ({ value: publicId, label: name })),
        ]}
        value={inspector?.publicId ?? ''}
      />
      <Acknowledge state={state} />
      <Button>{say({ fr: 'Garder la progression', en: 'Keep the progression' })}</Button>
    </Form>
  )
}
