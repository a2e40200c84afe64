import type { VNode } from 'preact'
import { Facts, Notice, Table } from '../../../web/components/blocks.js'
import { CopyField } from '../../../web/components/choices.js'
import { Button, ErrorSummary, Field, Form } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import type { Words } from '../../../words.js'
import { EXIT_REASONS, EXIT_WORDS } from '../../cohorts/end-enrolment.js'
import { groupHref } from '../../cohorts/views/group-title.js'
import { LEVEL_WORDS } from '../../levels.js'
import { schemeOf } from '../../schemes/index.js'
import { schoolYearLabel } from '../../school-year.js'
import type { StudentView } from '../see-student.js'
import { ByYear } from '../../views/by-year.js'
import { pastContestTexts } from '../../facts/views/contest.js'
import { factAmount, factDays, factKind, FactState, standingOf } from '../../facts/views/facts.js'
import { Openings, Until } from './open-record.js'
import { Actions } from './student-actions.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

type StudentProps = {
  asked: Asked
  view: StudentView
  /** The link to a password, shown this once. */
  link: string | undefined
}

/** A student as the school's staff see them. */
export function StudentPage({ asked, view, link }: StudentProps): VNode {
  const { say } = formStateOf(asked)
  const name = `${view.givenName} ${view.familyName}`
  // Whoever opened the record has no cohorts to go back to.
  const cohorts = [{ href: '/cohorts', title: say({ fr: 'Cohortes', en: 'Cohorts' }) }]
  const way = view.openedUntil === undefined ? cohorts : []
  return (
    <Frame asked={asked} title={say({ fr: 'Élève', en: 'Student' })} heading={name} way={way}>
      {link === undefined ? null : <OnceLink say={say} link={link} />}
      <Facts facts={[[say({ fr: 'Lycée', en: 'Lycée' }), view.schoolName]]} />
      {view.openedUntil === undefined ? (
        <Actions say={say} view={view} />
      ) : (
        <Until say={say} until={view.openedUntil} />
      )}
      <Recorded say={say} view={view} />
      <Schoolings say={say} view={view} />
      <Enrolments say={say} view={view} />
      {view.groups.length > 0 ? <OtherGroups say={say} groups={view.groups} /> : null}
      {view.mayManage ? (
        <p>
          <a href={`/students/${view.publicId}/data`}>
            {say({ fr: 'Données : copie, effacement', en: 'Data: copy, erasure' })}
          </a>
        </p>
      ) : null}
      <Openings say={say} openings={view.openings} />
      <h2>{say({ fr: 'Compte de l’élève', en: 'The student’s account' })}</h2>
      <Account asked={asked} view={view} />
    </Frame>
  )
}

function Recorded({ say, view }: { say: Say; view: StudentView }): VNode {
  return (
    <ByYear
      say={say}
      facts={view.recorded}
      table={(facts) => <RecordedFacts say={say} facts={facts} />}
    />
  )
}

function RecordedFacts({ say, facts }: { say: Say; facts: StudentView['recorded'] }): VNode {
  return (
    <Table
      caption={say({ fr: 'Séances et périodes en entreprise', en: 'Sessions and placements' })}
      head={[
        say({ fr: 'Fait', en: 'Fact' }),
        say({ fr: 'Dates', en: 'Dates' }),
        say({ fr: 'Durée', en: 'Duration' }),
        say({ fr: 'Entreprise', en: 'Company' }),
        say({ fr: 'État', en: 'State' }),
        say({ fr: 'Ce que dit l’élève', en: 'What the student says' }),
      ]}
      rows={facts.map((fact) => [
        factKind(say, fact),
        factDays(say, fact),
        factAmount(say, fact),
        fact.companyName,
        <FactState say={say} standing={standingOf(fact)} />,
        studentSays(say, fact),
      ])}
      empty={say({
        fr: 'Rien n’a encore été saisi pour cet élève.',
        en: 'Nothing has been recorded of this student yet.',
      })}
    />
  )
}

function studentSays(say: Say, fact: StudentView['recorded'][number]): VNode {
  const past = pastContestTexts(say, fact)
  if (past.length === 0) return <>{fact.contestReason ?? '–'}</>
  return (
    <ul>
      {fact.contestReason === null ? null : <li>{fact.contestReason}</li>}
      {past.map((text) => (
        <li>{text}</li>
      ))}
    </ul>
  )
}

function Schoolings({ say, view }: { say: Say; view: StudentView }): VNode {
  return (
    <Table
      caption={say({ fr: 'Scolarité', en: 'Schooling' })}
      head={[
        say({ fr: 'Niveau', en: 'Level' }),
        say({ fr: 'Division', en: 'Division' }),
        say({ fr: 'Du', en: 'From' }),
        say({ fr: 'Au', en: 'Until' }),
      ]}
      rows={view.schoolings.map(({ level, division, fromDay, untilDay }) => [
        say(LEVEL_WORDS[level]),
        division,
        say.day(fromDay),
        untilDay === null ? '–' : say.day(untilDay),
      ])}
      empty={say({ fr: 'Aucune scolarité connue.', en: 'No schooling known.' })}
    />
  )
}

