import type { VNode } from 'preact'
import { Facts } from '../../../web/components/blocks.js'
import { ButtonLink } from '../../../web/components/form.js'
import { EmptyState } from '../../../web/components/journey.js'
import type { Say } from '../../../web/say.js'
import { schoolYearLabel } from '../../school-year.js'
import { StudentsDownload } from '../../exports/views/downloads.js'
import type { CohortView } from '../see-cohort.js'
import { cohortTitle, levelText } from './cohorts.js'
import { CohortPlacements, CohortSessions } from './cohort-facts.js'
import { CohortStudents } from './cohort-students.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

/** A cohort in the school year: students, career mentoring by month, sessions, placements. */
export function CohortPage({ asked, view }: { asked: Asked; view: CohortView }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { cohort, year, members } = view
  const way = [{ href: '/cohorts', title: say({ fr: 'Cohortes', en: 'Cohorts' }) }]
  return (
    <Frame asked={asked} title={cohortTitle(say, cohort)} way={way}>
      <Facts
        facts={[
          [say({ fr: 'Lycée', en: 'Lycée' }), cohort.schoolName],
          [say({ fr: 'Niveau cette année', en: 'Level this year' }), levelText(say, view.level)],
          [say({ fr: 'Année scolaire', en: 'School year' }), schoolYearLabel(year)],
          [say({ fr: 'Élèves', en: 'Students' }), say.number(members.length)],
        ]}
      />
      <Actions say={say} view={view} />
      <h2>{say({ fr: 'Élèves', en: 'Students' })}</h2>
      {members.length === 0 ? (
        <EmptyState>
          {say({
            fr: 'Aucun élève pour le moment. Inscrivez-en pour pouvoir saisir une séance.',
            en: 'No student yet. Enrol some, so that a session can be recorded.',
          })}
        </EmptyState>
      ) : (
        <CohortStudents say={say} view={view} />
      )}
      {view.mayExport ? <StudentsDownload state={state} cohortId={cohort.publicId} /> : null}
      <h2>{say({ fr: 'Séances', en: 'Sessions' })}</h2>
      <CohortSessions say={say} sessions={view.sessions} mayRecord={view.mayRecord} />
      {view.mayRecord ? (
        <p>
          <a href="/mentors">
            {say({
              fr: 'Les mentors, et qui les a vérifiés',
              en: 'Mentors, and who verified them',
            })}
          </a>
        </p>
      ) : null}
      <h2>{say({ fr: 'Périodes en entreprise', en: 'Placements' })}</h2>
      <CohortPlacements say={say} view={view} />
    </Frame>
  )
}

function Actions({ say, view }: { say: Say; view: CohortView }): VNode | null {
  const { cohort, members, sessions } = view
  const record = `/cohorts/${cohort.publicId}/sessions/new`
  return (
    <div class="actions">
      {view.mayRecord && members.length > 0 ? (
        <ButtonLink href={record}>
          {say({ fr: 'Enregistrer une séance', en: 'Record a session' })}
        </ButtonLink>
      ) : null}
      {view.mayRecord && members.length > 0 && sessions.length > 0 ? (
        <ButtonLink kind="secondary" href={`${record}?like=last`}>
          {say({ fr: 'Comme la dernière fois', en: 'Same as last time' })}
        </ButtonLink>
      ) : null}
      <ButtonLink kind="secondary" href={`/cohorts/${cohort.publicId}/calendar`}>
        {say({ fr: 'Calendrier', en: 'Calendar' })}
      </ButtonLink>
      {view.mayManage ? (
        <ButtonLink
          kind={members.length > 0 ? 'secondary' : 'primary'}
          href={`/cohorts/${cohort.publicId}/enrolments/new`}
        >
          {say({ fr: 'Inscrire des élèves', en: 'Enrol students' })}
        </ButtonLink>
      ) : null}
      {view.mayManage && members.length > 0 ? (
        <ButtonLink kind="quiet" href={`/cohorts/${cohort.publicId}/cards`}>
          {say({ fr: 'Cartes de connexion', en: 'Sign-in cards' })}
        </ButtonLink>
      ) : null}
      {view.mayManage ? (
        <ButtonLink kind="quiet" href={`/cohorts/${cohort.publicId}/schools`}>
          {say({ fr: 'Lycées de la cohorte', en: 'Schools of the cohort' })}
        </ButtonLink>
      ) : null}
      {view.mayManage ? (
        <ButtonLink kind="quiet" href={`/cohorts/${cohort.publicId}/outcomes`}>
          {say({ fr: 'Devenir des élèves', en: 'What students went on to' })}
        </ButtonLink>
      ) : null}
    </div>
  )
}
