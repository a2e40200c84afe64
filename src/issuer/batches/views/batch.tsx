import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import { Facts, Notice, Table } from '../../../web/components/blocks.js'
import { Button, ButtonLink, Form, type FormState } from '../../../web/components/form.js'
import { Progress } from '../../../web/components/journey.js'
import { LinkList, Pagination, Tabs } from '../../../web/components/links.js'
import { State } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { BATCHES, type BatchAct } from '../acts.data.js'
import { MOST_ALONE } from '../second.js'
import type { BatchView, RowLine } from '../see-batch.js'
import type { Steering } from '../steer-batch.js'
import { WAY } from './new-batch.js'
import { COMMITMENTS, OUTCOME_WORDS, STANDING_WORDS } from './wording.js'

type Props = { asked: Asked; batch: BatchView }

/** How far a batch has come, what became of each row, and what can be done about it. */
export function BatchPage({ asked, batch }: Props): VNode {
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
          ...(batch.reason
            ? [[say({ fr: 'Raison', en: 'Reason' }), say(batch.reason)] as const]
            : []),
          ...(batch.note === null
            ? []
            : [[say({ fr: 'Note pour l’équipe', en: 'Note for the staff' }), batch.note] as const]),
        ]}
      />
      <Second state={state} batch={batch} />
      {batch.hasReceipt ? (
        <Files state={state} batch={batch} />
      ) : (
        <Steer state={state} batch={batch} />
      )}
      <Rows say={say} batch={batch} />
      <OnIssued say={say} batch={batch} />
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
        rows={batch.rows.map((row) => cellsOf(say, batch.act, row))}
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

function cellsOf(say: Say, act: BatchAct, row: RowLine) {
  const { student, badge, badgeId, dossierId, outcome, why } = row
  const { tone, words } = OUTCOME_WORDS[outcome]
  const href =
    outcome === 'done' && badgeId && act !== 'replace'
      ? `/badges/${badgeId}`
      : dossierId && `/dossiers/${dossierId}`
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

function OnIssued({ say, batch }: { say: Say; batch: BatchView }): VNode | null {
  if (batch.onIssued.length === 0) return null
  return (
    <>
      <h2>{say({ fr: 'Corriger ou retirer ses badges', en: 'Correct or withdraw its badges' })}</h2>
      <LinkList
        links={batch.onIssued.map((act) => ({
          href: `/batches/${batch.publicId}/badges/${act}`,
          title: say(BATCHES[act].title),
        }))}
      />
    </>
  )
}

/** Nothing is done before somebody else than its maker has agreed. */
function Second({ state, batch }: { state: FormState; batch: BatchView }): VNode | null {
  const { say } = state
  if (batch.standing !== 'waiting') return null
  return (
    <>
      <Notice kind="warning">
        <p>
          {say({
            fr: `Ce lot touche plus de ${MOST_ALONE} badges : rien n’est fait avant qu’une deuxième personne de la direction ait donné son accord.`,
            en: `This batch is about more than ${MOST_ALONE} badges: nothing is done before a second approver of the school agrees.`,
          })}
        </p>
      </Notice>
      {batch.maySecond ? (
        <Form state={{ ...state, problem: undefined }} action={`/batches/${batch.publicId}`}>
          <input type="hidden" name="do" value="second" />
          <p>{say(COMMITMENTS[batch.act])}</p>
          <p class="actions">
            <Button kind="danger">
              {say({ fr: 'Donner mon accord, et lancer le lot', en: 'Agree, and begin the batch' })}
            </Button>
          </p>
        </Form>
      ) : null}
    </>
  )
}
