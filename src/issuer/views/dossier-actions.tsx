import type { ComponentChildren, VNode } from 'preact'
import { formStateOf, type Asked } from '../../people/views/sheet.js'
import { Notice } from '../../web/components/blocks.js'
import { Choices } from '../../web/components/choices.js'
import { Button, Field, Form, type FormState } from '../../web/components/form.js'
import type { FormProblem } from '../../web/page.js'
import type { Words } from '../../words.js'
import type { Move } from '../next-move.js'
import type { DossierView } from '../see-dossier.js'
import { MOVE_WORDS } from '../wording.js'

export type Act = Move | 'refuse' | 'withdraw'

type Props = { asked: Asked; dossier: DossierView }

/** The one main action for the reader, or why there is none; then what else they may do. */
export function Actions({ asked, dossier }: Props): VNode {
  const { say } = formStateOf(asked)
  const { next } = dossier
  const move = doable(dossier)
  return (
    <>
      <h2>{say({ fr: 'La suite', en: 'What comes next' })}</h2>
      {move ? <MainAction asked={asked} dossier={dossier} move={move} /> : null}
      {!move && next.why && next.why !== dossier.obstacle ? (
        <Notice>
          <p>{say(next.why)}</p>
        </Notice>
      ) : null}
      {dossier.mayAsk ? (
        <p>
          <a href={`/dossiers/${dossier.publicId}/ask`}>
            {say({
              fr: 'Demander à une personne de l’entreprise qui n’a pas de compte',
              en: 'Ask somebody of the company who has no account',
            })}
          </a>
        </p>
      ) : null}
      {dossier.mayRefuse ? <Refuse asked={asked} dossier={dossier} /> : null}
      {dossier.mayWithdraw ? <Withdraw asked={asked} dossier={dossier} /> : null}
    </>
  )
}

/** Whether the page still has the form that was refused: its fault is then told there. */
export function hasForm(dossier: DossierView, problem: FormProblem | undefined): boolean {
  const act = problem?.values.act
  return (
    (act === 'refuse' && dossier.mayRefuse) ||
    (act === 'withdraw' && dossier.mayWithdraw) ||
    (act !== undefined && act === doable(dossier))
  )
}

function doable({ next }: DossierView): Move | undefined {
  return next.why === undefined ? next.move : undefined
}

function MainAction({ asked, dossier, move }: Props & { move: Move }): VNode {
  const state = stateFor(asked, move)
  const { say } = state
  return (
    <ActForm state={state} act={move} digest={dossier.digest}>
      <p>{say(EXPLAINED[move](dossier))}</p>
      {move === 'assess' && dossier.standsIn ? <StandIn state={state} dossier={dossier} /> : null}
      {move === 'assess' || move === 'endorse' ? (
        <FunctionField state={state} standsIn={move === 'assess' && dossier.standsIn} />
      ) : null}
      {move === 'endorse' ? <Commitment state={state} company={dossier.company} /> : null}
      <p class="actions">
        <Button>{say(MOVE_WORDS[move])}</Button>
      </p>
    </ActForm>
  )
}

const EXPLAINED: Readonly<Record<Move, (dossier: DossierView) => Words>> = {
  propose: ({ company }) => ({
    fr: `Vous envoyez ce dossier à « ${company} », avec les faits ci-dessus et rien d’autre sur l’élève que son prénom et l’initiale de son nom.`,
    en: `You send this dossier to “${company}”, with the facts above and nothing more of the student than their given name and an initial.`,
  }),
  assess: ({ student }) => ({
    fr: `Vous avez vu ${student} travailler : vous dites que les critères de ce badge sont atteints. Une autre personne de l’entreprise l’endossera.`,
    en: `You saw ${student} work: you say that the criteria of this badge are met. Somebody else of the company will endorse it.`,
  }),
  endorse: ({ company }) => ({
    fr: `En endossant ce badge, vous engagez l’entreprise. Votre commentaire est signé avec la clé de « ${company} », et montré à tous ceux à qui l’élève présente son badge.`,
    en: `By endorsing this badge you commit the company. Your comment is signed with the key of “${company}”, and shown to everybody to whom the student presents the badge.`,
  }),
  approve: ({ school }) => ({
    fr: `« ${school} » délivre ce badge : il est signé aussitôt. S’il était faux, il ne pourrait plus qu’être révoqué.`,
    en: `“${school}” issues this badge: it is signed at once. If it were wrong, it could only be revoked.`,
  }),
}

