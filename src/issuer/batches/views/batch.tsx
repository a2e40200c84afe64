import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import { Facts, Table } from '../../../web/components/blocks.js'
import { Button, ButtonLink, Field, Form, type FormState } from '../../../web/components/form.js'
import { Progress } from '../../../web/components/journey.js'
import { Pagination, Tabs } from '../../../web/components/links.js'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { BATCHES } from '../acts.data.js'
import type { BatchView, RowLine } from '../see-batch.js'
import type { Steering } from '../steer-batch.js'
import { WAY } from './new-batch.js'
import { COMMITMENTS, OUTCOME_WORDS, STANDING_WORDS } from './wording.js'

type Props = { asked: Asked; batch: BatchView; batchKey: string }

/** How far a batch has come, what became of each row, and what can be done about it. */
export function BatchPage({ asked, batch, batchKey }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { counts, standing } = batch
  const ended = counts.done + counts.refused + counts.cancelled
  const all = ended + counts.open
  const { tone, words } = STANDING_WORDS[standing]
  return (
    <Sheet
      asked={asked}
      title={BATCHES[batch.act].title}
      way={WAY(say)}
      here={say.instant(batch.madeAt)}
    >
      <p>
        <State tone={tone}>{say(words)}</State>
      </p>
      <Progress
        id="progress"
        label={say({ fr: 'Lignes terminées', en: 'Rows ended' })}
        value={ended}
        max={all}
        text={say({ fr: `${say.number(ended)} sur ${say.number(all)}`, en: `${ended} of ${all}` })}
      />
      <Facts
        facts={[
          [say({ fr: 'Fait', en: 'Done' }), say.number(counts.done)],
          [say({ fr: 'Refusé', en: 'Refused' }), say.number(counts.refused)],
          [say({ fr: 'Annulé', en: 'Cancelled' }), say.number(counts.cancelled)],
          [say({ fr: 'Fait par', en: 'Made by' }), `${batch.person}, ${batch.organisation}`],
        ]}
      />
      {batch.hasReceipt ? (
        <Files state={state} batch={batch} />
      ) : (
        <Steer state={state} batch={batch} />
      )}
      <Rows say={say} batch={batch} />
      {batch.mayRevoke ? <RevokeAll state={state} batchKey={batchKey} /> : null}
    </Sheet>
  )
}

function Steer({ state, batch }: { state: FormState; batch: BatchView }): VNode {
  const { say } = state
  const here = `/batches/${batch.publicId}`
  const button = (steering: Steering, words: { fr: string; en: string }) => (
    <Form state={{ ...state, problem: undefined }} action={here}>
      <input type="hidden" name="do" value={steering} />
      <Button kind={steering === 'cancel' ? 'danger' : 'secondary'}>{say(words)}</Button>
    </Form>
  )
  return (
    <>
      <p>
        {say({
          fr: 'Le travail continue sans cette page. Rouvrez-la pour voir où il en est.',
          en: 'The work goes on without this page. Open it again to see how far it is.',
        })}
      </p>
      <div class="actions">
        <ButtonLink href={here}>{say({ fr: 'Actualiser', en: 'Refresh' })}</ButtonLink>
        {batch.standing === 'paused'
          ? button('resume', { fr: 'Reprendre', en: 'Go on' })
          : button('pause', { fr: 'Mettre en pause', en: 'Pause' })}
        {button('cancel', { fr: 'Annuler ce qui reste', en: 'Cancel what is left' })}
      </div>
    </>
  )
}

