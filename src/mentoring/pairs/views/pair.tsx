import type { VNode } from 'preact'
import { Facts, Notice } from '../../../web/components/blocks.js'
import { ButtonLink } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { GroupSessions } from '../../groups/views/group-sessions.js'
import { LEVEL_WORDS } from '../../levels.js'
import { kindWords } from '../../schemes/index.js'
import { warningName } from '../../warning-names.data.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import {
  EARLY_MONTHS,
  END_REASONS,
  END_WORDS,
  OUTCOME_WORDS,
  OUTCOMES,
  STALLED_DAYS,
} from '../pair-rules.js'
import type { PairView } from '../see-pair.js'

/** A young person and their mentor. */
export function PairPage({ asked, view }: { asked: Asked; view: PairView }): VNode {
  const { say } = formStateOf(asked)
  const way = [{ href: '/schemes', title: say({ fr: 'Dispositifs', en: 'Schemes' }) }]
  return (
    <Frame asked={asked} title={say.text(view.group.title)} heading={namesOf(say, view)} way={way}>
      <Remarks say={say} view={view} />
      <Facts facts={factsOf(say, view)} />
      <Actions say={say} view={view} />
      <GroupSessions say={say} sessions={view.sessions} />
    </Frame>
  )
}

/** Who they are: on the page alone, its title stays in the history of the browser. */
function namesOf(say: Say, { pair: { student, mentor } }: PairView): string {
  return say.list([
    `${student.given_name} ${student.family_name}`,
    `${mentor.givenName} ${mentor.familyName}`,
  ])
}

function Remarks({ say, view }: { say: Say; view: PairView }): VNode | null {
  if (view.endedEarly) {
    return (
      <Notice kind="warning">
        {say({
          fr: `Rupture précoce : ce binôme a duré moins de ${EARLY_MONTHS} mois.`,
          en: `Early end: this pair lasted less than ${EARLY_MONTHS} months.`,
        })}
      </Notice>
    )
  }
  if (!view.stalled) return null
  return (
    <Notice kind="warning">
      {say({
        fr: `Aucune séance depuis plus de ${STALLED_DAYS} jours.`,
        en: `No session for more than ${STALLED_DAYS} days.`,
      })}
    </Notice>
  )
}

function factsOf(say: Say, { group, pair, schoolName, level, warned }: PairView) {
  const { student, mentor } = pair
  return [
    [say({ fr: 'Jeune', en: 'Young person' }), `${student.given_name} ${student.family_name}`],
    [say({ fr: 'Niveau', en: 'Level' }), level ? say(LEVEL_WORDS[level]) : '–'],
    [say({ fr: 'Établissement', en: 'School' }), schoolName],
    [say({ fr: 'Mentor', en: 'Mentor' }), `${mentor.givenName} ${mentor.familyName}`],
    [say({ fr: 'Structure', en: 'Structure' }), group.ownerName],
    [say({ fr: 'Sujet', en: 'Subject' }), say(kindWords(pair.subject))],
    [say({ fr: 'Début', en: 'Start' }), say.day(group.openedOn)],
    [
      say({ fr: 'Inscription sur le site national', en: 'Registration on the national site' }),
      registrationText(say, pair),
    ],
    ...(group.closedOn === null ? [] : endFacts(say, group.closedOn, pair)),
    ...(warned.length === 0
      ? []
      : [
          [
            say({ fr: 'Confirmé à l’ouverture', en: 'Confirmed at the opening' }),
            warned.map((rule) => say(warningName(rule))).join(say({ fr: ' ; ', en: '; ' })),
          ] as const,
        ]),
  ] as const
}

function registrationText(say: Say, pair: PairView['pair']): string {
  const { registrationReference: reference, registeredOn } = pair
  if (reference === null && registeredOn === null) return say({ fr: 'non notée', en: 'not noted' })
  return [reference, registeredOn === null ? null : say.day(registeredOn)]
    .filter(Boolean)
    .join(', ')
}

function endFacts(say: Say, closedOn: string, pair: PairView['pair']) {
  const reason = END_REASONS.find((known) => known === pair.endReason)
  const outcome = OUTCOMES.find((known) => known === pair.interviewOutcome)
  const interview =
    pair.interviewOn === null
      ? say({ fr: 'aucun', en: 'none' })
      : [say.day(pair.interviewOn), outcome ? say(OUTCOME_WORDS[outcome]) : null]
          .filter(Boolean)
          .join(', ')
  return [
    [say({ fr: 'Fin', en: 'End' }), say.day(closedOn)],
    [say({ fr: 'Raison', en: 'Reason' }), reason ? say(END_WORDS[reason]) : '–'],
    [say({ fr: 'Entretien de clôture', en: 'Closing interview' }), interview],
  ] as const
}

function Actions({ say, view }: { say: Say; view: PairView }): VNode | null {
  if (!view.isOpen) return null
  const { publicId } = view.group
  return (
    <p class="actions">
      {view.mayRecord ? (
        <ButtonLink href={`/cohorts/${publicId}/sessions/new`}>
          {say({ fr: 'Saisir une séance', en: 'Record a session' })}
        </ButtonLink>
      ) : null}
      <ButtonLink kind="secondary" href={`/pairs/${publicId}/registration`}>
        {say({ fr: 'Noter l’inscription nationale', en: 'Note the national registration' })}
      </ButtonLink>
      <ButtonLink kind="quiet" href={`/pairs/${publicId}/end`}>
        {say({ fr: 'Terminer le binôme', en: 'End the pair' })}
      </ButtonLink>
    </p>
  )
}
