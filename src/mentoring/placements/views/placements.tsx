import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { EmptyState } from '../../../web/components/journey.js'
import { LinkList } from '../../../web/components/links.js'
import type { Say } from '../../../web/say.js'
import type { Words } from '../../../words.js'
import { FirstRows } from '../../views/first-rows.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { Group, PlacementLine, PlacementsView } from '../see-placements.js'

/** In the order in which they ask for something. */
const GROUPS: readonly (readonly [Group, Words])[] = [
  ['over', { fr: 'Finies, jours à saisir', en: 'Over, days to be recorded' }],
  ['completed', { fr: 'À confirmer', en: 'To be confirmed' }],
  ['did-not-show', { fr: 'Élève jamais venu', en: 'Student never came' }],
  ['under-way', { fr: 'En cours', en: 'Under way' }],
  ['to-come', { fr: 'À venir', en: 'To come' }],
  ['validated', { fr: 'Confirmées', en: 'Confirmed' }],
  ['rectified', { fr: 'Confirmées après correction', en: 'Confirmed after a correction' }],
  ['cancelled', { fr: 'Annulées', en: 'Cancelled' }],
]

/** Nothing more to be done. */
const DONE: readonly Group[] = ['validated', 'rectified', 'cancelled']

type PlacementsProps = { asked: Asked; view: PlacementsView }

/** The placements of this school year by where they stand, each with what is missing. */
export function PlacementsPage({ asked, view }: PlacementsProps): VNode {
  const { say } = formStateOf(asked)
  const { lines, reader } = view
  return (
    <Frame asked={asked} title={say({ fr: 'Stages', en: 'Placements' })} way={[]}>
      <p>{say(ABOUT[reader])}</p>
      {reader === 'school' ? <ForSchool say={say} /> : null}
      {lines.length === 0 ? (
        <EmptyState>
          {say({ fr: 'Aucun stage cette année scolaire.', en: 'No placement this school year.' })}
        </EmptyState>
      ) : null}
      {GROUPS.map(([group, words]) => {
        const own = lines.filter((line) => line.group === group)
        const props = { say, caption: say(words), reader, lines: own }
        if (own.length === 0) return null
        return DONE.includes(group) ? (
          <Done key={group} {...props} />
        ) : (
          <section key={group}>
            <h2>
              {say(words)} <span class="soft">({say.number(own.length)})</span>
            </h2>
            <FirstRows say={say} rows={own} table={(lines) => <Lines {...props} lines={lines} />} />
          </section>
        )
      })}
    </Frame>
  )
}

const ABOUT: Readonly<Record<PlacementsView['reader'], Words>> = {
  school: {
    fr: 'Les périodes de formation en milieu professionnel (PFMP) de cette année scolaire, et ce qui manque à chacune. Pour en prévoir une, ouvrez la page de l’élève.',
    en: 'The placements (PFMP) of this school year, and what each lacks. To plan one, open the page of the student.',
  },
  company: {
    fr: 'Les stagiaires de votre entreprise cette année scolaire.',
    en: 'The trainees of your company this school year.',
  },
  student: { fr: 'Vos périodes en entreprise.', en: 'Your placements.' },
}

function ForSchool({ say }: { say: Say }): VNode {
  return (
    <LinkList
      links={[
        { href: '/cohorts', title: say({ fr: 'Trouver un élève', en: 'Find a student' }) },
        {
          href: '/sites',
          title: say({ fr: 'Sites et dérogations', en: 'Sites and derogations' }),
        },
        { href: '/grids', title: say({ fr: 'Grilles de bilan', en: 'Assessment grids' }) },
      ]}
    />
  )
}

type LinesProps = {
  say: Say
  lines: readonly PlacementLine[]
  caption: string
  reader: PlacementsView['reader']
}

/** Folded: one comes for what is still to be done. */
function Done(props: LinesProps): VNode {
  const { say, caption, lines } = props
  return (
    <details class="rest">
      <summary>
        {caption} <span class="soft">({say.number(lines.length)})</span>
      </summary>
      <Lines {...props} />
    </details>
  )
}

function Lines({ say, lines, caption, reader }: LinesProps): VNode {
  return (
    <Table
      caption={caption}
      quiet
      tight
      head={[
        say({ fr: 'Stage', en: 'Placement' }),
        say({ fr: 'Dates', en: 'Dates' }),
        ...(reader === 'school' ? [say({ fr: 'Entreprise', en: 'Company' })] : []),
        say({ fr: 'Tuteur', en: 'Tutor' }),
        say({ fr: 'Ce qui manque', en: 'What is missing' }),
      ]}
      rows={lines.map(({ placement, studentName, missing }) => [
        <a href={`/placements/${placement.publicId}`}>
          {reader === 'student' ? placement.companyName : studentName}
        </a>,
        say({
          fr: `du ${say.day(placement.fromDay)} au ${say.day(placement.untilDay)}`,
          en: `${say.day(placement.fromDay)} to ${say.day(placement.untilDay)}`,
        }),
        ...(reader === 'school' ? [placement.companyName] : []),
        placement.tutorName,
        missing.length === 0
          ? '–'
          : missing.map((words) => say(words)).join(say({ fr: ' ; ', en: '; ' })),
      ])}
      empty=""
    />
  )
}
