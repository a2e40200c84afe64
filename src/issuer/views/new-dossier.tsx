import type { VNode } from 'preact'
import { schoolYearLabel } from '../../mentoring/school-year.js'
import { formStateOf, Sheet, type Asked } from '../../people/views/sheet.js'
import { Choices } from '../../web/components/choices.js'
import { Button, Form } from '../../web/components/form.js'
import { EmptyState } from '../../web/components/journey.js'
import { LinkList } from '../../web/components/links.js'
import type { Say } from '../../web/say.js'
import type { CandidateBadge, Candidates, CohortOfStudents } from '../see-candidates.js'
import { Requirements } from './requirements.js'

const TITLE = { fr: 'Ouvrir un dossier', en: 'Open a dossier' }
const WAY = [{ href: '/dossiers', title: 'Dossiers' }]

/** First: for whom. */
export function ChooseStudentView(props: {
  asked: Asked
  cohorts: readonly CohortOfStudents[]
}): VNode {
  const { asked, cohorts } = props
  const { say } = formStateOf(asked)
  return (
    <Sheet asked={asked} title={TITLE} way={WAY}>
      <p>{say({ fr: 'Pour quel élève ?', en: 'For which student?' })}</p>
      {cohorts.map(({ className, entryYear, students }) => (
        <section key={`${className} ${entryYear}`}>
          <h2>
            {className}, {schoolYearLabel(entryYear)}
          </h2>
          <LinkList
            links={students.map(({ publicId, name }) => ({
              href: `/dossiers/new?student=${publicId}`,
              title: name,
            }))}
          />
        </section>
      ))}
      {cohorts.length === 0 ? (
        <EmptyState>
          {say({
            fr: 'Aucune cohorte : inscrivez d’abord des élèves.',
            en: 'No cohort: enrol students first.',
          })}
        </EmptyState>
      ) : null}
    </Sheet>
  )
}

/** Then: for which badge, and what of it is there. */
export function NewDossierView({ asked, found }: { asked: Asked; found: Candidates }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const free = found.badges.filter(({ dossierId }) => dossierId === undefined)
  const heading = {
    fr: `Ouvrir un dossier : ${found.student}`,
    en: `Open a dossier: ${found.student}`,
  }
  return (
    <Sheet asked={asked} title={TITLE} heading={heading} way={WAY} here={say(TITLE)}>
      {free.length > 0 ? (
        <Form state={state} action={`/dossiers/new?student=${found.studentId}`}>
          <Choices
            state={state}
            name="badge"
            kind="one"
            legend={say({ fr: 'Pour quel badge ?', en: 'For which badge?' })}
            hint={say({
              fr: 'Les badges des entreprises partenaires de sa classe. Un dossier peut s’ouvrir avant d’être complet.',
              en: 'The badges of the partner companies of their class. A dossier may be opened before it is complete.',
            })}
            options={free.map((one) => ({ value: valueOf(one), label: labelOf(say, one) }))}
          />
          <p class="actions">
            <Button>{say({ fr: 'Ouvrir le dossier', en: 'Open the dossier' })}</Button>
          </p>
        </Form>
      ) : (
        <EmptyState>
          {say({
            fr: 'Aucun badge à proposer : les entreprises partenaires de sa classe n’en ont pas d’autre en usage.',
            en: 'No badge to propose: the partner companies of their class have no other in use.',
          })}
        </EmptyState>
      )}
      {found.badges.map((one, at) => (
        <Candidate key={valueOf(one)} say={say} candidate={one} id={`badge-${at}`} />
      ))}
    </Sheet>
  )
}

type CandidateProps = { say: Say; candidate: CandidateBadge; id: string }

function Candidate({ say, candidate, id }: CandidateProps): VNode {
  const { version, company, requirements, obstacle, dossierId } = candidate
  return (
    <section aria-labelledby={id}>
      <h2 id={id} lang="fr">
        {version.definition.name}
      </h2>
      <p>
        {company}
        {dossierId === undefined ? null : (
          <>
            {' · '}
            <a href={`/dossiers/${dossierId}`}>
              {say({ fr: 'un dossier est déjà ouvert', en: 'a dossier is open already' })}
            </a>
          </>
        )}
      </p>
      <Requirements say={say} id={`${id}-rule`} requirements={requirements} />
      {obstacle ? <p>{say(obstacle)}</p> : null}
    </section>
  )
}

function labelOf(say: Say, { version, company, obstacle }: CandidateBadge): string {
  const stand = obstacle ?? { fr: 'Rien ne manque.', en: 'Nothing is missing.' }
  return `${version.definition.name} (${company}). ${say(stand)}`
}

function valueOf({ version }: CandidateBadge): string {
  return `${version.templatePublicId}.${version.number}`
}
