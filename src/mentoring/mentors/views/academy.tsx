import type { VNode } from 'preact'
import { Button, Form } from '../../../web/components/form.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { AcademyRule } from '../require-vetting.js'

type AcademyProps = { asked: Asked; rules: readonly AcademyRule[] }

/** MENT-01 as an academy wants it: a warning, or a refusal. */
export function AcademyPage({ asked, rules }: AcademyProps): VNode {
  const { say } = formStateOf(asked)
  const title = say({ fr: 'Règles de l’académie', en: 'Rules of the academy' })
  return (
    <Frame asked={asked} title={title} way={[]}>
      <p>
        {say({
          fr: 'Une séance individuelle avec un mineur demande un mentor vérifié, ou un adulte de l’établissement présent (MENT-01). Partout, Sceau avertit ; votre académie peut demander que la séance soit refusée.',
          en: 'A one-to-one session with a minor asks for a verified mentor, or an adult of the school who was there (MENT-01). Everywhere Sceau warns; your academy may ask that the session be refused.',
        })}
      </p>
      {rules.map((rule) => (
        <Rule key={rule.academyId} asked={asked} rule={rule} />
      ))}
    </Frame>
  )
}

function Rule({ asked, rule }: { asked: Asked; rule: AcademyRule }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { academyId, name, requiredSince } = rule
  const since = requiredSince === null ? '' : say.day(requiredSince)
  return (
    <section>
      <h2>{name}</h2>
      <p>
        {requiredSince === null
          ? say({
              fr: 'Aujourd’hui, Sceau avertit : qui saisit la séance peut confirmer.',
              en: 'Today Sceau warns: whoever records the session may confirm.',
            })
          : say({
              fr: `Depuis le ${since}, Sceau refuse ces séances.`,
              en: `Since ${since}, Sceau refuses these sessions.`,
            })}
      </p>
      <Form state={state}>
        <input type="hidden" name="academyId" value={academyId} />
        <input type="hidden" name="do" value={requiredSince === null ? 'require' : 'release'} />
        <Button kind={requiredSince === null ? 'primary' : 'secondary'}>
          {requiredSince === null
            ? say({ fr: 'Refuser à partir d’aujourd’hui', en: 'Refuse from today on' })
            : say({ fr: 'Avertir seulement', en: 'Warn only' })}
        </Button>
      </Form>
    </section>
  )
}
