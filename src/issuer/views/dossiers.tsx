import type { VNode } from 'preact'
import { formStateOf, Sheet, type Asked } from '../../people/views/sheet.js'
import { Table } from '../../web/components/blocks.js'
import { ButtonLink } from '../../web/components/form.js'
import { EmptyState } from '../../web/components/journey.js'
import { Pagination, Tabs } from '../../web/components/links.js'
import { State } from '../../web/components/status.js'
import type { Say } from '../../web/say.js'
import type { DossierLine, DossierList } from '../see-dossiers.js'
import { DOSSIER_STATES, type DossierState } from '../store/dossiers.js'
import { MOVE_WORDS, STATES } from '../wording.js'

type Props = {
  asked: Asked
  list: DossierList
  state: DossierState | undefined
  mayOpen: boolean
  /** Of some step, for many at once. */
  mayBatch: boolean
}

/** What waits for the visitor first; then all that they may see, by state. */
export function DossiersView({ asked, list, state, mayOpen, mayBatch }: Props): VNode {
  const { say } = formStateOf(asked)
  return (
    <Sheet asked={asked} title={{ fr: 'Dossiers', en: 'Dossiers' }}>
      {mayOpen || mayBatch ? (
        <p class="actions">
          {mayOpen ? (
            <ButtonLink href="/dossiers/new">
              {say({ fr: 'Ouvrir un dossier', en: 'Open a dossier' })}
            </ButtonLink>
          ) : null}
          {mayBatch ? (
            <ButtonLink href="/batches">
              {say({ fr: 'Plusieurs à la fois', en: 'Several at once' })}
            </ButtonLink>
          ) : null}
        </p>
      ) : null}
      <h2>{say({ fr: 'Ce qui vous attend', en: 'What waits for you' })}</h2>
      {list.waiting.length === 0 ? (
        <EmptyState>
          {say({ fr: 'Aucun dossier ne vous attend.', en: 'No dossier waits for you.' })}
        </EmptyState>
      ) : (
        <Table
          caption={say({ fr: 'Du plus ancien au plus récent', en: 'Oldest first' })}
          head={[
            say({ fr: 'Badge', en: 'Badge' }),
            say({ fr: 'Élève', en: 'Student' }),
            say({ fr: 'À faire', en: 'To do' }),
          ]}
          rows={list.waiting.map((line) => [
            linkTo(line),
            line.student,
            line.move ? say(MOVE_WORDS[line.move]) : '',
          ])}
          empty=""
        />
      )}
      <h2>{say({ fr: 'Tous les dossiers', en: 'All dossiers' })}</h2>
      <Tabs
        label={say({ fr: 'Par état', en: 'By state' })}
        here={hrefOf(state)}
        links={[
          { href: hrefOf(undefined), title: say({ fr: 'Tous', en: 'All' }) },
          ...DOSSIER_STATES.map((one) => ({ href: hrefOf(one), title: say(STATES[one].words) })),
        ]}
      />
      <AllDossiers say={say} list={list} state={state} />
    </Sheet>
  )
}

/** A column only where there is more than one. */
const ORGANISATIONS = [
  { of: 'company', title: { fr: 'Entreprise', en: 'Company' } },
  { of: 'school', title: { fr: 'Lycée', en: 'School' } },
] as const

function AllDossiers(props: Pick<Props, 'list' | 'state'> & { say: Say }): VNode {
  const { say, list, state } = props
  const others = ORGANISATIONS.filter(({ of }) => new Set(list.all.map((one) => one[of])).size > 1)
  return (
    <>
      <Table
        caption={say(
          state ? STATES[state].words : { fr: 'Du plus récent au plus ancien', en: 'Newest first' },
        )}
        head={[
          'Badge',
          say({ fr: 'Élève', en: 'Student' }),
          ...others.map(({ title }) => say(title)),
          say({ fr: 'État', en: 'State' }),
        ]}
        rows={list.all.map((line) => [
          linkTo(line),
          line.student,
          ...others.map(({ of }) => line[of]),
          <StateOf say={say} line={line} />,
        ])}
        empty={say({ fr: 'Aucun dossier ici.', en: 'No dossier here.' })}
      />
      <Pagination
        say={say}
        page={list.page}
        pages={list.pages}
        hrefOf={(page) => `${hrefOf(state)}${state ? '&' : '?'}page=${page}`}
      />
    </>
  )
}

function StateOf({ say, line }: { say: Say; line: DossierLine }): VNode {
  const { tone, words } = STATES[line.state]
  if (line.changed) {
    return (
      <State tone="unknown">
        {say(words)}
        {say({ fr: ', un fait a changé depuis', en: ', a fact has changed since' })}
      </State>
    )
  }
  return line.stale ? (
    <State tone="unknown">
      {say(words)}
      {say({ fr: ', délai dépassé', en: ', too late' })}
    </State>
  ) : (
    <State tone={tone}>{say(words)}</State>
  )
}

function linkTo({ publicId, badge }: DossierLine): VNode {
  return (
    <a href={`/dossiers/${publicId}`} lang="fr">
      {badge}
    </a>
  )
}

function hrefOf(state: DossierState | undefined): string {
  return state ? `/dossiers?state=${state}` : '/dossiers'
}
