import type { VNode } from 'preact'
import { Notice } from '../../../web/components/blocks.js'
import { Button, ErrorSummary, Field, Form } from '../../../web/components/form.js'
import { groupTitle } from '../../cohorts/views/group-title.js'
import { LEAST } from '../../indicators/suppress.js'
import { schoolYearLabel } from '../../school-year.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { SAID_PUBLICS, SAID_WORDS } from '../publics.js'
import type { TotalsView } from '../see-totals.js'

type TotalsProps = { asked: Asked; view: TotalsView; schoolPublicId: string }

/** PT-20: the totals of a cohort, as its school knows them. */
export function TotalsPage({ asked, view, schoolPublicId }: TotalsProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { cohort, headcount, said } = view
  const year = schoolYearLabel(view.year)
  const title = say({
    fr: `Publics prioritaires : ${groupTitle(say, cohort)}, ${year}`,
    en: `Priority publics: ${groupTitle(say, cohort)}, ${year}`,
  })
  const way = [
    {
      href: `/publics?school=${schoolPublicId}&year=${view.year}`,
      title: say({ fr: 'Publics prioritaires', en: 'Priority publics' }),
    },
  ]
  return (
    <Frame asked={asked} title={title} way={way}>
      <p>
        {say({
          fr: `Donnez des totaux, jamais des noms : la cohorte a ${headcount} élèves de ${view.schoolName} en ${year}. Laissez vide ce que vous ne savez pas ; 0 veut dire « aucun ».`,
          en: `Give totals, never names: the cohort has ${headcount} students of ${view.schoolName} in ${year}. Leave empty what you do not know; 0 means “none”.`,
        })}
      </p>
      {headcount < LEAST ? (
        <>
          <ErrorSummary state={state} />
          <Notice>
            <p>
              {say({
                fr: `Sur moins de ${LEAST} élèves, un total désignerait des élèves : rien n’est demandé pour cette cohorte.`,
                en: `Of fewer than ${LEAST} students, a total would point at students: nothing is asked of this cohort.`,
              })}
            </p>
          </Notice>
        </>
      ) : (
        <Form state={state}>
          {SAID_PUBLICS.map((of) => {
            const known = said.find((one) => one.public === of)
            return (
              <Field
                key={of}
                state={state}
                name={of.toLowerCase()}
                type="number"
                label={say(SAID_WORDS[of])}
                hint={say({ fr: `De 0 à ${headcount}`, en: `From 0 to ${headcount}` })}
                optional
                {...(known ? { value: known.count } : {})}
              />
            )
          })}
          <Button>{say({ fr: 'Enregistrer', en: 'Save' })}</Button>
        </Form>
      )}
    </Frame>
  )
}
