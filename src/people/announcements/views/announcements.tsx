import type { VNode } from 'preact'
import { ROLES } from '../../../context.js'
import { Table } from '../../../web/components/blocks.js'
import { Choices } from '../../../web/components/choices.js'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { ROLE_FACTS } from '../../roles.data.js'
import { formStateOf, Sheet, type Asked } from '../../views/sheet.js'
import { MOST_CHARS } from '../announce.js'
import { AUDIENCES, type Announcement, type Audience } from '../rules.js'
import type { AnnouncementLine, AnnouncementsSeen } from '../see-announcements.js'

const TITLE = { fr: 'Annonces', en: 'Notices' }

type ListProps = { asked: Asked; seen: AnnouncementsSeen; today: string }

/** What was announced, and the form for another. */
export function AnnouncementsPage({ asked, seen, today }: ListProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const way = seen.ofPlatform
    ? { href: '/admin/health', title: say({ fr: 'État du service', en: 'Health' }) }
    : { href: '/people', title: say({ fr: 'Personnes', en: 'People' }) }
  return (
    <Sheet asked={asked} title={TITLE} way={[way]}>
      <p>
        {say({
          fr: 'Une annonce se montre en haut des pages de ceux qu’elle concerne, jusqu’à son dernier jour ou jusqu’à ce que chacun l’écarte. Aucun courriel ne part, et aucune page publique ne la montre.',
          en: 'A notice is shown at the top of the pages of those whom it concerns, until its last day or until each puts it away. No mail is sent, and no public page shows it.',
        })}
      </p>
      <Lines state={{ ...state, problem: undefined }} lines={seen.lines} />
      <h2>{say({ fr: 'Écrire une annonce', en: 'Write a notice' })}</h2>
      <NewForm state={state} seen={seen} today={today} />
    </Sheet>
  )
}

function Lines({ state, lines }: { state: FormState; lines: readonly AnnouncementLine[] }): VNode {
  const { say } = state
  return (
    <Table
      caption={say(TITLE)}
      quiet
      head={[
        say({ fr: 'Texte', en: 'Text' }),
        say({ fr: 'De qui, à qui', en: 'From whom, to whom' }),
        say({ fr: 'Du – au', en: 'From – until' }),
        say({ fr: 'État', en: 'State' }),
        say({ fr: 'À faire', en: 'To do' }),
      ]}
      rows={lines.map((one) => [
        say(one.words),
        `${one.school ?? say(PLATFORM)}, ${sayAudience(say, one.audience)}`,
        `${say.day(one.fromDay)} – ${say.day(one.untilDay)}`,
        <LineState say={say} state={one.state} />,
        one.state === 'over' ? (
          '–'
        ) : (
          <Form state={state}>
            <input type="hidden" name="act" value="end" />
            <input type="hidden" name="id" value={one.publicId} />
            <Button kind="secondary">
              {say({ fr: 'Terminer', en: 'End' })}
              <span class="visually-hidden"> : {say(one.words)}</span>
            </Button>
          </Form>
        ),
      ])}
      empty={say({ fr: 'Aucune annonce pour l’instant.', en: 'No notice yet.' })}
    />
  )
}

function LineState({ say, state }: { say: Say; state: AnnouncementLine['state'] }): VNode {
  if (state === 'shown') return <State tone="valid">{say({ fr: 'montrée', en: 'shown' })}</State>
  if (state === 'over') return <span>{say({ fr: 'terminée', en: 'ended' })}</span>
  return <State tone="unknown">{say({ fr: 'à venir', en: 'to come' })}</State>
}

function sayAudience(say: Say, audience: Audience): string {
  if (audience === '*') return say({ fr: 'à tous', en: 'to everybody' })
  if (audience.length === ROLES.length - 1) return say({ fr: 'aux adultes', en: 'to the adults' })
  const roles = audience.map((role) => say(ROLE_FACTS[role].words)).join(', ')
  return say({ fr: `aux rôles : ${roles}`, en: `to the roles: ${roles}` })
}

const PLATFORM = { fr: 'Le service', en: 'The service' }

type NewProps = { state: FormState; seen: AnnouncementsSeen; today: string }

function NewForm({ state, seen: { schools, ofPlatform }, today }: NewProps): VNode {
  const { say } = state
  const most = say.number(MOST_CHARS)
  const hint = say({
    fr: `En texte simple, ${most} caractères au plus, sans nom d’élève.`,
    en: `In plain text, ${most} characters at most, without the name of a student.`,
  })
  return (
    <Form state={state}>
      <input type="hidden" name="act" value="announce" />
      <Select
        state={state}
        name="organisation"
        label={say({ fr: 'Au nom de qui ?', en: 'In whose name?' })}
        options={[
          ...(ofPlatform ? [{ value: '', label: say(PLATFORM) }] : []),
          ...schools.map(({ publicId, name }) => ({ value: publicId, label: name })),
        ]}
      />
      <ToWhom state={state} ofPlatform={ofPlatform} />
      <Field
        state={state}
        name="fr"
        type="textarea"
        rows={3}
        label={say({ fr: 'Texte en français', en: 'Text in French' })}
        hint={hint}
      />
      <Field
        state={state}
        name="en"
        type="textarea"
        rows={3}
        label={say({ fr: 'Texte en anglais', en: 'Text in English' })}
        hint={hint}
      />
      <Field
        state={state}
        name="fromDay"
        type="date"
        label={say({ fr: 'Premier jour', en: 'First day' })}
        value={today}
      />
      <Field
        state={state}
        name="untilDay"
        type="date"
        label={say({ fr: 'Dernier jour', en: 'Last day' })}
      />
      <p class="actions">
        <Button>{say({ fr: 'Publier cette annonce', en: 'Publish this notice' })}</Button>
      </p>
    </Form>
  )
}

function ToWhom({ state, ofPlatform }: { state: FormState; ofPlatform: boolean }): VNode {
  const { say } = state
  const codes = Object.entries(AUDIENCES).filter(([code]) => ofPlatform || code !== 'roles')
  return (
    <>
      <Choices
        state={state}
        name="to"
        legend={say({ fr: 'À qui ?', en: 'To whom?' })}
        kind="one"
        options={codes.map(([value, words]) => ({ value, label: say(words) }))}
        chosen={['staff']}
      />
      {ofPlatform ? (
        <Choices
          state={state}
          name="roles"
          legend={say({ fr: 'Rôles', en: 'Roles' })}
          kind="several"
          options={ROLES.map((value) => ({ value, label: say(ROLE_FACTS[value].words) }))}
        />
      ) : null}
    </>
  )
}

type OneProps = { asked: Asked; announcement: Announcement }

/** One alone, with the button that puts it away: where its form was refused. */
export function AnnouncementPage({ asked, announcement }: OneProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Sheet asked={asked} title={{ fr: 'Annonce', en: 'Notice' }}>
      <p>{say(announcement.words)}</p>
      <Form state={state}>
        <p class="actions">
          <Button kind="secondary">
            {say({ fr: 'Ne plus montrer cette annonce', en: 'Show this notice no more' })}
          </Button>
        </p>
      </Form>
    </Sheet>
  )
}
