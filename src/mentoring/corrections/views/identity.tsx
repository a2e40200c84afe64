import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { FIELD_WORDS } from '../fields.data.js'
import type { IdentityView, RequestView } from '../see-corrections.js'
import { CORRECTIONS_TITLE } from './corrections.js'
import { Said } from './request-parts.js'

type Props = { asked: Asked; view: IdentityView }

/** Who a student is, to be corrected; what was asked, and what it was before. */
export function IdentityPage({ asked, view }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const way = [
    { href: '/corrections', title: say(CORRECTIONS_TITLE) },
    { href: `/students/${view.studentId}`, title: view.name },
  ]
  const open = view.requests.filter(({ answered }) => !answered)
  const done = view.requests.filter(({ answered }) => answered)
  return (
    <Frame
      asked={asked}
      title={say({ fr: 'Identité d’un élève', en: 'Identity of a student' })}
      way={way}
    >
      {open.map((one) => (
        <section class="sheet" key={one.id}>
          <Said say={say} request={one} />
        </section>
      ))}
      <Correct state={stateOf(state, 'correct')} view={view} open={open} />
      {open.length > 0 ? <Refuse state={stateOf(state, 'refuse')} open={open} /> : null}
      <Changes say={say} view={view} />
      {done.length > 0 ? (
        <h2>{say({ fr: 'Demandes traitées', en: 'Answered requests' })}</h2>
      ) : null}
      {done.map((one) => (
        <section class="sheet" key={one.id}>
          <Said say={say} request={one} />
        </section>
      ))}
    </Frame>
  )
}

function stateOf(state: FormState, act: string): FormState {
  return state.problem?.values['act'] === act ? state : { ...state, problem: undefined }
}

type FormProps = { state: FormState; open: readonly RequestView[] }

function Correct({ state, view, open }: FormProps & { view: IdentityView }): VNode {
  const { say } = state
  const { now } = view
  return (
    <>
      <h2>{say({ fr: 'Corriger', en: 'Correct' })}</h2>
      <Form state={state}>
        <input type="hidden" name="act" value="correct" />
        <input type="hidden" name="changes" value={String(view.changes.length)} />
        <Field
          {...{ state, name: 'givenName', value: now.givenName }}
          label={say({ fr: 'Prénom', en: 'Given name' })}
        />
        <Field
          {...{ state, name: 'familyName', value: now.familyName }}
          label={say({ fr: 'Nom de famille', en: 'Family name' })}
        />
        <Field
          {...{ state, name: 'birthDate', value: now.birthDate, type: 'date' }}
          label={say({ fr: 'Date de naissance', en: 'Birth date' })}
        />
        <Select
          {...{ state, name: 'sex', value: now.sex }}
          label={say({ fr: 'Sexe, pour des totaux', en: 'Sex, for totals' })}
          options={[
            { value: '', label: say({ fr: 'inconnu', en: 'unknown' }) },
            { value: 'F', label: say({ fr: 'féminin', en: 'female' }) },
            { value: 'M', label: say({ fr: 'masculin', en: 'male' }) },
          ]}
        />
        <Field
          {...{ state, name: 'ine', optional: true }}
          label={say({ fr: 'INE', en: 'INE' })}
          hint={say({
            fr: 'À remplir s’il était faux : le service n’en garde qu’une empreinte et ne peut pas le montrer.',
            en: 'To be filled in if it was wrong: the service keeps a fingerprint of it only, and can’t show it.',
          })}
        />
        {open.length > 0 ? <Which state={state} name="requestId" open={open} optional /> : null}
        <Why state={state} name="reason" />
        <Button>{say({ fr: 'Enregistrer la correction', en: 'Save the correction' })}</Button>
      </Form>
    </>
  )
}

function Refuse({ state, open }: FormProps): VNode {
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Refuser', en: 'Refuse' })}</h2>
      <Form state={state}>
        <input type="hidden" name="act" value="refuse" />
        <Which state={state} name="refusedId" open={open} />
        <Why state={state} name="refusal" />
        <Button kind="secondary">
          {say({ fr: 'Refuser la correction', en: 'Refuse the correction' })}
        </Button>
      </Form>
    </>
  )
}

type Named = { name: string }

function Which({ state, name, open, optional }: FormProps & Named & { optional?: boolean }): VNode {
  const { say } = state
  const none = { value: '', label: say({ fr: 'aucune demande', en: 'no request' }) }
  return (
    <Select
      state={state}
      name={name}
      label={say({ fr: 'En réponse à', en: 'In answer to' })}
      value={open[0]?.id ?? ''}
      options={[
        ...open.map(({ id, field, madeOn }) => ({
          value: id,
          label: `${say(FIELD_WORDS[field])}, ${say.day(madeOn)}`,
        })),
        ...(optional ? [none] : []),
      ]}
    />
  )
}

function Why({ state, name }: { state: FormState } & Named): VNode {
  const { say } = state
  return (
    <Field
      state={state}
      name={name}
      type="textarea"
      rows={3}
      label={say({ fr: 'Pourquoi', en: 'Why' })}
      hint={say({
        fr: 'Par exemple : d’après la carte d’identité. L’élève lira la réponse à sa demande.',
        en: 'For example: by the identity card. The student will read the answer to their request.',
      })}
    />
  )
}

function Changes({ say, view }: { say: Say; view: IdentityView }): VNode {
  const sexes: Readonly<Record<string, string>> = {
    F: say({ fr: 'féminin', en: 'female' }),
    M: say({ fr: 'masculin', en: 'male' }),
    '': say({ fr: 'inconnu', en: 'unknown' }),
  }
  const shown = ({ field, before }: IdentityView['changes'][number]) => {
    if (before === undefined) return say({ fr: 'un autre numéro', en: 'another number' })
    if (field === 'sex') return sexes[before] ?? before
    return field === 'birthDate' ? say.day(before) : before
  }
  return (
    <>
      <h2>{say({ fr: 'Ce que c’était', en: 'What it was' })}</h2>
      <Table
        caption={say({ fr: 'Ce qui a été corrigé', en: 'What was corrected' })}
        head={[
          say({ fr: 'Quoi', en: 'What' }),
          say({ fr: 'Avant', en: 'Before' }),
          say({ fr: 'Le', en: 'On' }),
          say({ fr: 'Par', en: 'By' }),
          say({ fr: 'Pourquoi', en: 'Why' }),
        ]}
        rows={view.changes.map((one) => [
          say(FIELD_WORDS[one.field]),
          shown(one),
          say.day(one.on),
          one.byName,
          one.reason,
        ])}
        empty={say({ fr: 'Rien n’a été corrigé.', en: 'Nothing was corrected.' })}
      />
    </>
  )
}
