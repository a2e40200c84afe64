import type { VNode } from 'preact'
import { Notice, Table } from '../../../web/components/blocks.js'
import { Button, ButtonLink, Form } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { ROLE_FACTS } from '../../../people/roles.data.js'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import type { Outcome, RowFault } from '../judge-list.js'
import type { Preview } from '../preview-list.js'

const TITLE = { fr: 'Ce qui serait envoyé', en: 'What would be sent' }
const OUTCOMES = {
  invite: { fr: 'reçoit ce rôle, et un courrier', en: 'gets this role, and a letter' },
  here: { fr: 'déjà là : rien à faire', en: 'here already: nothing to do' },
} as const satisfies Record<Outcome, { fr: string; en: string }>

type Props = { asked: Asked; preview: Preview; sealed: string }

/** Totals first, then what is refused and how to mend it, then everybody; one button if nothing is refused. */
export function PreviewPage({ asked, preview, sealed }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { rows, faults, organisation } = preview
  const count = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length
  const toSend = count('invite')
  const platform = say({ fr: 'la plateforme', en: 'the platform' })
  return (
    <Sheet
      asked={asked}
      title={TITLE}
      way={[
        { href: '/people', title: say({ fr: 'Personnes', en: 'People' }) },
        { href: '/invitations', title: say({ fr: 'Inviter une liste', en: 'Invite a list' }) },
      ]}
    >
      <p>
        <strong>{organisation?.name ?? platform}</strong> :{' '}
        {say({
          fr: `à inviter ${toSend}, déjà là ${count('here')}, refusées ${faults.length}. Rien n’est encore envoyé.`,
          en: `to be invited ${toSend}, here already ${count('here')}, refused ${faults.length}. Nothing is sent yet.`,
        })}
      </p>
      <Refused say={say} faults={faults} />
      <Table
        caption={say({ fr: 'Lignes bonnes', en: 'Good rows' })}
        head={[
          say({ fr: 'Nom', en: 'Name' }),
          say({ fr: 'Adresse électronique', en: 'E-mail address' }),
          say({ fr: 'Rôle', en: 'Role' }),
          say({ fr: 'Fonction', en: 'Function' }),
          say({ fr: 'Ce qui serait fait', en: 'What would be done' }),
        ]}
        rows={rows.map((row) => [
          `${row.givenName} ${row.familyName}`,
          row.email,
          say(ROLE_FACTS[row.role].words),
          row.function ?? '–',
          say(OUTCOMES[row.outcome]),
        ])}
        empty={say({ fr: 'Aucune.', en: 'None.' })}
      />
      <Form state={state} action="/invitations">
        <p class="actions">
          {faults.length === 0 && toSend > 0 ? (
            <>
              <input type="hidden" name="sealed" value={sealed} />
              <Button>{say({ fr: `Inviter (${toSend})`, en: `Invite (${toSend})` })}</Button>
            </>
          ) : null}
          <ButtonLink href="/invitations" kind="secondary">
            {say({ fr: 'Revenir à la liste', en: 'Back to the list' })}
          </ButtonLink>
        </p>
      </Form>
    </Sheet>
  )
}

function Refused({ say, faults }: { say: Say; faults: readonly RowFault[] }): VNode | null {
  if (faults.length === 0) return null
  return (
    <>
      <Notice kind="warning">
        <p>
          {say({
            fr: 'Des lignes sont refusées : corrigez-les dans votre liste, puis donnez-la de nouveau. Elle part en entier ou pas du tout.',
            en: 'Rows are refused: mend them in your list, then give it again. It goes as a whole or not at all.',
          })}
        </p>
      </Notice>
      <Table
        caption={say({ fr: 'Lignes refusées', en: 'Refused rows' })}
        head={[
          say({ fr: 'Ligne', en: 'Line' }),
          say({ fr: 'Colonne', en: 'Column' }),
          say({ fr: 'Forme de la valeur', en: 'Shape of the value' }),
          say({ fr: 'Que faire', en: 'What to do' }),
        ]}
        rows={faults.map(({ line, column, shape, words }) => [
          say.number(line),
          column,
          <code>{shape}</code>,
          say(words),
        ])}
        empty=""
      />
    </>
  )
}
