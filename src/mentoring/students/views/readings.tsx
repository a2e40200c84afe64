import type { VNode } from 'preact'
import type { Role } from '../../../context.js'
import { ROLE_FACTS } from '../../../people/roles.data.js'
import { Table } from '../../../web/components/blocks.js'
import type { Say } from '../../../web/say.js'
import type { Words } from '../../../words.js'
import type { ReadingKind } from '../note-reading.js'
import type { Reading } from '../readings-store.js'

const KINDS: Readonly<Record<ReadingKind, Words>> = {
  page: { fr: 'une page', en: 'a page' },
  token: { fr: 'un programme', en: 'a program' },
  export: { fr: 'un fichier de plusieurs élèves', en: 'a file of several students' },
  copy: { fr: 'une copie de tout', en: 'a copy of everything' },
}
/** Lines that stand open; the older ones fold. */
const AT_FIRST = 20

/** Who else has read the record of the student who reads this: functions and organisations, no persons. */
export function Readings({ say, readings }: { say: Say; readings: readonly Reading[] }): VNode {
  const older = readings.slice(AT_FIRST)
  return (
    <>
      <h2 id="readings">{say({ fr: 'Qui a lu mon dossier', en: 'Who has read my record' })}</h2>
      <p>
        {say({
          fr: 'Chaque jour où quelqu’un d’autre que vous a ouvert une page sur vous seul, ou pris un fichier où vous êtes nommé. Gardé un an. Une liste où vous n’êtes qu’une ligne parmi d’autres n’y est pas.',
          en: 'Each day on which somebody other than you opened a page about you alone, or took a file that names you. Kept for a year. A list in which you are one line among others is not in it.',
        })}
      </p>
      <Lines say={say} readings={readings.slice(0, AT_FIRST)} />
      {older.length > 0 ? (
        <details>
          <summary>
            {say({ fr: 'Plus anciennes', en: 'Older ones' })} ({say.number(older.length)})
          </summary>
          <Lines say={say} readings={older} />
        </details>
      ) : null}
    </>
  )
}

function Lines({ say, readings }: { say: Say; readings: readonly Reading[] }): VNode {
  return (
    <Table
      caption={say({ fr: 'Le jour le plus récent d’abord', en: 'Latest day first' })}
      head={[
        say({ fr: 'Jour', en: 'Day' }),
        say({ fr: 'Fonction', en: 'Function' }),
        say({ fr: 'Organisation', en: 'Organisation' }),
        say({ fr: 'Par', en: 'Through' }),
      ]}
      rows={readings.map(({ day, role, organisationName, kind }) => [
        say.day(day),
        functionOf(say, role),
        organisationName ?? '–',
        kindOf(say, kind),
      ])}
      empty={say({
        fr: 'Personne n’a lu votre dossier depuis que c’est noté.',
        en: 'Nobody has read your record since this is kept.',
      })}
    />
  )
}

function functionOf(say: Say, role: string | null): string {
  const known = role !== null && role in ROLE_FACTS ? (role as Role) : undefined
  return known ? say(ROLE_FACTS[known].words) : say({ fr: 'un programme', en: 'a program' })
}

function kindOf(say: Say, kind: string): string {
  return kind in KINDS ? say(KINDS[kind as ReadingKind]) : kind
}
