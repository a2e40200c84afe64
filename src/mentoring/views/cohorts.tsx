import type { VNode } from 'preact'
import type { Row } from '../../store/schema.js'
import { Table } from '../../web/components/blocks.js'
import { ErrorSummary, Form } from '../../web/components/form.js'
import { Layout } from '../../web/layout.js'
import type { FormProblem } from '../../web/page.js'
import { sayIn } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import { KIND_WORDS, toSessionKind } from '../schemes/ptech.js'
import { schoolYearLabel } from '../school-year.js'
import type { Cohort } from '../store/classes.js'

type CohortsProps = {
  visitor: Visitor
  problem: FormProblem | undefined
  cohorts: readonly Cohort[]
  toConfirm: readonly Row<'mentoring_sessions'>[]
}

/** The cohorts that the visitor works with, and the sessions that wait for their word. */
export function CohortsPage({ visitor, problem, cohorts, toConfirm }: CohortsProps): VNode {
  const say = sayIn(visitor.language)
  const title = say({ fr: 'Cohortes et séances', en: 'Cohorts and sessions' })
  const state = { say, csrfToken: visitor.csrfToken, problem: undefined }
  return (
    <Layout visitor={visitor} title={title}>
      <h1>{title}</h1>
      <ErrorSummary state={{ ...state, problem }} />
      <h2>{say({ fr: 'Séances à confirmer', en: 'Sessions to confirm' })}</h2>
      {toConfirm.length === 0 ? (
        <p>{say({ fr: 'Aucune séance ne vous attend.', en: 'No session waits for you.' })}</p>
      ) : null}
      {toConfirm.map((session) => (
        <Form key={session.public_id} state={state}>
          <input type="hidden" name="sessionId" value={session.public_id} />
          <p>
            {say.day(session.day)}, {say(KIND_WORDS[toSessionKind(session.kind)])},{' '}
            {say.hours(session.minutes)} : {session.topic}
          </p>
          <button type="submit">
            {say({ fr: 'Confirmer la séance du ', en: 'Confirm the session of ' })}
            {say.day(session.day)}
          </button>
        </Form>
      ))}
      <Table
        caption={say({ fr: 'Cohortes', en: 'Cohorts' })}
        head={[
          say({ fr: 'Classe', en: 'Class' }),
          say({ fr: 'Entrée en 2de pro', en: 'Entered 2de pro in' }),
        ]}
        rows={cohorts.map((cohort) => [cohort.className, schoolYearLabel(cohort.entryYear)])}
        empty={say({ fr: 'Aucune cohorte pour le moment.', en: 'No cohort yet.' })}
      />
    </Layout>
  )
}
