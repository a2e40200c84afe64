import type { VNode } from 'preact'
import type { RequestView } from '../../../mentoring/corrections/see-corrections.js'
import { CorrectionPart } from '../../../mentoring/corrections/views/request-parts.js'
import { Notice, Table } from '../../../web/components/blocks.js'
import { Choices } from '../../../web/components/choices.js'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import { sayIn } from '../../../web/say.js'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import type { Words } from '../../../words.js'
import { REFUSAL_CODES, REFUSALS } from '../refusals.data.js'
import type { OpenRequest, RequestState, RightsView } from '../see-rights.js'

const STATES: Readonly<Record<RequestState, Words>> = {
  asked: {
    fr: 'Une demande d’effacement attend la direction du lycée.',
    en: 'A request for erasure waits for the school’s management.',
  },
  agreed: {
    fr: 'Une personne de la direction est d’accord ; une deuxième personne du lycée doit l’être aussi.',
    en: 'One person of the management agrees; a second person of the school must, too.',
  },
  decided: {
    fr: 'Deux personnes du lycée sont d’accord : l’effacement est en cours. Il ne peut plus être arrêté.',
    en: 'Two persons of the school agree: the erasure is under way. It can no longer be stopped.',
  },
  refused: {
    fr: 'La dernière demande d’effacement a été refusée.',
    en: 'The last request for erasure was refused.',
  },
  withdrawn: {
    fr: 'La dernière demande d’effacement a été retirée.',
    en: 'The last request for erasure was withdrawn.',
  },
  erased: { fr: 'L’effacement est fait.', en: 'The erasure is done.' },
}

const OWN = { fr: 'Mes données', en: 'My data' }
const OF_STUDENT = { fr: 'Données d’un élève', en: 'Data of a student' }

/** What is held of a student, and what may be asked: for the student, or for staff. */
export function RightsPage(props: {
  asked: Asked
  view: RightsView
  own: boolean
  /** Of the student who looks at their own. */
  corrections?: readonly RequestView[]
}): VNode {
  const { asked, view, own } = props
  const state = formStateOf(asked)
  const { say } = state
  const way = own
    ? [{ href: '/my-record', title: say({ fr: 'Mon parcours', en: 'My record' }) }]
    : [
        {
          href: '/erasures',
          title: say({ fr: 'Demandes d’effacement', en: 'Requests for erasure' }),
        },
        { href: `/students/${view.studentId}`, title: view.name },
      ]
  return (
    <Sheet asked={asked} title={own ? OWN : OF_STUDENT} way={way}>
      {view.mayCopy ? <Copy state={state} view={view} own={own} /> : null}
      {props.corrections ? <CorrectionPart state={state} requests={props.corrections} /> : null}
      <h2>{say({ fr: 'Effacement', en: 'Erasure' })}</h2>
      <Standing state={state} view={view} />
      {view.mayAsk ? <Ask state={state} own={own} /> : null}
      {view.mayWithdraw ? (
        <Form state={state}>
          <Button kind="secondary" name="do" value="withdraw">
            {say({ fr: 'Retirer ma demande', en: 'Withdraw my request' })}
          </Button>
        </Form>
      ) : null}
      {own ? null : <Decide state={state} view={view} />}
    </Sheet>
  )
}

type PartProps = { state: FormState; view: RightsView }

function Copy({ state, view, own }: PartProps & { own: boolean }): VNode {
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Copie des données', en: 'Copy of the data' })}</h2>
      <p>
        {own
          ? say({
              fr: 'Tout ce que le service garde sur vous, dans une archive : une page à lire, un fichier pour les programmes, et vos badges tels qu’ils ont été signés.',
              en: 'Everything that the service keeps about you, in one archive: a page to read (in French), a file for programs, and your badges as they were signed.',
            })
          : say({
              fr: 'À la demande de l’élève ou de ses parents seulement. Chaque copie est inscrite dans la preuve des actions.',
              en: 'Only when the student or their parents ask for it. Each copy is a line in the proof of actions.',
            })}
      </p>
      <Form
        state={{ ...state, problem: undefined }}
        action={own ? '/my-data/copy' : `/students/${view.studentId}/data/copy`}
      >
        <Button>
          {say({ fr: 'Télécharger l’archive (ZIP)', en: 'Download the archive (ZIP)' })}
        </Button>
      </Form>
    </>
  )
}

function Standing({ state: { say }, view: { request } }: PartProps): VNode | null {
  if (!request) return null
  const code = REFUSAL_CODES.find((known) => known === request.refusal_code)
  return (
    <Notice kind="info">
      <p>{say(STATES[request.state])}</p>
      <p>
        {request.badges === 'keep'
          ? say({
              fr: 'Les badges délivrés resteraient valables.',
              en: 'The issued badges would stay valid.',
            })
          : say({
              fr: 'Les badges délivrés seraient révoqués.',
              en: 'The issued badges would be revoked.',
            })}
      </p>
      {code ? (
        <p>
          {say(REFUSALS[code])}
          {say({ fr: ' : ', en: ': ' })}
          {request.refusal_reason}
        </p>
      ) : null}
    </Notice>
  )
}

