import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../people/views/sheet.js'
import { Facts, Notice, Table } from '../../web/components/blocks.js'
import type { Way } from '../../people/second-person.js'
import { ErrorSummary } from '../../web/components/form.js'
import { Steps } from '../../web/components/journey.js'
import { State } from '../../web/components/status.js'
import type { Say } from '../../web/say.js'
import type { Words } from '../../words.js'
import { MOVES } from '../next-move.js'
import type { DossierView, StepName, StepView } from '../see-dossier.js'
import { REOPENED_WORDS, STATES } from '../wording.js'
import { Actions, hasForm } from './dossier-actions.js'
import { Requirements } from './requirements.js'

type Props = { asked: Asked; dossier: DossierView }

/** One dossier on one screen: the rule and the facts, who committed, and what the reader may do. */
export function DossierPage({ asked, dossier }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { version, student } = dossier
  const { name } = version.definition
  return (
    <Sheet
      asked={asked}
      title={{ fr: name, en: name }}
      heading={{ fr: `${name}\u00a0: ${student}`, en: `${name}: ${student}` }}
      way={[{ href: '/dossiers', title: 'Dossiers' }]}
      here={student}
    >
      {hasForm(dossier, state.problem) ? null : <ErrorSummary state={state} />}
      <p>
        <State tone={STATES[dossier.state].tone}>{say(STATES[dossier.state].words)}</State>
      </p>
      <Steps say={say} steps={stepsOf(say, dossier)} />
      <Note say={say} dossier={dossier} />
      <ReplacesNote say={say} dossier={dossier} />
      <h2>
        {say({ fr: 'Ce qui est demandé et ce qui est là', en: 'What is asked, what is there' })}
      </h2>
      <Requirements say={say} id="requirement" requirements={dossier.requirements} />
      <Missing say={say} dossier={dossier} />
      <Actions asked={asked} dossier={dossier} />
      <Commitments say={say} dossier={dossier} />
      <About say={say} dossier={dossier} />
    </Sheet>
  )
}

const STEP_WORDS: Readonly<Record<StepName | 'issued', Words>> = {
  proposed: { fr: 'Proposé', en: 'Proposed' },
  assessed: { fr: 'Évalué', en: 'Assessed' },
  endorsed: { fr: 'Endossé', en: 'Endorsed' },
  approved: { fr: 'Approuvé', en: 'Approved' },
  issued: { fr: 'Délivré', en: 'Issued' },
}
const STEP_NAMES = ['proposed', 'assessed', 'endorsed', 'approved', 'issued'] as const

function stepsOf(say: Say, { state, next }: DossierView) {
  const done =
    state === 'issued'
      ? STEP_NAMES.length
      : state === 'approved'
        ? MOVES.length
        : MOVES.findIndex((move) => move === next.move)
  return STEP_NAMES.map((name, at) => ({
    title: say(STEP_WORDS[name]),
    when: at < done ? ('done' as const) : at === done ? ('now' as const) : ('later' as const),
  }))
}

/** Why it is where it is, when that is not the usual way. */
function Note({ say, dossier }: { say: Say; dossier: DossierView }): VNode | null {
  const { refusal, reopened } = dossier
  if (refusal) {
    return (
      <Notice kind="warning">
        <p>
          {say({ fr: 'Refusé le ', en: 'Refused on ' })}
          {say.instant(refusal.at)} : {refusal.reason}
        </p>
      </Notice>
    )
  }
  if (!reopened) return null
  return (
    <Notice kind="warning">
      <p>
        {say.instant(reopened.at)} : {say(REOPENED_WORDS[reopened.reason])}
      </p>
    </Notice>
  )
}

/** Approving it takes another badge away: said before anybody commits. */
function ReplacesNote({ say, dossier }: { say: Say; dossier: DossierView }): VNode | null {
  const { replaces, state } = dossier
  if (!replaces) return null
  const { badgeId, reason, note } = replaces
  return (
    <Notice>
      <p>
        {state === 'issued'
          ? say({
              fr: 'Son badge a remplacé un badge, qui est révoqué.',
              en: 'Its badge has replaced a badge, which is revoked.',
            })
          : say({
              fr: 'Son badge en remplacera un : celui-ci sera révoqué à l’instant où le nouveau est délivré.',
              en: 'Its badge will replace one: that one will be revoked at the moment in which the new one is issued.',
            })}{' '}
        <a href={`/badges/${badgeId}`}>
          {say({ fr: 'Voir l’ancien badge', en: 'See the old badge' })}
        </a>
      </p>
      {reason ? (
        <p>
          {say({ fr: 'La raison :', en: 'The reason:' })} {say(reason)}.{note ? ` ${note}` : ''}
        </p>
      ) : null}
    </Notice>
  )
}

