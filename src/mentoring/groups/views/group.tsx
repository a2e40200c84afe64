import type { ComponentChildren, VNode } from 'preact'
import { Facts, Table } from '../../../web/components/blocks.js'
import { ButtonLink } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { LEVEL_WORDS } from '../../levels.js'
import { FirstRows } from '../../views/first-rows.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { GroupSchoolLine, GroupView } from '../see-group.js'
import { GroupSessions } from './group-sessions.js'

type GroupProps = {
  asked: Asked
  view: GroupView
  /** What is particular to its scheme: facts, and what stands below. */
  facts?: readonly (readonly [string, string])[]
  schoolCells?: { head: string; cell: (school: GroupSchoolLine) => ComponentChildren }
  children?: ComponentChildren
}

/** A group of several students of whatever scheme. */
export function GroupPage({ asked, view, facts, schoolCells, children }: GroupProps): VNode {
  const { say } = formStateOf(asked)
  const { group, scheme } = view
  const way = [{ href: '/schemes', title: say({ fr: 'Dispositifs', en: 'Schemes' }) }]
  return (
    <Frame asked={asked} title={group.title} way={way}>
      <Facts
        facts={[
          [say({ fr: 'Dispositif', en: 'Scheme' }), say(scheme.words)],
          [say(scheme.group.owner), group.ownerName],
          [say({ fr: 'Ouvert le', en: 'Opened on' }), say.day(group.openedOn)],
          ...(group.closedOn === null
            ? []
            : [[say({ fr: 'Terminé le', en: 'Ended on' }), say.day(group.closedOn)] as const]),
          [say({ fr: 'Charte ou convention', en: 'Charter or agreement' }), charterText(say, view)],
          [say({ fr: 'Élèves aujourd’hui', en: 'Students today' }), say.number(view.studentCount)],
          ...(facts ?? []),
        ]}
      />
      <Actions say={say} view={view} />
      <Students say={say} view={view} />
      <Schools say={say} view={view} cells={schoolCells} />
      <GroupSessions say={say} sessions={view.sessions} />
      {children}
    </Frame>
  )
}

function charterText(say: Say, { group: { charterOn, charterReference } }: GroupView): string {
  if (charterOn === null) return charterReference ?? say({ fr: 'non notée', en: 'not noted' })
  return [say.day(charterOn), charterReference].filter(Boolean).join(', ')
}

function Actions({ say, view }: { say: Say; view: GroupView }): VNode | null {
  const { publicId } = view.group
  if (!view.mayRecord && !view.mayEnrol && !view.mayRun) return null
  return (
    <p class="actions">
      {view.mayRecord ? (
        <ButtonLink href={`/cohorts/${publicId}/sessions/new`}>
          {say({ fr: 'Saisir une séance', en: 'Record a session' })}
        </ButtonLink>
      ) : null}
      {view.mayEnrol ? (
        <ButtonLink kind="secondary" href={`/cohorts/${publicId}/enrolments/new`}>
          {say({ fr: 'Inscrire des élèves', en: 'Enrol students' })}
        </ButtonLink>
      ) : null}
      {view.mayRun ? (
        <>
          <ButtonLink kind="secondary" href={`/groups/${publicId}/schools/new`}>
            {say({ fr: 'Ajouter un établissement', en: 'Add a school' })}
          </ButtonLink>
          <ButtonLink kind="secondary" href={`/groups/${publicId}/charter`}>
            {say({ fr: 'Noter la charte', en: 'Note the charter' })}
          </ButtonLink>
          <ButtonLink kind="quiet" href={`/groups/${publicId}/close`}>
            {say({ fr: 'Fermer', en: 'Close' })}
          </ButtonLink>
        </>
      ) : null}
    </p>
  )
}

function Students({ say, view }: { say: Say; view: GroupView }): VNode {
  return (
    <FirstRows
      say={say}
      rows={view.students}
      table={(rows, isRest) => <StudentsTable say={say} view={view} rows={rows} quiet={isRest} />}
    />
  )
}

type StudentsProps = { say: Say; view: GroupView; rows: GroupView['students']; quiet: boolean }

function StudentsTable({ say, view, rows, quiet }: StudentsProps): VNode {
  return (
    <Table
      tight
      quiet={quiet}
      caption={
        view.runs
          ? say({ fr: 'Élèves', en: 'Students' })
          : say({ fr: 'Élèves de votre établissement', en: 'Students of your school' })
      }
      head={[
        say({ fr: 'Élève', en: 'Student' }),
        say({ fr: 'Niveau', en: 'Level' }),
        say({ fr: 'Établissement', en: 'School' }),
        say({ fr: 'Depuis le', en: 'Since' }),
        ...(view.group.closedOn === null ? [say({ fr: 'Départ', en: 'Leaving' })] : []),
      ]}
      rows={rows.map((student) => [
        `${student.givenName} ${student.familyName}`,
        student.level ? say(LEVEL_WORDS[student.level]) : '–',
        student.schoolName,
        say.day(student.fromDay),
        ...(view.group.closedOn === null
          ? [
              <a href={`/cohorts/${view.group.publicId}/students/${student.publicId}/leave`}>
                {say({ fr: 'Terminer l’inscription', en: 'End the enrolment' })}
                <span class="visually-hidden">
                  {' '}
                  {student.givenName} {student.familyName}
                </span>
              </a>,
            ]
          : []),
      ])}
      empty={say({ fr: 'Aucun élève pour le moment.', en: 'No student yet.' })}
    />
  )
}

type SchoolsProps = { say: Say; view: GroupView; cells: GroupProps['schoolCells'] }

function Schools({ say, view, cells }: SchoolsProps): VNode {
  return (
    <Table
      caption={say({ fr: 'Établissements', en: 'Schools' })}
      head={[
        say({ fr: 'Établissement', en: 'School' }),
        say({ fr: 'Du', en: 'From' }),
        say({ fr: 'Au', en: 'Until' }),
        say({ fr: 'Élèves', en: 'Students' }),
        ...(cells ? [cells.head] : []),
        say({ fr: 'Départ', en: 'Leaving' }),
      ]}
      rows={view.schools.map((school) => [
        school.name,
        say.day(school.fromDay),
        school.untilDay === null ? '–' : say.day(school.untilDay),
        say.number(school.students),
        ...(cells ? [cells.cell(school)] : []),
        school.mayEnd ? (
          <a href={`/groups/${view.group.publicId}/schools/${school.publicId}/end`}>
            {say({ fr: 'Terminer sa participation', en: 'End its part' })}
          </a>
        ) : (
          '–'
        ),
      ])}
      empty={say({ fr: 'Aucun établissement.', en: 'No school.' })}
    />
  )
}
