import type { VNode } from 'preact'
import { Facts, Notice, Table } from '../../../web/components/blocks.js'
import { CopyField } from '../../../web/components/choices.js'
import { Button, ButtonLink, Field, Form, Select } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { formStateOf } from '../../views/frame.js'
import { readMarks } from '../assessment.js'
import type { PlacementView } from '../see-placement.js'
import { stateOf } from '../states.js'
import { OUTCOME_WORDS } from './assessment-form.js'
import { stateOfForm, type PartProps } from './placement.js'

/** The three-party assessment: what the tutor said, and whether the student agrees. */
export function AssessmentPart({ asked, view, link }: PartProps & { link?: string }): VNode | null {
  const { say } = formStateOf(asked)
  const { placement, assessment, mayManage, today } = view
  const state = stateOf(placement)
  const asks = mayManage && state === 'pending' && today >= placement.fromDay
  if (!assessment && !asks) return null
  return (
    <section>
      <h2>{say({ fr: 'Bilan du tuteur', en: 'The tutor’s assessment' })}</h2>
      {link === undefined ? null : <OnceLink say={say} link={link} />}
      {asks ? <Ask asked={asked} view={view} /> : null}
      {assessment ? <Result say={say} view={view} /> : null}
      {view.reader === 'student' &&
      placement.contestedAt !== null &&
      placement.daysDone !== null ? (
        <p>
          <ButtonLink kind="quiet" href={`/my-record/placement/${placement.publicId}/contest`}>
            {say({ fr: 'Retirer votre désaccord', en: 'Object no longer' })}
          </ButtonLink>
        </p>
      ) : null}
      {view.mayAnswer ? <Answer asked={asked} view={view} /> : null}
    </section>
  )
}

function OnceLink({ say, link }: { say: Say; link: string }): VNode {
  return (
    <Notice kind="success">
      <p>
        {say({
          fr: 'Le lien est prêt. Envoyez-le au tuteur, et à personne d’autre : il ne sera plus montré.',
          en: 'The link is ready. Send it to the tutor, and to nobody else: it will not be shown again.',
        })}
      </p>
      <CopyField
        id="assessment-link"
        label={say({ fr: 'Lien du bilan', en: 'Link to the assessment' })}
        value={link}
        hint={say({
          fr: 'Le tuteur peut enregistrer et revenir. Un nouveau lien annule celui-ci, et garde ce qui est rempli.',
          en: 'The tutor may save and come back. A new link cancels this one, and keeps what is filled in.',
        })}
      />
    </Notice>
  )
}

function Ask({ asked, view }: PartProps): VNode {
  const state = stateOfForm(asked, 'ask')
  const { say } = state
  const { grids, grid, begun, placement } = view
  return (
    <>
      {begun ? (
        <p>
          {say({
            fr: 'Le tuteur a commencé et n’a pas encore envoyé son bilan.',
            en: 'The tutor has begun and not sent the assessment yet.',
          })}
        </p>
      ) : null}
      <Form state={state}>
        <input type="hidden" name="do" value="ask" />
        <Select
          state={state}
          name="gridId"
          label={say({ fr: 'Grille', en: 'Grid' })}
          options={grids.map(({ publicId, title, verified }) => ({
            value: publicId,
            label: verified
              ? title
              : `${title} ${say({ fr: '(non vérifiée)', en: '(unverified)' })}`,
          }))}
          {...(grid ? { value: grid.publicId } : {})}
        />
        <Button kind="secondary">
          {say({ fr: 'Faire le lien pour le tuteur', en: 'Make the link for the tutor' })}
        </Button>
      </Form>
      <p>
        <ButtonLink kind="quiet" href={`/placements/${placement.publicId}/assessment`}>
          {say({ fr: 'Recopier un bilan sur papier', en: 'Copy an assessment on paper' })}
        </ButtonLink>
      </p>
    </>
  )
}

function Result({ say, view }: { say: Say; view: PlacementView }): VNode | null {
  const { assessment, grid, placement } = view
  if (!assessment || !grid) return null
  const marks = readMarks(assessment.marks)
  const levels = new Map(grid.levels.map(({ code, title }) => [code, title]))
  return (
    <>
      <Facts
        facts={[
          [say({ fr: 'Issue', en: 'Outcome' }), outcomeText(say, assessment.outcome)],
          ...(assessment.outcome === 'PARTIALLY_COMPLETED'
            ? ([
                [
                  say({ fr: 'Heures manquées', en: 'Hours missed' }),
                  say.number(assessment.missed_hours ?? 0),
                ],
              ] as const)
            : []),
          [
            say({ fr: 'Rempli', en: 'Filled in' }),
            say(
              assessment.manner === 'PAPER'
                ? { fr: 'sur papier, recopié par le lycée', en: 'on paper, copied by the school' }
                : { fr: 'par le tuteur, en ligne', en: 'by the tutor, online' },
            ),
          ],
          [say({ fr: 'L’élève', en: 'The student' }), studentSays(say, view)],
        ]}
      />
      {placement.outcome === 'DID_NOT_SHOW' ? null : (
        <Table
          caption={grid.title}
          head={[say({ fr: 'Critère', en: 'Criterion' }), say({ fr: 'Niveau', en: 'Level' })]}
          rows={grid.competences.flatMap(({ criteria }) =>
            criteria.map(({ code, title }) => [title, levels.get(marks[code] ?? '') ?? '–']),
          )}
          empty=""
        />
      )}
      {assessment.comment === '' ? null : (
        <p>
          {say({ fr: 'Commentaire : ', en: 'Comment: ' })}
          {assessment.comment}
        </p>
      )}
    </>
  )
}

function outcomeText(say: Say, code: string | null): string {
  const known = Object.entries(OUTCOME_WORDS).find(([outcome]) => outcome === code)
  return known ? say(known[1]) : '–'
}

function studentSays(say: Say, { placement, assessment }: PlacementView): string {
  if (placement.contestedAt !== null) {
    return `${say({ fr: 'n’est pas d’accord : ', en: 'objects: ' })}${placement.contestReason ?? ''}`
  }
  return assessment?.agreed_at
    ? say({ fr: 'est d’accord', en: 'agrees' })
    : say({ fr: 'n’a pas encore répondu', en: 'has not answered yet' })
}

function Answer({ asked, view }: PartProps): VNode {
  const agree = stateOfForm(asked, 'agree')
  const object = stateOfForm(asked, 'object')
  const { say } = agree
  return (
    <>
      <h3>{say({ fr: 'Êtes-vous d’accord ?', en: 'Do you agree?' })}</h3>
      {view.assessment?.agreed_at === null ? (
        <Form state={agree}>
          <input type="hidden" name="do" value="agree" />
          <Button>{say({ fr: 'Je suis d’accord', en: 'I agree' })}</Button>
        </Form>
      ) : null}
      <Form state={object}>
        <input type="hidden" name="do" value="object" />
        <input type="hidden" name="version" value={view.placement.version} />
        <Field
          state={object}
          name="reason"
          type="textarea"
          rows={3}
          label={say({ fr: 'Sinon, ce qui est faux', en: 'Otherwise, what is wrong' })}
          hint={say({
            fr: 'Le lycée le lira. La période ne comptera plus.',
            en: 'The school will read it. The placement will no longer count.',
          })}
        />
        <Button kind="secondary">{say({ fr: 'Je ne suis pas d’accord', en: 'I object' })}</Button>
      </Form>
    </>
  )
}
