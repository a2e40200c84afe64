import type { VNode } from 'preact'
import { Checks, Facts, Table } from '../../web/components/blocks.js'
import { Button, ErrorSummary, Form } from '../../web/components/form.js'
import { State, type Tone } from '../../web/components/status.js'
import { formStateOf, Sheet, type Asked } from '../../people/views/sheet.js'
import type { FirstStep } from '../../people/first-steps.js'
import { sayIn, type Say } from '../../web/say.js'
import { PART_WORDS, sayPart, STATE_WORDS } from '../health-words.js'
import { wordsOfJob } from '../job-words.js'
import { FirstSteps } from './first-steps.js'
import type { JobLine, JobsView } from '../jobs.js'
import type { Health } from '../see-health.js'
import type { HealthState } from '../weigh-health.js'

const TONES: Readonly<Record<HealthState, Tone>> = {
  well: 'valid',
  'not-well': 'invalid',
  unknown: 'unknown',
}
const TITLE = { fr: 'État du service', en: 'Health of the service' }
const OVERALL: Readonly<Record<HealthState, { fr: string; en: string }>> = {
  well: { fr: 'Tout va bien', en: 'All is well' },
  'not-well': { fr: 'Quelque chose ne va pas', en: 'Something is not well' },
  unknown: { fr: 'Tout n’a pas pu être regardé', en: 'Not everything could be looked at' },
}

type Props = {
  asked: Asked
  health: Health
  jobs: JobsView
  uptimeMinutes: number
  steps: readonly FirstStep[]
}

/** What works, what waits and what failed. */
export function HealthPage({ asked, health, jobs, uptimeMinutes, steps }: Props): VNode {
  const say = sayIn(asked.visitor.language)
  return (
    <Sheet asked={asked} title={TITLE}>
      <ErrorSummary state={formStateOf(asked)} />
      <p>
        <State tone={TONES[health.state]}>{say(OVERALL[health.state])}</State>
      </p>
      <Facts
        facts={[
          [say({ fr: 'Regardé le', en: 'Looked at' }), say.instant(health.at)],
          ['Version', health.version],
          [say({ fr: 'En marche depuis', en: 'Running for' }), say.hours(uptimeMinutes)],
        ]}
      />
      <FirstSteps say={say} steps={steps} />
      <h2>{say({ fr: 'Partie par partie', en: 'Part by part' })}</h2>
      <Checks
        checks={health.parts.map((part) => ({
          title: say(PART_WORDS[part.name]),
          tone: TONES[part.state],
          word: say(STATE_WORDS[part.state]),
          message: sayPart(part, say),
        }))}
      />
      <p>
        <a href="/mail">{say({ fr: 'Voir le courriel', en: 'See the mail' })}</a>{' '}
        <a href="/admin/audit">{say({ fr: 'Lire l’audit', en: 'Read the audit' })}</a>{' '}
        <a href="/admin/settings">{say({ fr: 'Réglages', en: 'Settings' })}</a>{' '}
        <a href="/announcements">{say({ fr: 'Annonces', en: 'Notices' })}</a>
      </p>
      <h2>{say({ fr: 'Tâches', en: 'Jobs' })}</h2>
      <Troubled asked={asked} say={say} jobs={jobs.troubled} />
      <Kinds say={say} jobs={jobs} />
    </Sheet>
  )
}

type TroubledProps = { asked: Asked; say: Say; jobs: readonly JobLine[] }

function Troubled({ asked, say, jobs }: TroubledProps): VNode {
  return (
    <Table
      caption={say({ fr: 'Tâches qui ont échoué', en: 'Jobs that failed' })}
      head={[
        say({ fr: 'Tâche', en: 'Job' }),
        say({ fr: 'Identifiant', en: 'Id' }),
        say({ fr: 'Essais', en: 'Tries' }),
        say({ fr: 'Pourquoi', en: 'Why' }),
        say({ fr: 'Suite', en: 'Next' }),
        '',
      ]}
      rows={jobs.map((job) => [
        say(wordsOfJob(job.kind)),
        <code>{job.id}</code>,
        say.number(job.attempts),
        say(job.why),
        sayNext(job, say),
        <Form state={{ ...formStateOf(asked), problem: undefined }}>
          <input type="hidden" name="job" value={job.id} />
          <Button kind="secondary">
            {say({ fr: 'Relancer', en: 'Try again' })}
            <span class="visually-hidden"> {job.id}</span>
          </Button>
        </Form>,
      ])}
      empty={say({ fr: 'Aucune tâche n’a échoué.', en: 'No job failed.' })}
    />
  )
}

function sayNext({ givenUpAt, runAt }: JobLine, say: Say): string {
  if (givenUpAt === null) {
    const at = say.instant(runAt)
    return say({ fr: `nouvel essai le ${at}`, en: `tried again on ${at}` })
  }
  const at = say.instant(givenUpAt)
  return say({ fr: `abandonnée le ${at}`, en: `given up on ${at}` })
}

function Kinds({ say, jobs }: { say: Say; jobs: JobsView }): VNode {
  return (
    <Table
      caption={say({ fr: 'Tâches à faire, par sorte', en: 'Jobs to be done, by kind' })}
      head={[
        say({ fr: 'Tâche', en: 'Job' }),
        say({ fr: 'En attente', en: 'Waiting' }),
        say({ fr: 'Après un échec', en: 'After a failure' }),
        say({ fr: 'Abandonnées', en: 'Given up' }),
        say({ fr: 'La plus ancienne est due le', en: 'The oldest is due on' }),
      ]}
      rows={jobs.kinds.map(({ kind, waiting, failed, givenUp, oldest }) => [
        say(wordsOfJob(kind)),
        ...[waiting, failed, givenUp].map(say.number),
        oldest === null ? '–' : say.instant(oldest),
      ])}
      empty={say({ fr: 'Aucune tâche n’attend.', en: 'No job waits.' })}
    />
  )
}
