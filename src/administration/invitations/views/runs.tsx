import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { FileDrop } from '../../../web/components/choices.js'
import { Button, ErrorSummary, Field, Form, Select } from '../../../web/components/form.js'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { ROLE_FACTS } from '../../../people/roles.data.js'
import { isRole } from '../../../people/store.js'
import { LostMail } from '../../../people/views/lost-mail.js'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import type { Reach } from '../../../people/views/role-fields.js'
import { MOST_INVITED } from '../read-list.js'
import {
  isOpen,
  type InvitationState,
  type InvitedLine,
  type RunLine,
  type RunSeen,
} from '../see-runs.js'

const TITLE = { fr: 'Inviter une liste', en: 'Invite a list' }
const people = (say: Say) => ({ href: '/people', title: say({ fr: 'Personnes', en: 'People' }) })

type StartProps = {
  asked: Asked
  seen: Readonly<{ runs: readonly RunLine[]; reach: Reach }>
}

/** Where a list is given, and those that were sent. */
export function StartPage({ asked, seen: { runs, reach } }: StartProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const platform = {
    value: '',
    label: say({ fr: 'La plateforme elle-même', en: 'The platform itself' }),
  }
  return (
    <Sheet asked={asked} title={TITLE} way={[people(say)]}>
      <p>
        {say({
          fr: `Une personne par ligne : prénom, nom, adresse, rôle en mots et, si besoin, fonction. ${MOST_INVITED} personnes au plus. Vous verrez d’abord ce qui serait fait ; rien ne l’est avant votre accord.`,
          en: `One person a line: given name, family name, address, role in words and, where needed, function. ${MOST_INVITED} people at most. You first see what would be done; nothing is before you agree.`,
        })}
      </p>
      <Form state={state} files>
        <Select
          state={state}
          name="organisation"
          label={say({ fr: 'Où', en: 'Where' })}
          options={[
            ...reach.organisations.map(({ publicId, name }) => ({ value: publicId, label: name })),
            ...(reach.platform ? [platform] : []),
          ]}
        />
        <Field
          state={state}
          name="lines"
          type="textarea"
          rows={6}
          label={say({ fr: 'Lignes', en: 'Lines' })}
          hint={say({
            fr: 'Par exemple : Camille ; Martin ; camille.martin@lycee.example ; approbateur ; proviseure adjointe',
            en: 'For example: Camille ; Martin ; camille.martin@lycee.example ; approver ; deputy head',
          })}
          optional="either"
        />
        <FileDrop
          state={state}
          name="file"
          label={say({ fr: 'Ou un fichier CSV', en: 'Or a CSV file' })}
          hint={say({
            fr: 'Séparé par « ; », « , » ou des tabulations. La première ligne nomme les colonnes : prénom, nom, adresse, rôle, fonction',
            en: 'Separated by “;”, “,” or tabs. The first line names the columns: given name, family name, address, role, function',
          })}
          accept=".csv,.txt"
          optional="either"
        />
        <p class="actions">
          <Button>{say({ fr: 'Voir ce qui serait envoyé', en: 'See what would be sent' })}</Button>
        </p>
      </Form>
      <h2>{say({ fr: 'Listes envoyées', en: 'Lists that were sent' })}</h2>
      <Runs say={say} runs={runs} />
    </Sheet>
  )
}

function Runs({ say, runs }: { say: Say; runs: readonly RunLine[] }): VNode {
  return (
    <Table
      caption={say({ fr: 'Listes envoyées', en: 'Lists that were sent' })}
      quiet
      head={[
        say({ fr: 'Le', en: 'On' }),
        say({ fr: 'Où', en: 'Where' }),
        say({ fr: 'Personnes', en: 'People' }),
      ]}
      rows={runs.map(({ publicId, madeAt, organisation, count }) => [
        <a href={`/invitations/${publicId}`}>{say.instant(madeAt)}</a>,
        organisation ?? say({ fr: 'La plateforme', en: 'The platform' }),
        say.number(count),
      ])}
      empty={say({ fr: 'Aucune pour l’instant.', en: 'None yet.' })}
    />
  )
}

type RunProps = { asked: Asked; seen: RunSeen }

