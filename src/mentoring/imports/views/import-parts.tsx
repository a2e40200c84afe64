import type { VNode } from 'preact'
import { Facts, Notice, Table } from '../../../web/components/blocks.js'
import { Pagination } from '../../../web/components/links.js'
import type { Say } from '../../../web/say.js'
import { COLUMN_WORDS } from '../../class-list/fault-words.js'
import type { Leaver } from '../../class-list/plan-import.js'
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
  const { refused } = summary
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
        rows={some.map(({ row, line, column, shape, words }) => [
          say({ fr: `n° ${row}, ligne ${line}`, en: `no. ${row}, line ${line}` }),
          <FieldName say={say} column={column} />,
          shape === '' ? say({ fr: 'vide', en: 'empty' }) : <code>{shape}</code>,
          say(words),
        ])}
        empty=""
      />
      <Pagination say={say} page={shown} pages={pages} hrefOf={hrefOf} />
    </>
  )
}

function FieldName({ say, column }: { say: Say; column: string }): VNode {
  const words = COLUMN_WORDS[column]
  return (
    <>
      {words ? `${say(words)} ` : ''}
      <code>{column}</code>
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

const LEAVING: Readonly<Record<Leaver['reason'], Words>> = {
  left: { fr: 'sorti du lycée selon SIECLE', en: 'left the school, says SIECLE' },
  level: { fr: 'à un niveau que ce service ne suit pas', en: 'at a level not followed here' },
  absent: { fr: 'absent de la liste', en: 'not in the list' },
}

/** More of them would push what follows out of sight. */
const FOLDED_FROM = 10

type LeaversProps = { say: Say; summary: ImportSummary; names: ReadonlyMap<string, string> }

/** Whose names are another lycée's to know: counted, by why they are told of. */
function elsewhere(say: Say, { summary, names }: Pick<LeaversProps, 'summary' | 'names'>) {
  const unnamed = summary.leavers.filter(({ studentId }) => !names.has(studentId))
  return [...Map.groupBy(unnamed, ({ reason }) => reason)].map(([reason, { length }]) => [
    length === 1
      ? say({ fr: '1 élève passé dans un autre lycée', en: '1 student at another lycée' })
      : say({
          fr: `${length} élèves passés dans un autre lycée`,
          en: `${length} students at another lycée`,
        }),
    say(LEAVING[reason]),
  ])
}

/** Students whom the service has at this school and the list has not: shown, never ended by an import. */
export function Leavers({ say, summary, names }: LeaversProps): VNode | null {
  if (summary.leavers.length === 0) return null
  const table = (
    <Table
      caption={say({ fr: 'Inscrits ici et plus dans la liste', en: 'Enrolled here, not listed' })}
      head={[say({ fr: 'Élève', en: 'Student' }), say({ fr: 'Pourquoi', en: 'Why' })]}
      rows={[
        ...summary.leavers.flatMap(({ studentId, reason }) => {
          const name = names.get(studentId)
          return name === undefined ? [] : [[name, say(LEAVING[reason])]]
        }),
        ...elsewhere(say, { summary, names }),
      ]}
      empty=""
    />
  )
  return (
    <>
      <h2>{say({ fr: 'Élèves à vérifier', en: 'Students to look at' })}</h2>
      <p>
        {say({
          fr: 'Ces élèves sont inscrits ici et ne sont plus dans la liste, ou leur ligne est refusée. L’import ne change rien pour eux : vérifiez s’ils ont quitté le lycée.',
          en: 'These students are enrolled here and are no longer in the list, or their row is refused. The import changes nothing for them: see whether they have left the school.',
        })}
      </p>
      {summary.leavers.length > FOLDED_FROM ? (
        <details>
          <summary>
            {say({
              fr: `Voir les ${summary.leavers.length} élèves`,
              en: `See the ${summary.leavers.length} students`,
            })}
          </summary>
          {table}
        </details>
      ) : (
        table
      )}
    </>
  )
}
