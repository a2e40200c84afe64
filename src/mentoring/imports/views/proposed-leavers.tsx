import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import type { Say } from '../../../web/say.js'
import type { Words } from '../../../words.js'
import type { Leaver } from '../../class-list/plan-import.js'
import type { ImportSummary } from '../../class-list/summary.js'

const LEAVING: Readonly<Record<Leaver['reason'], Words>> = {
  left: { fr: 'sorti du lycée selon la liste', en: 'left the school, says the list' },
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

/** Why nobody is told of who might have left. */
function Summer({ say }: { say: Say }): VNode {
  return (
    <p class="soft">
      {say({
        fr: 'En juillet et en août, les listes sont incomplètes : les élèves absents de celle-ci ne sont pas proposés comme sortis. Importez-la de nouveau à la rentrée.',
        en: 'In July and August lists are incomplete: students who are not in this one are not proposed as leavers. Import it again in September.',
      })}
    </p>
  )
}

/** Students whom the service has at this school and the list has not: shown, never ended by an import. */
export function Leavers({ say, summary, names }: LeaversProps): VNode | null {
  if (summary.leavers.length === 0) return summary.isSummer ? <Summer say={say} /> : null
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
      {summary.isSummer ? <Summer say={say} /> : null}
      <p>
        {say({
          fr: 'Ces élèves sont inscrits ici et ne sont plus dans la liste, ou leur ligne est refusée. L’import ne change rien pour eux : vérifiez s’ils ont quitté le lycée ; le reçu permet alors de terminer leur scolarité.',
          en: 'These students are enrolled here and are no longer in the list, or their row is refused. The import changes nothing for them: see whether they have left the school; the receipt then lets you end their schooling.',
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
