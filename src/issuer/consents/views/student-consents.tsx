import type { VNode } from 'preact'
import type { AskedOnce } from '../../../mentoring/consents/ask-guardian.js'
import { ASKINGS } from '../../../mentoring/consents/purposes.data.js'
import type { ConsentsView } from '../../../mentoring/consents/see-consents.js'
import { MAX_GUARDIANS } from '../../../mentoring/consents/guardians.js'
import { formStateOf, Frame, type Asked } from '../../../mentoring/views/frame.js'
import { Table } from '../../../web/components/blocks.js'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import type { BadgeChoice } from '../badge-choices.js'
import { AskFields } from './ask.js'
import { Paper } from './paper.js'
import { badgeName, History, OnceCode, standingText, stateFor, type Called } from './parts.js'

type Props = {
  asked: Asked
  view: ConsentsView
  badges: readonly BadgeChoice[]
  made?: AskedOnce
}

/** The consents of a student, for the staff of their school. */
export function StudentConsentsPage({ asked, view, badges, made }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const called = calledFor(say, view)
  const way = [
    { href: '/cohorts', title: say({ fr: 'Cohortes', en: 'Cohorts' }) },
    { href: `/students/${view.student.id}`, title: view.student.name },
  ]
  return (
    <Frame asked={asked} title={say({ fr: 'Accords', en: 'Consents' })} way={way}>
      {made === undefined ? null : <OnceCode say={say} made={made} />}
      <p>{say(view.isJoint ? JOINTLY : ALONE)}</p>
      <States say={say} view={view} badges={badges} called={called} />
      {view.isAdult ? null : <Guardians state={state} view={view} />}
      {view.isJoint && view.guardians.length > 0 ? (
        <Ask state={stateFor(state, 'ask')} view={view} badges={badges} />
      ) : null}
      <Paper state={stateFor(state, 'paper')} view={view} badges={badges} />
      <h2>{say({ fr: 'Historique', en: 'History' })}</h2>
      <History say={say} records={view.records} badges={badges} called={called} />
      <p>
        <a href="/objections">
          {say({ fr: 'Oppositions des élèves du lycée', en: 'Objections of the lycée’s students' })}
        </a>
      </p>
    </Frame>
  )
}

const JOINTLY = {
  fr: 'Moins de 15 ans : il faut l’accord de l’élève et celui d’un responsable légal. Un refus de l’un d’eux suffit.',
  en: 'Under 15: it takes the agreement of the student and of one guardian. A refusal of any of them is enough.',
}
const ALONE = {
  fr: '15 ans ou plus : l’élève décide seul.',
  en: '15 or older: the student decides alone.',
}

function calledFor(say: Say, { guardians }: ConsentsView): Called {
  return (voice) => {
    if (voice === 'student') return say({ fr: 'l’élève', en: 'the student' })
    if (voice === 'paper') {
      return say({ fr: 'un responsable légal, sur papier', en: 'a guardian, on paper' })
    }
    const known = guardians.find(({ rowId }) => rowId === voice)
    return known?.name ?? say({ fr: 'un ancien responsable légal', en: 'a former guardian' })
  }
}

function States({
  say,
  view,
  badges,
  called,
}: { say: Say; called: Called } & Omit<Props, 'asked' | 'made'>): VNode {
  return (
    <Table
      caption={say({ fr: 'Ce qui vaut aujourd’hui', en: 'What holds today' })}
      head={[
        say({ fr: 'Quoi', en: 'What' }),
        say({ fr: 'Pour', en: 'For' }),
        say({ fr: 'État', en: 'State' }),
      ]}
      rows={view.states.map(({ purpose, badgeId, standing }) => [
        say(ASKINGS[purpose].title),
        badgeName(say, badges, badgeId),
        standingText(say, standing, called),
      ])}
      empty=""
    />
  )
}

function Guardians({ state, view }: { state: FormState; view: ConsentsView }): VNode {
  const { say } = state
  const quiet = { ...state, problem: undefined }
  return (
    <>
      <h2>{say({ fr: 'Responsables légaux', en: 'Guardians' })}</h2>
      <Table
        quiet
        caption={say({ fr: 'Responsables légaux', en: 'Guardians' })}
        head={[
          say({ fr: 'Nom', en: 'Name' }),
          say({ fr: 'Adresse', en: 'Address' }),
          say({ fr: 'Retirer', en: 'Take off' }),
        ]}
        rows={view.guardians.map(({ id, name, email }) => [
          name,
          email,
          <details>
            <summary>
              {say({ fr: 'Retirer', en: 'Take off' })}
              <span class="visually-hidden"> {name}</span>
            </summary>
            <p>
              {say({
                fr: 'Son nom et son adresse seront effacés, et son accord ne comptera plus.',
                en: 'Their name and address will be erased, and their agreement will count no more.',
              })}
            </p>
            <Form state={quiet}>
              <input type="hidden" name="act" value="remove" />
              <Button kind="danger" name="guardianId" value={id}>
                {say({ fr: 'Retirer cette personne', en: 'Take this person off' })}
              </Button>
            </Form>
          </details>,
        ])}
        empty={say({
          fr: 'Aucun responsable légal connu : l’accord se recueille sur papier.',
          en: 'No guardian known: the agreement is taken on paper.',
        })}
      />
      {view.guardians.length < MAX_GUARDIANS ? <Add state={stateFor(state, 'add')} /> : null}
    </>
  )
}

function Add({ state }: { state: FormState }): VNode {
  const { say } = state
  return (
    <details {...(state.problem ? { open: true } : {})}>
      <summary>{say({ fr: 'Ajouter un responsable légal', en: 'Add a guardian' })}</summary>
      <Form state={state}>
        <input type="hidden" name="act" value="add" />
        <Field state={state} name="name" label={say({ fr: 'Nom', en: 'Name' })} />
        <Field
          state={state}
          name="email"
          type="email"
          label={say({ fr: 'Adresse électronique', en: 'E-mail address' })}
          hint={say({
            fr: 'La sienne : chaque parent a son lien, et aucun ne voit l’adresse de l’autre.',
            en: 'Their own: each parent has a link, and neither sees the other’s address.',
          })}
        />
        <Select
          state={state}
          name="language"
          label={say({ fr: 'Langue des messages', en: 'Language of messages' })}
          options={[
            { value: 'fr', label: 'Français' },
            { value: 'en', label: 'English' },
          ]}
        />
        <Button kind="secondary">
          {say({ fr: 'Ajouter ce responsable légal', en: 'Add this guardian' })}
        </Button>
      </Form>
    </details>
  )
}

function Ask({
  state,
  view,
  badges,
}: { state: FormState } & Pick<Props, 'view' | 'badges'>): VNode {
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Demander par courriel', en: 'Ask by e-mail' })}</h2>
      <Form state={state}>
        <input type="hidden" name="act" value="ask" />
        <Select
          state={state}
          name="guardianId"
          label={say({ fr: 'À qui', en: 'Whom' })}
          options={view.guardians.map(({ id, name }) => ({ value: id, label: name ?? '' }))}
        />
        <AskFields state={state} badges={badges} />
        <Button kind="secondary">
          {say({
            fr: 'Envoyer le lien et afficher le code',
            en: 'Send the link and show the code',
          })}
        </Button>
      </Form>
    </>
  )
}