function Missing({ say, dossier }: { say: Say; dossier: DossierView }): VNode {
  const { obstacle, state } = dossier
  if (obstacle) {
    return (
      <Notice kind="warning">
        <p>{say(obstacle)}</p>
      </Notice>
    )
  }
  return (
    <p>
      <State tone="valid">
        {state === 'open'
          ? say({ fr: 'Rien ne manque.', en: 'Nothing is missing.' })
          : say({ fr: 'Ces faits tiennent toujours.', en: 'These facts still hold.' })}
      </State>
    </p>
  )
}

function Commitments({ say, dossier }: { say: Say; dossier: DossierView }): VNode | null {
  const { steps, comment } = dossier
  if (steps.length === 0) return null
  return (
    <>
      <h2>{say({ fr: 'Qui s’est engagé', en: 'Who committed' })}</h2>
      <Table
        caption={say({ fr: 'Étapes de ce dossier', en: 'Steps of this dossier' })}
        head={[
          say({ fr: 'Étape', en: 'Step' }),
          say({ fr: 'Qui', en: 'Who' }),
          say({ fr: 'Fonction', en: 'Function' }),
          say({ fr: 'Quand', en: 'When' }),
        ]}
        rows={steps.map((step) => [
          say(STEP_WORDS[step.step]),
          [step.person, step.organisation].filter(Boolean).join(', '),
          functionOf(say, step),
          say.instant(step.at),
        ])}
        empty=""
      />
      {comment === null ? null : (
        <div class="prose">
          <blockquote>
            <p lang="fr">{comment}</p>
          </blockquote>
        </div>
      )}
    </>
  )
}

/** With how they came to it, where that is not the usual way: never silently. */
function functionOf(say: Say, step: StepView): string {
  const said = step.function ?? say(SCHOOL_FUNCTION[step.step])
  return step.way === undefined ? said : `${said} (${say(WAY_WORDS[step.way])})`
}

const WAY_WORDS: Readonly<Record<Way, Words>> = {
  account: { fr: 'par son compte', en: 'at their account' },
  link: {
    fr: 'sans compte, par un lien envoyé à son adresse',
    en: 'without an account, by a link sent to their address',
  },
  liaison: {
    fr: 'seconde personne, l’entreprise n’en ayant qu’une',
    en: 'second person, as the company has one only',
  },
}

const SCHOOL_FUNCTION: Readonly<Record<StepName, Words>> = {
  proposed: { fr: 'Équipe du lycée', en: 'Staff of the school' },
  assessed: { fr: 'Entreprise', en: 'Company' },
  endorsed: { fr: 'Entreprise', en: 'Company' },
  approved: { fr: 'Direction du lycée', en: 'Head of the school' },
}

function About({ say, dossier }: { say: Say; dossier: DossierView }): VNode {
  const { version, digest, badgeId } = dossier
  const { templatePublicId, number } = version
  return (
    <>
      <h2>{say({ fr: 'Ce dossier', en: 'This dossier' })}</h2>
      <Facts
        facts={[
          [
            say({ fr: 'Définition du badge', en: 'Definition of the badge' }),
            <a href={`/achievements/${templatePublicId}/v/${number}`}>
              <span lang="fr">{version.definition.name}</span>,{' '}
              {say({ fr: 'version', en: 'version' })} {number}
            </a>,
          ],
          [say({ fr: 'Émetteur', en: 'Issuer' }), dossier.school],
          [say({ fr: 'Entreprise', en: 'Company' }), dossier.company],
          ...(badgeId === undefined
            ? []
            : [
                [
                  'Badge',
                  <a href={`/badges/${badgeId}`}>
                    {say({ fr: 'Voir le badge et ce qui a été signé', en: 'See the badge' })}
                  </a>,
                ] as const,
              ]),
        ]}
      />
      {digest === null ? null : (
        <p class="soft small">
          {say({
            fr: 'Empreinte de ce dossier, sur laquelle chacun s’engage : ',
            en: 'Digest of this dossier, to which each person commits: ',
          })}
          <code>{digest}</code>
        </p>
      )}
    </>
  )
}
