import type { VNode } from 'preact'
import { Choices } from '../../../web/components/choices.js'
import { Field, type FormState } from '../../../web/components/form.js'

/** Minutes that one tap chooses. */
const PRESETS = [30, 45, 60, 90, 120]

/** How long a session lasted: one tap, or any number of minutes. */
export function Duration({ state, minutes }: { state: FormState; minutes: number }): VNode {
  const { say } = state
  const isPreset = PRESETS.includes(minutes)
  return (
    <>
      <Choices
        state={state}
        name="minutes"
        kind="one"
        legend={say({ fr: 'Durée', en: 'Duration' })}
        options={[
          ...PRESETS.map((one) => ({ value: String(one), label: durationText(state, one) })),
          { value: 'other', label: say({ fr: 'Autre durée', en: 'Another duration' }) },
        ]}
        chosen={[isPreset ? String(minutes) : 'other']}
      />
      <Field
        state={state}
        name="otherMinutes"
        type="number"
        label={say({ fr: 'Autre durée, en minutes', en: 'Another duration, in minutes' })}
        optional
        {...(isPreset ? {} : { value: minutes })}
      />
    </>
  )
}

/** « 45 min », « 1 h 30 » */
function durationText({ say }: FormState, minutes: number): string {
  return minutes < 60 ? `${minutes} min` : say.hours(minutes)
}
