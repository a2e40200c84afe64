import type { VNode } from 'preact'
import { Facts, Table } from '../../../web/components/blocks.js'
import { Button, ButtonLink, Form, type FormState } from '../../../web/components/form.js'
import { Timeline } from '../../../web/components/journey.js'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { wayTo } from '../../cohorts/views/group-title.js'
import { kindWords } from '../../schemes/index.js'
import { warningName } from '../../warning-names.data.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { SessionView } from '../see-session.js'
import { FactState, standingOf } from './facts.js'

/** One session: what it was, who was there, where it stands, and what to do about a mistake. */
export function SessionPage({ asked, view }: { asked: Asked; view: SessionView }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { cohort, mentors } = view
  const title = say({
    fr: `Séance ${say(kindWords(view.kind))} du ${say.day(view.day)}`,
    en: `${say(kindWords(view.kind))} session of ${say.day(view.day)}`,
  })
  const way = wayTo(say, cohort)
  return (
    <Frame asked={asked} title={title} way={way}>
      <Facts
        facts={[
          [say({ fr: 'Sujet', en: 'Topic' }), view.topic],
          [say({ fr: 'Durée', en: 'Duration' }), say.hours(view.minutes)],
          [say({ fr: 'Mentor', en: 'Mentor' }), say.list(mentors.map(({ name }) => name))],
          [say({ fr: 'Organisation', en: 'Organisation' }), view.organisation],
          [say({ fr: 'État', en: 'State' }), <Standing say={say} view={view} />],
          ...(view.disputeReason === null
            ? []
            : [
                [
                  say({ fr: 'Ce que dit le mentor', en: 'What the mentor says' }),
                  view.disputeReason,
                ] as const,
              ]),
        ]}
      />
      <Warnings say={say} view={view} />
      <Actions state={state} view={view} />
      <Table
        caption={say({ fr: 'Élèves présents', en: 'Students who were there' })}
        head={[say({ fr: 'Élève', en: 'Student' }), say({ fr: 'Sa parole', en: 'Their word' })]}
        rows={view.students.map(({ publicId, name, contested, maySee }) => [
          maySee ? <a href={`/students/${publicId}`}>{name}</a> : name,
          contested ? <FactState say={say} standing="contested" /> : '–',
        ])}
        empty=""
      />
      <Corrections say={say} view={view} />
    </Frame>
  )
}

function Standing({ say, view }: { say: Say; view: SessionView }): VNode {
  const { confirmedAt, version } = view
  return (
    <>
      <FactState say={say} standing={standingOf({ confirmedAt, contestedAt: null })} />
      {version > 1 ? (
        <> {say({ fr: `(version ${version}, corrigée)`, en: `(version ${version}, corrected)` })}</>
      ) : null}
    </>
  )
}

function Warnings({ say, view }: { say: Say; view: SessionView }): VNode | null {
  if (view.warnings.length === 0) return null
  return (
    <ul class="checks">
      {view.warnings.map((rule) => (
        <li key={rule}>
          <State tone="unknown">
            {say(warningName(rule))} <small class="soft">({rule})</small>
          </State>
        </li>
      ))}
    </ul>
  )
}

function Actions({ state, view }: { state: FormState; view: SessionView }): VNode {
  const { say } = state
  return (
    <div class="actions">
      {view.confirmedAt === null && view.disputedAt === null ? (
        <ButtonLink href={`/sessions/${view.publicId}/link`}>
          {say({ fr: 'Faire confirmer', en: 'Have it confirmed' })}
        </ButtonLink>
      ) : null}
      {view.mayCorrect ? (
        <ButtonLink kind="secondary" href={`/sessions/${view.publicId}/correct`}>
          {say({ fr: 'Corriger cette séance', en: 'Correct this session' })}
        </ButtonLink>
      ) : null}
      {view.mayUndo ? (
        <Form state={state} action={`/sessions/${view.publicId}`}>
          <Button kind="secondary" name="act" value="undo">
            {say({ fr: 'Annuler l’enregistrement', en: 'Undo the recording' })}
          </Button>
        </Form>
      ) : null}
    </div>
  )
}

function Corrections({ say, view }: { say: Say; view: SessionView }): VNode | null {
  if (view.corrections.length === 0) return null
  return (
    <>
      <h2>{say({ fr: 'Ce qui a été corrigé', en: 'What was corrected' })}</h2>
      <Timeline
        moments={view.corrections.map(({ at, reason, changes }) => ({
          iso: at,
          when: say.instant(at),
          what: (
            <>
              {reason}
              <ul>
                {changes.map(({ field, before, after }) => (
                  <li key={field.fr}>
                    {say(field)} : {before} → {after}
                  </li>
                ))}
              </ul>
            </>
          ),
        }))}
      />
    </>
  )
}
