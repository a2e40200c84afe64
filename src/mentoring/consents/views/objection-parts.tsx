import type { VNode } from 'preact'
import type { Say } from '../../../web/say.js'
import { OUTCOME_WORDS, type ObjectionView } from '../answer-objection.js'

/** What the school answered, or until when it has to. */
export function ObjectionAnswer({ say, objection }: { say: Say; objection: ObjectionView }): VNode {
  const { answered, dueOn, madeOn, isLate } = objection
  const made = say.day(madeOn)
  if (!answered) {
    const due = say.day(dueOn)
    return (
      <p>
        {isLate
          ? say({
              fr: `Faite le ${made}. La réponse était due le ${due} : elle est en retard.`,
              en: `Made on ${made}. The answer was due on ${due}: it is late.`,
            })
          : say({
              fr: `Faite le ${made}. Réponse attendue au plus tard le ${due}.`,
              en: `Made on ${made}. An answer is due by ${due}.`,
            })}
      </p>
    )
  }
  const outcome = say(OUTCOME_WORDS[answered.outcome])
  const on = say.day(answered.on)
  return (
    <>
      <p>
        {say({
          fr: `Faite le ${made}. Réponse du ${on} : ${outcome}.`,
          en: `Made on ${made}. Answer of ${on}: ${outcome}.`,
        })}
      </p>
      <p>{answered.answer}</p>
    </>
  )
}
