import type { VNode } from 'preact'
import { Facts, Notice, Table } from '../../../web/components/blocks.js'
import { Pagination } from '../../../web/components/links.js'
import type { Say } from '../../../web/say.js'
import { FIELD_WORDS } from '../../class-list/fields.js'
import type { Fault } from '../../class-list/rows.js'
import type { ImportSummary } from '../../class-list/summary.js'
import { LEVEL_WORDS } from '../../levels.js'
import { schoolYearLabel } from '../../school-year.js'
import type { Words } from '../../../words.js'

export const IMPORT_TITLE: Words = {
  fr: 'Importer une liste de classe',
  en: 'Import a class list',
}

const TOTALS: readonly (readonly [keyof ImportSummary['totals'], Words])[] = [
  ['new', { fr: 'Nouveaux', en: 'New' }],
  ['updated', { fr: 'Mis à jour', en: 'Updated' }],
  ['unchanged', { fr: 'Inchangés', en: 'Unchanged' }],
  ['ignored', { fr: 'Ignorés', en: 'Ignored' }],
  ['refused', { fr: 'Refusés', en: 'Refused' }],
]

/** Whose list it is, and the totals, which come first. */
export function Totals(props: { say: Say; school: string; summary: ImportSummary }): VNode {
  const { say, school, summary } = props
  const why = ignoredWhy(say, summary)
  return (
    <>
      <p>
        <strong>{school}</strong>, {schoolYearLabel(summary.schoolYear)}
      </p>
      <h2>{say({ fr: 'Élèves de la liste', en: 'Students of the list' })}</h2>
      <Facts
        facts={TOTALS.map(([key, words]) => [
          say(words),
          <>
            <strong>{say.number(summary.totals[key])}</strong>
            {key === 'ignored' && why !== '' ? ` (${why})` : ''}
          </>,
        ])}
      />
      {summary.warnings.map((words) => (
        <Notice key={words.en} kind="warning">
          <p>{say(words)}</p>
        </Notice>
      ))}
    </>
  )
}

function ignoredWhy(say: Say, { ignored }: ImportSummary): string {
  const why = [
    ignored.left > 0
      ? say({ fr: `sortis du lycée : ${ignored.left}`, en: `left the school: ${ignored.left}` })
      : '',
    ignored.level > 0
      ? say({
          fr: `d’un niveau que ce service ne suit pas (CAP, collège…) : ${ignored.level}`,
          en: `at a level that this service does not follow (CAP, collège…): ${ignored.level}`,
        })
      : '',
  ]
  return why.filter(Boolean).join(say({ fr: ' ; ', en: '; ' }))
}

type RefusedProps = {
  say: Say
  summary: ImportSummary
  page: number
  hrefOf: (page: number) => string
}

const FAULTS_A_PAGE = 50

/** The refused, each with the place in the file, what the value looks like, and the cure. */
export function Refused({ say, summary, page, hrefOf }: RefusedProps): VNode | null {
  const { refused, refusedMore = 0 } = summary
  if (refused.length === 0) return null
  const pages = Math.ceil(refused.length / FAULTS_A_PAGE)
  const shown = Math.min(page, pages)
  const some = refused.slice((shown - 1) * FAULTS_A_PAGE, shown * FAULTS_A_PAGE)
  return (
    <>
      <h2 id="refused">{say({ fr: 'Lignes refusées', en: 'Refused rows' })}</h2>
      <Table
        caption={say({
          fr: 'Où, et que faire. Les valeurs sont masquées : A pour une lettre, 9 pour un chiffre.',
          en: 'Where, and what to do. Values are masked: A for a letter, 9 for a digit.',
        })}
        head={[
          say({ fr: 'Élève du fichier', en: 'Student of the file' }),
          say({ fr: 'Champ', en: 'Field' }),
          say({ fr: 'Valeur', en: 'Value' }),
          say({ fr: 'Ce qu’il faut faire', en: 'What to do' }),
        ]}
        rows={some.map((fault) => [
          say({
            fr: `n° ${fault.row}, ligne ${fault.line}`,
            en: `no. ${fault.row}, line ${fault.line}`,
          }),
          <FieldName say={say} fault={fault} />,
          fault.shape === '' ? say({ fr: 'vide', en: 'empty' }) : <code>{fault.shape}</code>,
          say(fault.words),
        ])}
        empty=""
      />
      <Pagination say={say} page={shown} pages={pages} hrefOf={hrefOf} />
      {refusedMore > 0 ? (
        <p class="soft">
          {say({
            fr: `Et ${say.number(refusedMore)} autres, qui ont sans doute la même cause.`,
            en: `And ${say.number(refusedMore)} more, which probably have the same cause.`,
          })}
        </p>
      ) : null}
    </>
  )
}

/** In words; and where it stands: by SIECLE’s name in its XML, by the column in a CSV. */
function FieldName({ say, fault: { column, place } }: { say: Say; fault: Fault }): VNode {
  const words = `${say(FIELD_WORDS[column])} `
  if (column === 'LIGNE') return <>{words}</>
  if (place === undefined) {
    return (
      <>
        {words}
        <code>{column}</code>
      </>
    )
  }
  return (
    <>
      {words}
      {say({ fr: `(colonne ${place})`, en: `(column ${place})` })}
    </>
  )
}

export function Divisions({ say, summary }: { say: Say; summary: ImportSummary }): VNode {
  return (
    <Table
      caption={say({ fr: 'Divisions', en: 'Divisions' })}
      head={[
        say({ fr: 'Division', en: 'Division' }),
        say({ fr: 'Niveau', en: 'Level' }),
        say({ fr: 'Élèves', en: 'Students' }),
      ]}
      rows={summary.divisions.map(({ division, level, students }) => [
        division,
        say(LEVEL_WORDS[level]),
        say.number(students),
      ])}
      empty={say({
        fr: 'Aucun élève de cette liste ne peut être importé.',
        en: 'No student of this list can be imported.',
      })}
    />
  )
}
