import type { VNode } from 'preact'
import { ASKINGS, PURPOSES } from '../../../mentoring/consents/purposes.data.js'
import type { ConsentsView } from '../../../mentoring/consents/see-consents.js'
import { Button, Form, Select, type FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import type { BadgeChoice } from '../badge-choices.js'
import { badgeName, stateFor } from './parts.js'

type AskProps = { state: FormState; badges: readonly BadgeChoice[] }

/** Who else must agree, and how they are asked. */
export function Guardians({ state, view, badges }: AskProps & { view: ConsentsView }): VNode {
  const { say } = state
  const here = stateFor(state, 'ask')
  return (
    <>
      <h2>{say({ fr: 'Mes responsables légaux', en: 'My guardians' })}</h2>
      {view.guardians.length === 0 ? (
        <p>
          {say({
            fr: 'Votre lycée n’a encore l’adresse d’aucun de vos responsables légaux. Demandez-lui la feuille d’accord sur papier, ou qu’il ajoute une adresse.',
            en: 'Your lycée has the address of none of your guardians yet. Ask it for the agreement on paper, or to add an address.',
          })}
        </p>
      ) : (
        <Form state={here}>
          <p>
            {say({
              fr: 'La personne reçoit un lien par courriel. Un code s’affiche ici : donnez-le-lui vous-même.',
              en: 'They receive a link by e-mail. A code is shown here: give it to them yourself.',
            })}
          </p>
          <input type="hidden" name="act" value="ask" />
          <Select
            state={here}
            name="guardianId"
            label={say({ fr: 'À qui', en: 'Whom' })}
            options={view.guardians.map(({ id }, at) => ({
              value: id,
              label: guardianName(say, at),
            }))}
          />
          <AskFields state={here} badges={badges} />
          <Button kind="secondary">
            {say({ fr: 'Demander par courriel', en: 'Ask by e-mail' })}
          </Button>
        </Form>
      )}
    </>
  )
}

/** For what, and for which badge, somebody is asked. */
export function AskFields({ state, badges }: AskProps): VNode {
  const { say } = state
  return (
    <>
      <Select
        state={state}
        name="purpose"
        label={say({ fr: 'Pour quoi', en: 'For what' })}
        options={PURPOSES.map((value) => ({ value, label: say(ASKINGS[value].title) }))}
      />
      <Select
        state={state}
        name="badgeId"
        label={say({ fr: 'Pour quel badge', en: 'For which badge' })}
        options={badgeOptions(say, badges)}
      />
    </>
  )
}

export function badgeOptions(say: Say, badges: readonly BadgeChoice[]) {
  const all = { value: '', label: badgeName(say, badges, null) }
  return [all, ...badges.map(({ id, name }) => ({ value: id, label: name }))]
}

/** How a student reads of a guardian: the school knows the name. */
export function guardianName(say: Say, at: number): string {
  return say({ fr: `responsable légal ${at + 1}`, en: `guardian ${at + 1}` })
}
