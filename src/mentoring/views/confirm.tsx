import type { VNode } from 'preact'
import { Facts } from '../../web/components/blocks.js'
import { Card } from '../../web/components/certificate.js'
import { Button, ErrorSummary, Form } from '../../web/components/form.js'
import { EmptyState } from '../../web/components/journey.js'
import type { ToConfirm } from '../see-unconfirmed.js'
import { factAmount, factDays, factKind } from './facts.js'
import { formStateOf, Frame, type Asked } from './frame.js'

/** What waits for the visitor's word: did it take place? */
export function ConfirmPage({
  asked,
  facts,
}: {
  asked: Asked
  facts: readonly ToConfirm[]
}): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Frame asked={asked} title={say({ fr: 'À confirmer', en: 'To confirm' })} way={[]}>
      <ErrorSummary state={state} />
      {facts.length === 0 ? (
        <EmptyState>
          {say({
            fr: 'Rien ne vous attend : tout ce que d’autres ont saisi est confirmé.',
            en: 'Nothing waits for you: all that others recorded is confirmed.',
          })}
        </EmptyState>
      ) : (
        <p>
          {say({
            fr: 'Confirmez ce qui a eu lieu : cela pourra alors servir de preuve pour un badge. Si quelque chose est faux, ne confirmez pas et dites-le à qui l’a saisi.',
            en: 'Confirm what took place: it may then serve as evidence for a badge. If something is wrong, do not confirm it, and tell whoever recorded it.',
          })}
        </p>
      )}
      {facts.map((fact) => (
        <FactCard key={fact.publicId} asked={asked} fact={fact} />
      ))}
    </Frame>
  )
}

function FactCard({ asked, fact }: { asked: Asked; fact: ToConfirm }): VNode {
  // What was refused is said once, above all forms.
  const state = { ...formStateOf(asked), problem: undefined }
  const { say } = state
  const days = factDays(say, fact)
  return (
    <Card title={`${factKind(say, fact)}, ${days}`} id={`fact-${fact.publicId}`}>
      <Facts facts={termsOf(asked, fact)} />
      <Form state={state}>
        <input type="hidden" name="kind" value={fact.kind} />
        <input type="hidden" name="factId" value={fact.publicId} />
        <Button kind="secondary">
          {fact.kind === 'session'
            ? say({ fr: 'Confirmer la séance', en: 'Confirm the session' })
            : say({ fr: 'Confirmer la période', en: 'Confirm the placement' })}
          <span class="visually-hidden"> ({days})</span>
        </Button>
      </Form>
    </Card>
  )
}

function termsOf(asked: Asked, fact: ToConfirm): [string, string][] {
  const { say } = formStateOf(asked)
  const isSession = fact.kind === 'session'
  const present = say({ fr: 'Élèves présents', en: 'Students who were there' })
  const count = say.number(fact.students.length)
  return [
    [
      isSession ? say({ fr: 'Durée', en: 'Duration' }) : say({ fr: 'Présence', en: 'Presence' }),
      factAmount(say, fact),
    ],
    ...(fact.topic === undefined
      ? []
      : [[say({ fr: 'Sujet', en: 'Topic' }), fact.topic] as [string, string]]),
    [
      isSession ? say({ fr: 'Mentor', en: 'Mentor' }) : say({ fr: 'Tuteur', en: 'Tutor' }),
      `${fact.ledBy}, ${fact.companyName}`,
    ],
    [
      isSession ? `${present} (${count})` : say({ fr: 'Élève', en: 'Student' }),
      say.list(fact.students),
    ],
    [
      say({ fr: 'Lycée', en: 'Lycée' }),
      fact.className === undefined ? fact.schoolName : `${fact.schoolName}, ${fact.className}`,
    ],
  ]
}
