import type { VNode } from 'preact'
import { OwnDataPart } from '../../answers/views/own-data.js'
import { Facts } from '../../../web/components/blocks.js'
import { Button, Field, Form } from '../../../web/components/form.js'
import { Verdict } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { ConfirmationQuestion } from '../../confirming/answer-confirmation.js'
import { factKind } from './facts.js'

type Props = { asked: Asked; question: ConfirmationQuestion }

/** One question to a mentor who has no account. */
export function QuestionPage({ asked, question }: Props): VNode {
  const state = formStateOf(asked)
  const { say, problem } = state
  const title = say({
    fr: 'Cette séance a-t-elle eu lieu ?',
    en: 'Did this session take place?',
  })
  // A word joiner after each hyphen: « a-t-elle » stays on one line.
  const heading = title.replaceAll('-', '-\u2060')
  const saysNo = problem?.values.answer === 'no'
  return (
    <Frame asked={asked} title={title} heading={heading} way={[]}>
      <p>
        {say({
          fr: `Bonjour ${question.mentorName}. ${question.ownerName} a enregistré cette séance, que vous avez encadrée.`,
          en: `Hello ${question.mentorName}. ${question.ownerName} recorded this session, which you led.`,
        })}
      </p>
      <SessionAsked say={say} question={question} />
      <Form state={state}>
        <p class="actions">
          <Button name="answer" value="yes">
            {say({ fr: 'Oui, elle a eu lieu', en: 'Yes, it took place' })}
          </Button>
        </p>
        <details {...(saysNo ? { open: true } : {})}>
          <summary>{say({ fr: 'Non, ou pas ainsi', en: 'No, or not so' })}</summary>
          <Field
            state={state}
            name="reason"
            type="textarea"
            rows={3}
            optional="either"
            label={say({ fr: 'Ce qui est faux', en: 'What is wrong' })}
            hint={say({
              fr: 'L’établissement le lira, et corrigera. Ne nommez pas d’élève.',
              en: 'The school will read it, and correct it. Name no student.',
            })}
          />
          <Button kind="secondary" name="answer" value="no">
            {say({ fr: 'Dire que c’est faux', en: 'Say that this is wrong' })}
          </Button>
        </details>
      </Form>
      <p class="soft">
        {say({
          fr: 'Votre réponse est donnée une fois, en tant que mentor. Confirmée, la séance peut servir de preuve pour un badge.',
          en: 'Your answer is given once, as the mentor. Once confirmed, the session may serve as evidence for a badge.',
        })}
      </p>
      <OwnDataPart say={say} data={question.data} askedBy={question.ownerName} />
    </Frame>
  )
}

function SessionAsked({ say, question }: { say: Say; question: ConfirmationQuestion }): VNode {
  const { kind, day, minutes, topic, students } = question
  return (
    <Facts
      facts={[
        [say({ fr: 'Séance', en: 'Session' }), factKind(say, { sessionKind: kind })],
        [say({ fr: 'Jour', en: 'Day' }), say.day(day)],
        [say({ fr: 'Durée', en: 'Duration' }), say.hours(minutes)],
        ...(topic === undefined ? [] : [[say({ fr: 'Sujet', en: 'Topic' }), topic] as const]),
        [
          say({ fr: 'Avec', en: 'With' }),
          say({
            fr: `${question.cohortTitle}, ${students} élève${students > 1 ? 's' : ''}`,
            en: `${question.cohortTitle}, ${students} student${students > 1 ? 's' : ''}`,
          }),
        ],
        [say({ fr: 'Pour', en: 'For' }), question.organisationName],
      ]}
    />
  )
}

type AnsweredProps = Props & { tookPlace: boolean }

/** Thanks, and what becomes of the answer. */
export function AnsweredPage({ asked, question, tookPlace }: AnsweredProps): VNode {
  const { say } = formStateOf(asked)
  return (
    <Frame asked={asked} title={say({ fr: 'Merci', en: 'Thank you' })} way={[]}>
      <Verdict tone={tookPlace ? 'valid' : 'unknown'}>
        {tookPlace
          ? say({ fr: 'La séance est confirmée.', en: 'The session is confirmed.' })
          : say({
              fr: 'C’est noté : la séance ne compte pas. L’établissement lira ce que vous avez écrit.',
              en: 'It is noted: the session does not count. The school will read what you wrote.',
            })}
      </Verdict>
      <SessionAsked say={say} question={question} />
      <p>
        {say({
          fr: 'Vous pouvez fermer cette page : il n’y a rien d’autre à faire.',
          en: 'You may close this page: there is nothing else to do.',
        })}
      </p>
      <OwnDataPart say={say} data={question.data} askedBy={question.ownerName} />
    </Frame>
  )
}
