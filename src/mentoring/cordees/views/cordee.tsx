import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import type { Say } from '../../../web/say.js'
import { GroupPage } from '../../groups/views/group.js'
import { formStateOf, type Asked } from '../../views/frame.js'
import { isTrait, PUBLIC_WORDS, SMALLEST_CELL, type Public } from '../publics.js'
import type { CordeeView } from '../see-cordee.js'

/** A cordée: the group, its priority publics, its follow-up over the years. */
export function CordeePage({ asked, view }: { asked: Asked; view: CordeeView }): VNode {
  const { say } = formStateOf(asked)
  return (
    <GroupPage
      asked={asked}
      view={view}
      facts={[
        [
          say({
            fr: 'Suivis deux années scolaires ou plus',
            en: 'Followed two school years or more',
          }),
          say.number(view.severalYears),
        ],
      ]}
      schoolCells={{
        head: say({ fr: 'Public prioritaire', en: 'Priority public' }),
        cell: (school) => <SchoolPublics say={say} view={view} school={school} />,
      }}
    >
      <Publics say={say} view={view} />
    </GroupPage>
  )
}

type SchoolProps = { say: Say; view: CordeeView; school: CordeeView['schools'][number] }

function SchoolPublics({ say, view, school }: SchoolProps): VNode {
  const traits = view.traits.get(school.schoolId) ?? []
  const words = traits.filter(isTrait).map((trait) => say(PUBLIC_WORDS[trait]))
  return (
    <>
      {words.length === 0 ? say({ fr: 'non indiqué', en: 'not said' }) : words.join(', ')}
      {school.isOwn ? (
        <>
          {' · '}
          <a href={`/cordees/${view.group.publicId}/publics/${school.publicId}`}>
            {say({ fr: 'Indiquer', en: 'Say' })}
          </a>
        </>
      ) : null}
    </>
  )
}

function Publics({ say, view }: { say: Say; view: CordeeView }): VNode {
  const { computed, counted } = view
  const rows: (readonly [Public, number | null, string])[] = [
    ['EDUCATION_PRIORITAIRE', computed.EDUCATION_PRIORITAIRE, say(BY_SCHOOL)],
    ['RURAL_ISOLE', computed.RURAL_ISOLE, say(BY_SCHOOL)],
    ['LYCEEN_PRO', computed.LYCEEN_PRO, say(BY_LEVEL)],
    ...(counted
      ? ([
          ['QPV', counted.QPV, say(BY_COUNT)],
          ['BOURSIER', counted.BOURSIER, say(BY_COUNT)],
        ] as const)
      : []),
  ]
  return (
    <>
      <h2>{say({ fr: 'Publics prioritaires', en: 'Priority publics' })}</h2>
      <p>
        {say({
          fr: 'Ces publics sont prioritaires, jamais exclusifs : aucun élève volontaire n’est écarté.',
          en: 'These publics have priority, and exclude nobody: no student who volunteers is turned away.',
        })}
      </p>
      <Table
        caption={say({ fr: 'Élèves par public', en: 'Students by public' })}
        head={[
          say({ fr: 'Public', en: 'Public' }),
          say({ fr: 'Élèves', en: 'Students' }),
          say({ fr: 'D’après', en: 'According to' }),
        ]}
        rows={rows.map(([of, count, source]) => [
          say(PUBLIC_WORDS[of]),
          countText(say, count),
          source,
        ])}
        empty=""
      />
    </>
  )
}

/** Small counts would point at somebody: they are not told. */
function countText(say: Say, count: number | null): string {
  if (count === null) return say({ fr: 'non indiqué', en: 'not said' })
  if (count === 0 || count >= SMALLEST_CELL) return say.number(count)
  return say({ fr: `moins de ${SMALLEST_CELL}`, en: `fewer than ${SMALLEST_CELL}` })
}

const BY_SCHOOL = { fr: 'l’établissement des élèves', en: 'the students’ school' }
const BY_LEVEL = { fr: 'leur niveau', en: 'their level' }
const BY_COUNT = { fr: 'le compte des établissements', en: 'what the schools counted' }
