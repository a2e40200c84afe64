import type { VNode } from 'preact'
import { Notice, Table } from '../../../web/components/blocks.js'
import { Button, Field, Form } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

/** Where an administrator of the platform says which record they must read, and why. */
export function OpenRecordPage({ asked }: { asked: Asked }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Frame
      asked={asked}
      title={say({ fr: 'Accès exceptionnel', en: 'Exceptional access' })}
      way={[]}
    >
      <p>
        {say({
          fr: 'La plateforme ne lit pas les dossiers des élèves. S’il le faut vraiment, vous en ouvrez un pour 30 minutes : les approbateurs du lycée en sont prévenus aussitôt, et l’élève le voit dans « Mon parcours ».',
          en: 'The platform reads no student’s record. If you really must, you open one for 30 minutes: the approvers of the lycée are told at once, and the student sees it in “My record”.',
        })}
      </p>
      <Form state={state} action="/record-openings">
        <Field
          state={state}
          name="studentId"
          label={say({ fr: 'Identifiant de l’élève', en: 'Identifier of the student' })}
          hint={say({
            fr: 'La fin de l’adresse de sa page, que le lycée vous donne',
            en: 'The end of the address of their page, which the lycée gives you',
          })}
        />
        <Field
          state={state}
          name="reason"
          type="textarea"
          rows={3}
          label={say({ fr: 'Pourquoi', en: 'Why' })}
          hint={say({ fr: '10 caractères au moins', en: '10 characters at least' })}
        />
        <p class="actions">
          <Button>{say({ fr: 'Ouvrir ce dossier', en: 'Open this record' })}</Button>
        </p>
      </Form>
    </Frame>
  )
}

/** One time that the platform opened a record; its reason is for those who work with the student. */
export type OpeningLine = Readonly<{
  openedAt: string
  untilAt: string
  reason: string | undefined
}>

/** Who, outside the school, has read the record; nothing where nobody has. */
export function Openings({
  say,
  openings,
}: {
  say: Say
  openings: readonly OpeningLine[]
}): VNode | null {
  if (openings.length === 0) return null
  const withReason = openings.some(({ reason }) => reason !== undefined)
  return (
    <Table
      caption={say({
        fr: 'Qui, hors du lycée, a ouvert ce dossier',
        en: 'Who, outside the lycée, has opened this record',
      })}
      head={[
        say({ fr: 'Qui', en: 'Who' }),
        say({ fr: 'Du', en: 'From' }),
        say({ fr: 'Au', en: 'Until' }),
        ...(withReason ? [say({ fr: 'Raison', en: 'Reason' })] : []),
      ]}
      rows={openings.map(({ openedAt, untilAt, reason }) => [
        say({ fr: 'administration de la plateforme', en: 'administration of the platform' }),
        say.instant(openedAt),
        say.instant(untilAt),
        ...(withReason ? [reason ?? ''] : []),
      ])}
      empty=""
    />
  )
}

/** To whoever reads a record by having opened it. */
export function Until({ say, until }: { say: Say; until: string }): VNode {
  const at = say.instant(until)
  return (
    <Notice kind="warning">
      {say({
        fr: `Vous lisez ce dossier par accès exceptionnel, jusqu’au ${at}. Le lycée et l’élève le savent.`,
        en: `You read this record by exceptional access, until ${at}. The lycée and the student know.`,
      })}
    </Notice>
  )
}