/** The liaison officer takes the place of somebody whom the company does not have: said before it is done. */
function StandIn({ state: { say }, dossier }: { state: FormState; dossier: DossierView }): VNode {
  return (
    <Notice>
      <p>
        {say({
          fr: `« ${dossier.company} » n’a qu’une personne ici, qui doit engager l’entreprise : en tant que chargé ou chargée de liaison du lycée, vous pouvez être la seconde. Le badge le dira.`,
          en: `“${dossier.company}” has one person here, who must commit the company: as the liaison officer of the lycée you may be the second. The badge will say so.`,
        })}
      </p>
    </Notice>
  )
}

export function FunctionField({
  state,
  standsIn = false,
  value,
}: {
  state: FormState
  standsIn?: boolean
  value?: string
}): VNode {
  const { say } = state
  return (
    <Field
      state={state}
      name="function"
      label={
        standsIn
          ? say({ fr: 'Votre fonction au lycée', en: 'Your function at the lycée' })
          : say({ fr: 'Votre fonction dans l’entreprise', en: 'Your function in the company' })
      }
      hint={say(
        standsIn
          ? {
              fr: 'Par exemple : chargée de liaison. Elle est signée ; votre nom ne l’est pas.',
              en: 'For example: liaison officer. It is signed; your name is not.',
            }
          : {
              fr: 'Par exemple : tuteur, responsable d’atelier, directrice. Elle est signée ; votre nom ne l’est pas.',
              en: 'For example: tutor, workshop manager, director. It is signed; your name is not.',
            },
      )}
      {...(value === undefined ? {} : { value })}
    />
  )
}

export function Commitment({ state, company }: { state: FormState; company: string }): VNode {
  const { say } = state
  return (
    <>
      <Field
        state={state}
        name="comment"
        label={say({ fr: 'Ce que vous avez vu faire', en: 'What you saw done' })}
        hint={say({
          fr: 'De 20 à 1 000 caractères. Ne nommez pas l’élève : le badge ne porte pas son nom.',
          en: '20 to 1,000 characters. Do not name the student: the badge does not bear their name.',
        })}
        type="textarea"
      />
      <Choices
        state={state}
        name="entitled"
        kind="several"
        legend={say({ fr: 'Votre engagement', en: 'Your commitment' })}
        options={[
          {
            value: 'yes',
            label: say({
              fr: `Je déclare être en droit d’engager l’entreprise « ${company} ».`,
              en: `I declare that I am entitled to commit the company “${company}”.`,
            }),
          },
        ]}
      />
    </>
  )
}

function Refuse({ asked, dossier }: Props): VNode {
  const state = stateFor(asked, 'refuse')
  const { say } = state
  return (
    <details open={state.problem !== undefined}>
      <summary>{say({ fr: 'Refuser ce dossier', en: 'Refuse this dossier' })}</summary>
      <ActForm state={state} act="refuse" digest={dossier.digest}>
        <Field
          state={state}
          name="reason"
          label={say({ fr: 'Raison', en: 'Reason' })}
          hint={say({
            fr: 'L’équipe du lycée, l’entreprise et l’élève la lisent.',
            en: 'The school’s staff, the company and the student read it.',
          })}
        />
        <p class="actions">
          <Button kind="danger">{say({ fr: 'Refuser', en: 'Refuse' })}</Button>
        </p>
      </ActForm>
    </details>
  )
}

function Withdraw({ asked, dossier }: Props): VNode {
  const state = stateFor(asked, 'withdraw')
  const { say } = state
  return (
    <details open={state.problem !== undefined}>
      <summary>{say({ fr: 'Reprendre ce dossier', en: 'Take this dossier back' })}</summary>
      <ActForm state={state} act="withdraw" digest={dossier.digest}>
        <p>
          {say({
            fr: 'Le dossier revient en préparation. Ce qui a été proposé, évalué ou endossé ne vaut plus : tout est à refaire.',
            en: 'The dossier is being prepared again. What was proposed, assessed or endorsed is void: all of it must be done again.',
          })}
        </p>
        <p class="actions">
          <Button kind="secondary">{say({ fr: 'Reprendre', en: 'Take back' })}</Button>
        </p>
      </ActForm>
    </details>
  )
}

type ActFormProps = {
  state: FormState
  act: Act
  digest: string | null
  children: ComponentChildren
}

/** The digest that was shown travels with the form: whoever commits, commits to that. */
function ActForm({ state, act, digest, children }: ActFormProps): VNode {
  return (
    <Form state={state}>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="digest" value={digest ?? ''} />
      {children}
    </Form>
  )
}

/** Only the form that was refused says so. */
function stateFor(asked: Asked, act: Act): FormState {
  const state = formStateOf(asked)
  return state.problem?.values.act === act ? state : { ...state, problem: undefined }
}
