import type { VNode } from 'preact'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { ASKED_FIELDS, FIELD_WORDS, OUTCOME_WORDS } from '../fields.data.js'
import type { RequestView } from '../see-corrections.js'

type Props = {
  state: FormState
  requests: readonly RequestView[]
  /** By which field the page tells its forms apart. */
  name?: 'do' | 'act'
}

/** RGPD, art. 16: what was asked to be corrected, and a form to ask. */
export function CorrectionPart({ state, requests, name = 'do' }: Props): VNode {
  const { say } = state
  const here = state.problem?.values[name] === 'correct' ? state : { ...state, problem: undefined }
  return (
    <>
      <h2>{say({ fr: 'Correction', en: 'Correction' })}</h2>
      {requests.map((one) => (
        <section class="sheet" key={one.id}>
          <Said say={say} request={one} />
        </section>
      ))}
      <details {...(here.problem ? { open: true } : {})}>
        <summary>
          {say({
            fr: 'Faire corriger un nom, une date de naissance…',
            en: 'Have a name, a birth date… corrected',
          })}
        </summary>
        <Form state={here}>
          <input type="hidden" name={name} value="correct" />
          <Select
            state={here}
            name="field"
            label={say({ fr: 'Ce qui est faux', en: 'What is wrong' })}
            options={ASKED_FIELDS.map((value) => ({ value, label: say(FIELD_WORDS[value]) }))}
          />
          <Field
            state={here}
            name="said"
            type="textarea"
            rows={3}
            label={say({
              fr: 'Ce qui est écrit, et ce qui devrait l’être',
              en: 'What is written, and what it should be',
            })}
            hint={say({
              fr: 'Le lycée corrige, ou dit pourquoi non, dans le mois. Vos badges n’ont pas de nom : ils restent valables.',
              en: 'The lycée corrects it, or says why not, within a month. Your badges have no name: they stay valid.',
            })}
          />
          <Button kind="secondary">
            {say({ fr: 'Demander la correction', en: 'Ask for the correction' })}
          </Button>
        </Form>
      </details>
    </>
  )
}

/** One request, and its answer or until when it is due. */
export function Said({ say, request }: { say: Say; request: RequestView }): VNode {
  const { field, said, answered } = request
  return (
    <>
      <p>
        <strong>{say(FIELD_WORDS[field])}</strong>
      </p>
      <p>{said}</p>
      <p>{standingText(say, request)}</p>
      {answered ? <p>{answered.answer}</p> : null}
    </>
  )
}

export function standingText(say: Say, { answered, dueOn, madeOn, isLate }: RequestView): string {
  const made = say.day(madeOn)
  const due = say.day(dueOn)
  if (answered) {
    const on = say.day(answered.on)
    const outcome = say(OUTCOME_WORDS[answered.outcome])
    return say({
      fr: `Demandé le ${made}. Réponse du ${on} : ${outcome}.`,
      en: `Asked on ${made}. Answer of ${on}: ${outcome}.`,
    })
  }
  return isLate
    ? say({
        fr: `Demandé le ${made}. La réponse était due le ${due} : elle est en retard.`,
        en: `Asked on ${made}. The answer was due on ${due}: it is late.`,
      })
    : say({
        fr: `Demandé le ${made}. Réponse attendue au plus tard le ${due}.`,
        en: `Asked on ${made}. An answer is due by ${due}.`,
      })
}
