import type { VNode } from 'preact'
import { Choices } from '../../../web/components/choices.js'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import { schoolYearLabel } from '../../school-year.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { calendarWords } from '../calendar-of.js'
import type { SchoolBreak } from '../store.js'

const WAY = { href: '/calendar', fr: 'Calendrier scolaire', en: 'School calendar' }

type NewProps = { asked: Asked; calendars: readonly string[]; year: number }

/** Holidays that a calendar does not have yet. */
export function NewBreakPage({ asked, calendars, year }: NewProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const title = say({ fr: 'Ajouter des vacances', en: 'Add holidays' })
  return (
    <Frame asked={asked} title={title} way={[{ href: WAY.href, title: say(WAY) }]}>
      <Form state={state} action="/calendar/new">
        <Select
          state={state}
          name="calendar"
          label={say({ fr: 'Calendrier', en: 'Calendar' })}
          options={calendars.map((value) => ({ value, label: say(calendarWords(value)) }))}
        />
        <Select
          state={state}
          name="schoolYear"
          label={say({ fr: 'Année scolaire', en: 'School year' })}
          value={String(year)}
          options={[year - 1, year, year + 1, year + 2].map((one) => ({
            value: String(one),
            label: schoolYearLabel(one),
          }))}
        />
        <Field state={state} name="nameFr" label={say({ fr: 'Nom', en: 'Name in French' })} />
        <Field
          state={state}
          name="nameEn"
          label={say({ fr: 'Nom en anglais', en: 'Name in English' })}
        />
        <Dates state={state} />
        <Button>{say({ fr: 'Ajouter ces vacances', en: 'Add these holidays' })}</Button>
      </Form>
    </Frame>
  )
}

/** The dates of holidays, to be corrected or said to be right. */
export function BreakFormPage({ asked, of }: { asked: Asked; of: SchoolBreak }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const name = say({ fr: of.name_fr, en: of.name_en })
  const title = `${name} ${schoolYearLabel(of.school_year)}, ${say(calendarWords(of.zone))}`
  return (
    <Frame asked={asked} title={title} way={[{ href: WAY.href, title: say(WAY) }]}>
      <p>
        {say({
          fr: 'Ces dates valent pour tous les établissements de ce calendrier. Tenez-les contre le calendrier officiel avant de les dire vérifiées.',
          en: 'These dates hold for every school of this calendar. Hold them against the official calendar before you say that they are verified.',
        })}
      </p>
      <Form state={state} action={`/calendar/${of.public_id}`}>
        <Shown of={of} />
        <Dates state={state} of={of} />
        <Button>{say({ fr: 'Enregistrer ces dates', en: 'Save these dates' })}</Button>
      </Form>
      <Form state={{ ...state, problem: undefined }} action={`/calendar/${of.public_id}`}>
        <h2>{say({ fr: 'Retirer ces vacances', en: 'Remove these holidays' })}</h2>
        <p>
          {say({
            fr: 'Ces jours redeviennent des jours de classe. Vous pourrez ajouter ces vacances à nouveau.',
            en: 'These days are school days again. You can add these holidays again.',
          })}
        </p>
        <input type="hidden" name="do" value="remove" />
        <Shown of={of} />
        <Button kind="secondary">
          {say({ fr: 'Retirer du calendrier', en: 'Remove from the calendar' })}
        </Button>
      </Form>
    </Frame>
  )
}

/** The dates that whoever sends the form has read. */
function Shown({ of }: { of: SchoolBreak }): VNode {
  return (
    <>
      <input type="hidden" name="shownFrom" value={of.from_day} />
      <input type="hidden" name="shownUntil" value={of.until_day} />
    </>
  )
}

function Dates({ state, of }: { state: FormState; of?: SchoolBreak }): VNode {
  const { say } = state
  const values = of ? { from: of.from_day, until: of.until_day, source: of.source } : undefined
  return (
    <>
      <Field
        state={state}
        name="fromDay"
        type="date"
        label={say({ fr: 'Premier jour sans cours', en: 'First day without school' })}
        {...(values ? { value: values.from } : {})}
      />
      <Field
        state={state}
        name="untilDay"
        type="date"
        label={say({ fr: 'Dernier jour sans cours', en: 'Last day without school' })}
        {...(values ? { value: values.until } : {})}
      />
      <Field
        state={state}
        name="source"
        label={say({ fr: 'Source', en: 'Source' })}
        hint={say({
          fr: 'Où ces dates ont été lues : un arrêté, une page officielle.',
          en: 'Where these dates were read: an order, an official page.',
        })}
        {...(values ? { value: values.source } : {})}
      />
      <Choices
        state={state}
        name="verified"
        kind="several"
        legend={say({ fr: 'Vérification', en: 'Verification' })}
        options={[
          {
            value: 'yes',
            label: say({
              fr: 'J’ai vérifié ces dates dans le calendrier officiel',
              en: 'I have verified these dates in the official calendar',
            }),
          },
        ]}
        chosen={of && of.verified_on !== null ? ['yes'] : []}
      />
    </>
  )
}
