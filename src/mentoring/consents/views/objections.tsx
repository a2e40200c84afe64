import type { VNode } from 'preact'
import { Facts, Table } from '../../../web/components/blocks.js'
import { Choices } from '../../../web/components/choices.js'
import { Button, Field, Form } from '../../../web/components/form.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { OUTCOME_WORDS, OUTCOMES, type SchoolObjection } from '../answer-objection.js'
import { PROCESSING_WORDS } from '../purposes.data.js'
import { ObjectionAnswer } from './objection-parts.js'

const TITLE = { fr: 'Oppositions', en: 'Objections' }

type ListProps = { asked: Asked; objections: readonly SchoolObjection[] }

/** What students and guardians of a school objected to: what waits first. */
export function ObjectionsPage({ asked, objections }: ListProps): VNode {
  const { say } = formStateOf(asked)
  const waiting = objections.filter(({ answered }) => !answered)
  const done = objections.filter(({ answered }) => answered)
  const table = (caption: string, rows: readonly SchoolObjection[], empty: string) => (
    <Table
      caption={caption}
      head={[
        say({ fr: 'Élève', en: 'Student' }),
        say({ fr: 'S’oppose à', en: 'Objects to' }),
        say({ fr: 'État', en: 'State' }),
      ]}
      rows={rows.map((one) => [
        <a href={`/objections/${one.id}`}>{one.student.name}</a>,
        say(PROCESSING_WORDS[one.processing]),
        one.answered ? say(OUTCOME_WORDS[one.answered.outcome]) : dueText(one),
      ])}
      empty={empty}
    />
  )
  const dueText = ({ dueOn, isLate }: SchoolObjection) =>
    isLate
      ? say({ fr: `en retard depuis le ${say.day(dueOn)}`, en: `late since ${say.day(dueOn)}` })
      : say({
          fr: `à répondre avant le ${say.day(dueOn)}`,
          en: `to be answered by ${say.day(dueOn)}`,
        })
  return (
    <Frame asked={asked} title={say(TITLE)} way={[]}>
      <p>
        {say({
          fr: 'Un élève, ou son responsable légal, peut s’opposer à un suivi pour une raison qui lui est propre. Le lycée arrête, sauf motif impérieux, et répond dans le mois.',
          en: 'A student, or their guardian, may object to something being recorded, for a reason of their own. The lycée stops, unless it has compelling grounds, and answers within a month.',
        })}
      </p>
      {table(
        say({ fr: 'À traiter', en: 'To be answered' }),
        waiting,
        say({
          fr: 'Aucune opposition n’attend de réponse.',
          en: 'No objection waits for an answer.',
        }),
      )}
      {done.length > 0 ? table(say({ fr: 'Traitées', en: 'Answered' }), done, '') : null}
    </Frame>
  )
}

type OneProps = { asked: Asked; objection: SchoolObjection }

/** One objection, and the school's answer to it. */
export function ObjectionPage({ asked, objection }: OneProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { student, processing, reason, byGuardian, answered } = objection
  const way = [{ href: '/objections', title: say(TITLE) }]
  return (
    <Frame asked={asked} title={say({ fr: 'Opposition', en: 'Objection' })} way={way}>
      <Facts
        facts={[
          [
            say({ fr: 'Élève', en: 'Student' }),
            <a href={`/students/${student.id}`}>{student.name}</a>,
          ],
          [
            say({ fr: 'Faite par', en: 'Made by' }),
            byGuardian
              ? say({ fr: 'un responsable légal', en: 'a guardian' })
              : say({ fr: 'l’élève', en: 'the student' }),
          ],
          [say({ fr: 'S’oppose à', en: 'Objects to' }), say(PROCESSING_WORDS[processing])],
          [say({ fr: 'Raison', en: 'Reason' }), reason],
        ]}
      />
      <ObjectionAnswer say={say} objection={objection} />
      {answered ? null : (
        <Form state={state}>
          <Choices
            state={state}
            name="outcome"
            kind="one"
            legend={say({ fr: 'Ce que le lycée décide', en: 'What the lycée decides' })}
            options={OUTCOMES.map((value) => ({ value, label: say(OUTCOME_WORDS[value]) }))}
          />
          <Field
            state={state}
            name="answer"
            type="textarea"
            rows={4}
            label={say({ fr: 'La réponse, et pourquoi', en: 'The answer, and why' })}
            hint={say({
              fr: 'L’élève la lira. Elle est donnée une fois et ne change plus. Ce qui doit s’arrêter est à arrêter par vous : fin d’inscription, correction.',
              en: 'The student will read it. It is given once and does not change. What has to stop is for you to stop: end an enrolment, correct a fact.',
            })}
          />
          <Button>{say({ fr: 'Répondre', en: 'Answer' })}</Button>
        </Form>
      )}
    </Frame>
  )
}