function Enrolments({ say, view }: { say: Say; view: StudentView }): VNode {
  return (
    <Table
      caption={say({ fr: 'Cohortes', en: 'Cohorts' })}
      head={[
        say({ fr: 'Cohorte', en: 'Cohort' }),
        say({ fr: 'Du', en: 'From' }),
        say({ fr: 'Au', en: 'Until' }),
        say({ fr: 'Raison du départ', en: 'Reason for leaving' }),
      ]}
      rows={view.enrolments.map((one) => [
        <a {...(view.openedUntil === undefined && { href: `/cohorts/${one.cohortPublicId}` })}>
          {one.className} {schoolYearLabel(one.entryYear)}
        </a>,
        say.day(one.fromDay),
        one.untilDay === null ? '–' : say.day(one.untilDay),
        exitText(say, one.exitReason),
      ])}
      empty={say({
        fr: 'Cet élève n’est dans aucune cohorte. On l’inscrit sur la page de la cohorte.',
        en: 'This student is in no cohort. They are enrolled on the page of the cohort.',
      })}
    />
  )
}

/** Cordées, pairs: what the student is or was in beside P-TECH. */
function OtherGroups({ say, groups }: { say: Say; groups: StudentView['groups'] }): VNode {
  return (
    <Table
      caption={say({ fr: 'Autres dispositifs', en: 'Other schemes' })}
      head={[
        say({ fr: 'Groupe', en: 'Group' }),
        say({ fr: 'Dispositif', en: 'Scheme' }),
        say({ fr: 'Porté par', en: 'Run by' }),
        say({ fr: 'Du', en: 'From' }),
        say({ fr: 'Au', en: 'Until' }),
      ]}
      rows={groups.map((one) => [
        <a href={groupHref({ scheme: one.scheme, publicId: one.cohortPublicId })}>
          {say.text(one.title)}
        </a>,
        say(schemeOf(one.scheme).words),
        one.ownerName,
        say.day(one.fromDay),
        one.untilDay === null ? '–' : say.day(one.untilDay),
      ])}
      empty=""
    />
  )
}

function exitText(say: Say, code: string | null): string {
  const reason = EXIT_REASONS.find((known) => known === code)
  return reason ? say(EXIT_WORDS[reason]) : '–'
}

const ACCOUNT_WORDS: Readonly<Record<StudentView['account'], Words>> = {
  none: {
    fr: 'Pas encore de compte : l’élève ne peut pas voir son dossier.',
    en: 'No account yet: the student cannot see their record.',
  },
  waits: {
    fr: 'Compte ouvert ; l’élève n’a pas encore choisi son mot de passe.',
    en: 'Account opened; the student has not chosen a password yet.',
  },
  open: {
    fr: 'Compte ouvert, avec son mot de passe.',
    en: 'Account opened, with a password.',
  },
}

function Account({ asked, view }: { asked: Asked; view: StudentView }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const asks = view.mayOpenAccount && view.account !== 'open'
  return (
    <>
      {asks ? null : <ErrorSummary state={state} />}
      <p>{say(ACCOUNT_WORDS[view.account])}</p>
      {asks ? (
        <Form state={state}>
          <Field
            state={state}
            name="email"
            type="email"
            label={say({ fr: 'Adresse électronique', en: 'E-mail address' })}
            hint={say({
              fr: 'L’élève se connecte avec elle. Sans adresse, le compte existe mais ne s’ouvre pas.',
              en: 'The student signs in with it. Without one the account is there but cannot be entered.',
            })}
            optional
            {...(view.email === null ? {} : { value: view.email })}
          />
          <Button kind="secondary">
            {view.account === 'none'
              ? say({ fr: 'Ouvrir le compte de l’élève', en: 'Open the student’s account' })
              : say({ fr: 'Faire un nouveau lien', en: 'Make a new link' })}
          </Button>
        </Form>
      ) : null}
    </>
  )
}

function OnceLink({ say, link }: { say: Say; link: string }): VNode {
  return (
    <Notice kind="success">
      <p>
        {say({
          fr: 'Le compte est prêt. Remettez ce lien à l’élève, et à personne d’autre : il ne sera plus montré.',
          en: 'The account is ready. Hand this link to the student, and to nobody else: it will not be shown again.',
        })}
      </p>
      <CopyField
        id="account-link"
        label={say({ fr: 'Lien pour choisir le mot de passe', en: 'Link to choose the password' })}
        value={link}
        hint={say({
          fr: 'Valable 7 jours, une fois. Un nouveau lien annule celui-ci.',
          en: 'Good for 7 days, once. A new link cancels this one.',
        })}
      />
    </Notice>
  )
}
