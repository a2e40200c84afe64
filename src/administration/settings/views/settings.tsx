import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { Choices } from '../../../web/components/choices.js'
import { Button, ErrorSummary, Field, Form, type FormState } from '../../../web/components/form.js'
import type { Link } from '../../../web/components/links.js'
import { sayIn, type Say } from '../../../web/say.js'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import { sayBounds, sayValue } from '../say-value.js'
import type { SettingLine, SettingSeen, SettingsSeen } from '../see-settings.js'

const TITLE = { fr: 'Réglages', en: 'Settings' }

/** Where the list of a scope stands. */
export function settingsHref(school: { publicId: string } | undefined): string {
  return school ? `/schools/${school.publicId}/settings` : '/admin/settings'
}

type ListProps = { asked: Asked; seen: SettingsSeen }

/** What may be changed, what counts now, and who says so. */
export function SettingsPage({ asked, seen: { school, lines } }: ListProps): VNode {
  const say = sayIn(asked.visitor.language)
  return (
    <Sheet asked={asked} title={TITLE} way={[wayTo(say, school)]}>
      {school ? (
        <p>
          <strong>{school.name}</strong>.{' '}
          {say({
            fr: 'Ce qui n’est pas réglé ici est comme le service le propose.',
            en: 'What is not set here is as the service proposes.',
          })}
        </p>
      ) : (
        <p>
          {say({
            fr: 'Les secrets, les adresses de serveurs et les clés ne se règlent pas ici : ils sont dans l’environnement du service. Une variable de l’environnement compte avant cette page.',
            en: 'Secrets, addresses of servers and keys are not set here: they are in the environment of the service. A variable of the environment counts before this page.',
          })}
        </p>
      )}
      <Table
        caption={say(TITLE)}
        quiet
        head={[
          say({ fr: 'Réglage', en: 'Setting' }),
          say({ fr: 'Maintenant', en: 'Now' }),
          say({ fr: 'Qui le dit', en: 'Who says so' }),
        ]}
        rows={lines.map((line) => [
          <a href={`${settingsHref(school)}/${line.key}`}>{say(line.setting.label)}</a>,
          sayValue(say, line.setting, line.value),
          sayFrom(say, line, school !== undefined),
        ])}
        empty=""
      />
    </Sheet>
  )
}

function sayFrom(say: Say, { from, setting, setAt }: SettingLine, ofSchool: boolean): string {
  if (from === 'environment')
    return say({
      fr: `l’environnement (${setting.env ?? ''})`,
      en: `the environment (${setting.env ?? ''})`,
    })
  if (setAt !== null) {
    const day = say.day(setAt.slice(0, 10))
    return say({ fr: `réglé le ${day}`, en: `set on ${day}` })
  }
  if (ofSchool) return say({ fr: 'comme le service', en: 'as the service' })
  return say({ fr: 'habituel', en: 'usual' })
}

function wayTo(say: Say, school: { publicId: string } | undefined): Link {
  return school
    ? { href: '/people', title: say({ fr: 'Personnes', en: 'People' }) }
    : { href: '/admin/health', title: say({ fr: 'État du service', en: 'Health' }) }
}

type OneProps = { asked: Asked; seen: SettingSeen }

/** One setting: what it changes, what it may be, what it was. */
export function SettingPage({ asked, seen }: OneProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { setting, school, from, value } = seen
  const list = { href: settingsHref(school), title: say(TITLE) }
  return (
    <Sheet asked={asked} title={setting.label} way={[wayTo(say, school), list]}>
      {school ? (
        <p>
          <strong>{school.name}</strong>
        </p>
      ) : null}
      <p>{say(setting.about)}</p>
      <p>
        {say({ fr: 'Maintenant : ', en: 'Now: ' })}
        <strong>{sayValue(say, setting, value)}</strong> ({sayFrom(say, seen, school !== undefined)}
        ). {say(EFFECTS[setting.effect])}
      </p>
      {from === 'environment' ? (
        <ErrorSummary state={state} />
      ) : (
        <ChangeForm state={state} seen={seen} />
      )}
      <History state={state} seen={seen} />
    </Sheet>
  )
}

const EFFECTS = {
  'at-once': { fr: 'Un changement compte aussitôt.', en: 'A change counts at once.' },
  'within-a-minute': {
    fr: 'Un changement compte dans la minute.',
    en: 'A change counts within a minute.',
  },
} as const

type FormProps = { state: FormState; seen: SettingSeen }

function ChangeForm({ state, seen }: FormProps): VNode {
  const { say } = state
  return (
    <Form state={state}>
      <input type="hidden" name="act" value="set" />
      <input type="hidden" name="version" value={seen.version} />
      <Fields state={state} seen={seen} />
      <p class="actions">
        <Button>{say({ fr: 'Enregistrer ce réglage', en: 'Save this setting' })}</Button>
      </p>
    </Form>
  )
}

function Fields({ state, seen: { setting, value } }: FormProps): VNode {
  const { say } = state
  const hint = sayBounds(say, setting)
  const typed = typeof value === 'object' ? '' : String(value)
  if (setting.kind === 'words') {
    const kept = value !== null && typeof value === 'object' ? value : { fr: '', en: '' }
    return (
      <>
        <Field
          state={state}
          name="fr"
          label={say({ fr: 'En français', en: 'In French' })}
          {...{ hint }}
          value={kept.fr}
          optional="either"
        />
        <Field
          state={state}
          name="en"
          label={say({ fr: 'En anglais', en: 'In English' })}
          {...{ hint }}
          value={kept.en}
          optional="either"
        />
      </>
    )
  }
  if (setting.kind === 'choice')
    return (
      <Choices
        state={state}
        name="value"
        legend={say(setting.label)}
        kind="one"
        options={Object.entries(setting.options).map(([code, words]) => ({
          value: code,
          label: say(words),
        }))}
        chosen={[typed]}
      />
    )
  const type = setting.kind === 'number' ? 'number' : setting.kind === 'email' ? 'email' : 'text'
  return (
    <Field
      state={state}
      name="value"
      label={say(setting.label)}
      hint={hint}
      type={type}
      value={typed}
      optional={setting.kind !== 'number'}
    />
  )
}

function History({ state, seen }: FormProps): VNode | null {
  const { say } = state
  const { setting, history, from, version } = seen
  if (history.length === 0) return null
  const unset = say({ fr: 'comme si personne ne l’avait réglé', en: 'as if nobody had set it' })
  const sayPast = (one: (typeof history)[number] | undefined) =>
    one?.value === undefined ? unset : sayValue(say, setting, one.value)
  return (
    <>
      <h2>{say({ fr: 'Ce qui a été réglé', en: 'What was set' })}</h2>
      <Table
        caption={say({ fr: 'Ce qui a été réglé', en: 'What was set' })}
        quiet
        head={[
          say({ fr: 'Le', en: 'On' }),
          say({ fr: 'Valeur', en: 'Value' }),
          say({ fr: 'Par', en: 'By' }),
        ]}
        rows={history.map((one) => [
          say.instant(one.at),
          sayPast(one),
          one.by ?? say({ fr: 'la ligne de commande', en: 'the command line' }),
        ])}
        empty=""
      />
      {from === 'environment' ? null : (
        <Form state={{ ...state, problem: undefined }}>
          <input type="hidden" name="act" value="undo" />
          <input type="hidden" name="version" value={version} />
          <p class="actions">
            <Button kind="secondary">
              {say({ fr: 'Revenir à : ', en: 'Back to: ' })}
              {sayPast(history[1])}
            </Button>
          </p>
        </Form>
      )}
    </>
  )
}