function Files({ state, batch }: { state: FormState; batch: BatchView }): VNode {
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Le reçu', en: 'The receipt' })}</h2>
      <p>
        {say({
          fr: 'Le reçu signé dit qui a fait quoi, quand, et ce que chaque ligne est devenue, par des identifiants et sans aucun nom. Le fichier CSV porte les noms, pour vos dossiers.',
          en: 'The signed receipt says who did what, when, and what became of each row, by ids and without a name. The CSV file has the names, for your own records.',
        })}
      </p>
      <div class="actions">
        <ButtonLink href={`/batches/${batch.publicId}/receipt.json`}>
          {say({
            fr: 'Télécharger le reçu signé (JSON)',
            en: 'Download the signed receipt (JSON)',
          })}
        </ButtonLink>
        <Form
          state={{ ...state, problem: undefined }}
          action={`/batches/${batch.publicId}/rows.csv`}
        >
          <Button kind="secondary">
            {say({ fr: 'Télécharger les lignes (CSV)', en: 'Download the rows (CSV)' })}
          </Button>
        </Form>
      </div>
    </>
  )
}

const SHOWN = ['open', 'done', 'refused', 'cancelled'] as const

function Rows({ say, batch }: { say: Say; batch: BatchView }): VNode {
  const hrefOf = (outcome: string | undefined, page = 1) => {
    const query = new URLSearchParams({
      ...(outcome && { outcome }),
      ...(page > 1 && { page: String(page) }),
    }).toString()
    return `/batches/${batch.publicId}${query && `?${query}`}`
  }
  return (
    <>
      <h2>{say({ fr: 'Les lignes', en: 'The rows' })}</h2>
      <Tabs
        label={say({ fr: 'Par issue', en: 'By outcome' })}
        here={hrefOf(batch.shown)}
        links={[
          { href: hrefOf(undefined), title: say({ fr: 'Toutes', en: 'All' }) },
          ...SHOWN.filter((one) => batch.counts[one] > 0).map((one) => ({
            href: hrefOf(one),
            title: `${say(OUTCOME_WORDS[one].words)} (${say.number(batch.counts[one])})`,
          })),
        ]}
      />
      <Table
        caption={say({ fr: 'Dans l’ordre du lot', en: 'In the order of the batch' })}
        head={[
          say({ fr: 'Élève', en: 'Student' }),
          'Badge',
          say({ fr: 'Issue', en: 'Outcome' }),
          say({ fr: 'Pourquoi', en: 'Why' }),
        ]}
        rows={batch.rows.map((row) => cellsOf(say, row))}
        empty={say({ fr: 'Aucune ligne ici.', en: 'No row here.' })}
      />
      <Pagination
        say={say}
        page={batch.page}
        pages={batch.more ? batch.page + 1 : batch.page}
        hrefOf={(page) => hrefOf(batch.shown, page)}
      />
    </>
  )
}

function cellsOf(say: Say, { student, badge, badgeId, dossierId, outcome, why }: RowLine) {
  const { tone, words } = OUTCOME_WORDS[outcome]
  const href =
    outcome === 'done' && badgeId ? `/badges/${badgeId}` : dossierId && `/dossiers/${dossierId}`
  return [
    student,
    href ? (
      <a href={href} lang="fr">
        {badge}
      </a>
    ) : (
      <span lang="fr">{badge}</span>
    ),
    <State tone={tone}>{say(words)}</State>,
    why ? say(why) : '–',
  ]
}

function RevokeAll({ state, batchKey }: { state: FormState; batchKey: string }): VNode {
  const { say } = state
  return (
    <details open={state.problem !== undefined}>
      <summary>
        {say({ fr: 'Révoquer les badges de ce lot', en: 'Revoke the badges of this batch' })}
      </summary>
      <Form state={state}>
        <input type="hidden" name="do" value="revoke" />
        <input type="hidden" name="key" value={batchKey} />
        <p>{say(COMMITMENTS.revoke)}</p>
        <Field
          state={state}
          name="reason"
          label={say({ fr: 'Raison', en: 'Reason' })}
          hint={say({
            fr: 'Elle peut être montrée à qui vérifie les badges : ne dites rien des élèves.',
            en: 'It may be shown to whoever verifies the badges: say nothing about the students.',
          })}
        />
        <p class="actions">
          <Button kind="danger">{say(BATCHES.revoke.verb)}</Button>
        </p>
      </Form>
    </details>
  )
}