function Ask({ state, own }: { state: FormState; own: boolean }): VNode {
  const { say } = state
  return (
    <>
      <p>
        {say({
          fr: 'L’effacement retire du service le nom, la date de naissance, le compte, les dossiers, les liens de partage et les appréciations. Restent des chiffres sans nom, et dans la preuve des actions des numéros que plus rien ici ne relie à une personne. Deux personnes du lycée en décident ; il peut le refuser si la loi l’oblige à garder. C’est définitif. Le compte reste si un autre dossier ou une autre fonction en a besoin. Les copies d’un badge déjà données ne peuvent pas être rappelées.',
          en: 'The erasure removes the name, the birth date, the account, the dossiers, the sharing links and the assessments from the service. What stays are figures without a name, and in the proof of actions numbers that nothing here ties to a person any more. Two persons of the school decide; it may refuse where the law requires it to keep. It is final. The account stays if another record or another function needs it. Copies of a badge already given cannot be called back.',
        })}
      </p>
      <Form state={state}>
        <input type="hidden" name="do" value="ask" />
        <Choices
          state={state}
          name="badges"
          kind="one"
          legend={say({ fr: 'Les badges déjà délivrés', en: 'The badges already issued' })}
          options={[
            {
              value: 'keep',
              label: say({
                fr: 'Restent valables : enregistrez leurs fichiers avant, le service ne les aura plus',
                en: 'Stay valid: save their files before, the service will no longer have them',
              }),
            },
            {
              value: 'revoke',
              label: say({ fr: 'Sont révoqués, pour toujours', en: 'Are revoked, for good' }),
            },
          ]}
        />
        <Button kind="secondary">
          {own
            ? say({ fr: 'Demander l’effacement', en: 'Ask for the erasure' })
            : say({ fr: 'Noter la demande d’effacement', en: 'Record the request for erasure' })}
        </Button>
      </Form>
    </>
  )
}

function Decide({ state, view }: PartProps): VNode | null {
  const { say } = state
  if (!view.mayAgree && !view.maySecond) return null
  return (
    <>
      {view.mayAgree && view.request?.state === 'asked' ? (
        <Form state={state}>
          <Button name="do" value="agree">
            {say({ fr: 'Donner le premier accord', en: 'Give the first agreement' })}
          </Button>
        </Form>
      ) : null}
      {view.maySecond ? (
        <Form state={state}>
          <Button name="do" value="second">
            {say({
              fr: 'Donner le second accord : effacer pour toujours',
              en: 'Give the second agreement: erase for good',
            })}
          </Button>
        </Form>
      ) : null}
      {view.mayAgree ? <Refuse state={state} /> : null}
    </>
  )
}

function Refuse({ state }: { state: FormState }): VNode {
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Refuser', en: 'Refuse' })}</h2>
      <Form state={state}>
        <input type="hidden" name="do" value="refuse" />
        <Select
          state={state}
          name="code"
          label={say({ fr: 'Motif', en: 'Ground' })}
          options={REFUSAL_CODES.map((value) => ({ value, label: say(REFUSALS[value]) }))}
        />
        <Field
          state={state}
          name="reason"
          type="textarea"
          rows={3}
          label={say({ fr: 'Explication', en: 'Explanation' })}
          hint={say({ fr: 'L’élève la lira.', en: 'The student will read it.' })}
        />
        <Button kind="secondary">
          {say({ fr: 'Refuser la demande', en: 'Refuse the request' })}
        </Button>
      </Form>
    </>
  )
}

/** Requests that wait in a school. */
export function ErasuresPage(props: { asked: Asked; requests: readonly OpenRequest[] }): VNode {
  const say = sayIn(props.asked.visitor.language)
  return (
    <Sheet asked={props.asked} title={{ fr: 'Demandes d’effacement', en: 'Requests for erasure' }}>
      <Table
        caption={say({ fr: 'En attente d’une décision', en: 'Waiting for a decision' })}
        head={[
          say({ fr: 'Élève', en: 'Student' }),
          say({ fr: 'Demandé le', en: 'Asked on' }),
          say({ fr: 'État', en: 'State' }),
        ]}
        rows={props.requests.map(({ studentId, name, askedAt, state }) => [
          <a href={`/students/${studentId}/data`}>{name}</a>,
          say.day(askedAt.slice(0, 10)),
          say(STATES[state]),
        ])}
        empty={say({ fr: 'Aucune demande n’attend.', en: 'No request is waiting.' })}
      />
    </Sheet>
  )
}