/** One list that was sent: who has come in, and what may still be done for the others. */
export function RunPage({ asked, seen: { run, organisation, lines } }: RunProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const where = organisation?.name ?? say({ fr: 'la plateforme', en: 'the platform' })
  const open = lines.some(isOpen)
  const accepted = lines.filter((line) => line.state === 'accepted').length
  return (
    <Sheet
      asked={asked}
      title={{ fr: 'Invitations envoyées', en: 'Invitations that were sent' }}
      way={[people(say), { href: '/invitations', title: say(TITLE) }]}
    >
      <p>
        <strong>{where}</strong>, {say.instant(run.made_at)}.{' '}
        {say({
          fr: `Arrivés : ${accepted} sur ${lines.length}.`,
          en: `Come in: ${accepted} of ${lines.length}.`,
        })}{' '}
        {say({
          fr: 'Quelqu’un de votre liste manque ici ? Il avait déjà ce rôle, ou l’administrateur de la plateforme peut seul le lui donner.',
          en: 'Is somebody of your list missing here? They had this role already, or only the platform’s administrator can give it to them.',
        })}
      </p>
      {open ? (
        <Form state={state}>
          <Lines say={say} lines={lines} />
          <p class="actions">
            <Button name="act" value="again">
              {say({ fr: 'Envoyer de nouveau aux cochés', en: 'Send again to those ticked' })}
            </Button>
            <Button kind="danger" name="act" value="withdraw">
              {say({ fr: 'Retirer l’invitation des cochés', en: 'Withdraw that of those ticked' })}
            </Button>
          </p>
        </Form>
      ) : (
        <>
          <ErrorSummary state={state} />
          <Lines say={say} lines={lines} />
        </>
      )}
    </Sheet>
  )
}

function Lines({ say, lines }: { say: Say; lines: readonly InvitedLine[] }): VNode {
  return (
    <Table
      caption={say({ fr: 'Personnes invitées', en: 'People invited' })}
      quiet
      head={[
        say({ fr: 'Nom', en: 'Name' }),
        say({ fr: 'Adresse électronique', en: 'E-mail address' }),
        say({ fr: 'Rôle', en: 'Role' }),
        say({ fr: 'Fonction', en: 'Function' }),
        say({ fr: 'État', en: 'State' }),
      ]}
      rows={lines.map((line, at) => [
        <Chosen line={line} isFirst={at === lines.findIndex(isOpen)} />,
        line.email ?? '–',
        isRole(line.role) ? say(ROLE_FACTS[line.role].words) : '–',
        line.function ?? '–',
        <>
          <InvitedState say={say} state={line.state} />
          <Unreached say={say} line={line} />
        </>,
      ])}
      empty=""
    />
  )
}

/** With the way to its cure. */
function Unreached({ say, line }: { say: Say; line: InvitedLine }): VNode | null {
  if (line.unreached === undefined) return null
  const words = { fr: 'Corriger l’adresse', en: 'Correct the address' }
  return (
    <>
      <LostMail say={say} why={line.unreached} />{' '}
      <a href={`/people/${line.publicId}`}>
        {say(words)}
        <span class="visually-hidden"> : {line.name}</span>
      </a>
    </>
  )
}

/** The link of an error leads to the first box. */
function Chosen({ line, isFirst }: { line: InvitedLine; isFirst: boolean }): VNode {
  if (!isOpen(line)) return <a href={`/people/${line.publicId}`}>{line.name}</a>
  return (
    <label class="choice">
      <input
        type="checkbox"
        name="people"
        value={line.publicId}
        {...(isFirst ? { id: 'field-people' } : {})}
      />
      <span>{line.name}</span>
    </label>
  )
}

function InvitedState({ say, state }: { say: Say; state: InvitationState }): VNode {
  const words = say(STATES[state])
  if (state === 'accepted') return <State tone="valid">{words}</State>
  return <State tone={state === 'sent' ? 'unknown' : 'invalid'}>{words}</State>
}

const STATES = {
  accepted: { fr: 'arrivé', en: 'come in' },
  sent: { fr: 'envoyée, attend', en: 'sent, waits' },
  expired: { fr: 'échue', en: 'expired' },
  withdrawn: { fr: 'retirée', en: 'withdrawn' },
  disabled: { fr: 'compte désactivé', en: 'account disabled' },
} as const satisfies Record<InvitationState, { fr: string; en: string }>
