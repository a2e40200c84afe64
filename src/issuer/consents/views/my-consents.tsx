import type { VNode } from 'preact'
import type { AskedOnce } from '../../../mentoring/consents/ask-guardian.js'
import {
  ASKINGS,
  INFORMATION,
  PURPOSES,
  type Purpose,
} from '../../../mentoring/consents/purposes.data.js'
import { ownWords } from '../../../mentoring/consents/said.js'
import type { ConsentState, ConsentsView } from '../../../mentoring/consents/see-consents.js'
import type { Voice } from '../../../mentoring/consents/standing.js'
import { formStateOf, Frame, type Asked } from '../../../mentoring/views/frame.js'
import { Table } from '../../../web/components/blocks.js'
import { Button, ErrorSummary, Form, type FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import type { BadgeChoice } from '../badge-choices.js'
import { guardianName, Guardians } from './ask.js'
import {
  AskingText,
  badgeName,
  History,
  ObjectPart,
  OnceCode,
  standingText,
  stateFor,
  type Called,
} from './parts.js'

type Props = {
  asked: Asked
  view: ConsentsView
  badges: readonly BadgeChoice[]
  /** Of the link that a guardian was just sent. */
  made?: AskedOnce
}

/** What a student agrees to, who else must, and how to take it back. */
export function MyConsentsPage({ asked, view, badges, made }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const called = calledFor(say, view)
  const way = [{ href: '/my-record', title: say({ fr: 'Mon parcours', en: 'My record' }) }]
  return (
    <Frame asked={asked} title={say({ fr: 'Mes accords', en: 'My consents' })} way={way}>
      {made === undefined ? null : <OnceCode say={say} made={made} />}
      <ErrorSummary state={stateFor(state, 'say')} />
      <p>{say(view.isJoint ? JOINTLY : ALONE)}</p>
      {PURPOSES.map((purpose) => (
        <PurposePart key={purpose} {...{ state, purpose, view, badges, called }} />
      ))}
      {view.isJoint ? <Guardians state={state} view={view} badges={badges} /> : null}
      <Information state={state} view={view} />
      <ObjectPart state={state} objections={view.objections} />
      <h2>{say({ fr: 'Historique', en: 'History' })}</h2>
      <History say={say} records={view.records} badges={badges} called={called} />
    </Frame>
  )
}

const JOINTLY = {
  fr: 'Tout est sur « non » tant que personne n’a dit oui. Vous avez moins de 15 ans : il faut votre accord et celui d’un de vos responsables légaux. Un seul « non » suffit pour que rien ne soit montré.',
  en: 'Everything is off as long as nobody has said yes. You are under 15: it takes your agreement and that of one of your guardians. A single no is enough for nothing to be shown.',
}
const ALONE = {
  fr: 'Tout est sur « non » tant que vous n’avez pas dit oui. Vous avez 15 ans ou plus : vous décidez seul, et pouvez changer d’avis quand vous voulez.',
  en: 'Everything is off as long as you have not said yes. You are 15 or older: you decide alone, and may change your mind at any time.',
}

function calledFor(say: Say, { guardians }: ConsentsView): Called {
  return (voice: Voice) => {
    if (voice === 'student') return say({ fr: 'vous', en: 'you' })
    if (voice === 'paper') {
      return say({ fr: 'un responsable légal, sur papier', en: 'a guardian, on paper' })
    }
    const at = guardians.findIndex(({ rowId }) => rowId === voice)
    return at < 0
      ? say({ fr: 'un ancien responsable légal', en: 'a former guardian' })
      : guardianName(say, at)
  }
}

type PartProps = {
  state: FormState
  purpose: Purpose
  view: ConsentsView
  badges: readonly BadgeChoice[]
  called: Called
}

function PurposePart({ state, purpose, view, badges, called }: PartProps): VNode {
  const { say } = state
  const spoken = new Set(
    view.records.filter((one) => one.purpose === purpose).map(({ badge_id }) => badge_id),
  )
  // Any badge may be shown by itself; for the rest, those of which something was said.
  const shown = view.states.filter(
    ({ purpose: of, badgeId }) =>
      of === purpose && (badgeId === null || purpose === 'public-page' || spoken.has(badgeId)),
  )
  return (
    <>
      <h2>{say(ASKINGS[purpose].title)}</h2>
      <AskingText say={say} purpose={purpose} />
      <Table
        quiet
        caption={say(ASKINGS[purpose].title)}
        head={[
          say({ fr: 'Pour', en: 'For' }),
          say({ fr: 'État', en: 'State' }),
          say({ fr: 'Ma réponse', en: 'My answer' }),
        ]}
        rows={shown.map((one) => [
          badgeName(say, badges, one.badgeId),
          standingText(say, one.standing, called),
          <Answers state={state} of={one} view={view} badges={badges} />,
        ])}
        empty=""
      />
    </>
  )
}

type AnswersProps = {
  state: FormState
  of: ConsentState
  view: ConsentsView
  badges: readonly BadgeChoice[]
}

/** What may be answered now: whoever has agreed may take it back. */
function Answers({ state, of, view, badges }: AnswersProps): VNode {
  const { say } = state
  const { purpose, badgeId } = of
  const { about: mine, within } = ownWords(view.records, of)
  const isYes = mine?.answer === 'agreed' && !isAskedOfMe(of)
  // A badge that was agreed to since is refused by saying it again.
  const isNo = mine?.answer === 'refused' && mine === within
  const about = `${say(ASKINGS[purpose].title)}, ${badgeName(say, badges, badgeId)}`
  return (
    <Form state={{ ...state, problem: undefined }}>
      <input type="hidden" name="act" value="say" />
      <input type="hidden" name="purpose" value={purpose} />
      <input
        type="hidden"
        name="badgeId"
        value={badges.find(({ rowId }) => rowId === badgeId)?.id ?? ''}
      />
      {isYes ? (
        <Button kind="secondary" name="answer" value="withdrawn">
          {say({ fr: 'Retirer mon accord', en: 'Withdraw my agreement' })}
          <span class="visually-hidden"> ({about})</span>
        </Button>
      ) : (
        <Button kind="secondary" name="answer" value="agreed">
          {say({ fr: 'Je suis d’accord', en: 'I agree' })}
          <span class="visually-hidden"> ({about})</span>
        </Button>
      )}{' '}
      {isYes || isNo ? null : (
        <Button kind="quiet" name="answer" value="refused">
          {say({ fr: 'Non', en: 'No' })}
          <span class="visually-hidden"> ({about})</span>
        </Button>
      )}
    </Form>
  )
}

/** A yes of before that counts no more is asked anew. */
function isAskedOfMe({ standing }: ConsentState): boolean {
  const asks = standing.state === 'waiting' || standing.state === 'expired'
  return asks && standing.who.includes('student')
}

/** What is told, and takes no agreement. */
function Information({ state, view }: Pick<PartProps, 'state' | 'view'>): VNode {
  const { say } = state
  const read = view.records.find(
    (one) => one.purpose === 'information' && one.capacity === 'student',
  )
  return (
    <>
      <h2>{say(INFORMATION.title)}</h2>
      <p>{say(INFORMATION.text)}</p>
      {read ? (
        <p class="soft">
          {say({ fr: `Lu le ${say.day(read.day)}.`, en: `Read on ${say.day(read.day)}.` })}
        </p>
      ) : (
        <Form state={{ ...state, problem: undefined }}>
          <input type="hidden" name="act" value="say" />
          <input type="hidden" name="purpose" value="information" />
          <Button kind="secondary" name="answer" value="read">
            {say({ fr: 'J’ai lu', en: 'I have read this' })}
          </Button>
        </Form>
      )}
    </>
  )
}
