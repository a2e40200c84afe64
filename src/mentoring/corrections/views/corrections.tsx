import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { FIELD_WORDS } from '../fields.data.js'
import type { SchoolRequest } from '../see-corrections.js'
import { standingText } from './request-parts.js'

export const CORRECTIONS_TITLE = {
  fr: 'Demandes de correction',
  en: 'Requests for correction',
}

type Props = { asked: Asked; requests: readonly SchoolRequest[] }

/** What students and guardians of a school asked to be corrected: what waits first. */
export function CorrectionsPage({ asked, requests }: Props): VNode {
  const { say } = formStateOf(asked)
  const table = (caption: string, rows: readonly SchoolRequest[], empty: string) => (
    <Table
      caption={caption}
      head={[
        say({ fr: 'Élève', en: 'Student' }),
        say({ fr: 'Ce qui serait faux', en: 'What would be wrong' }),
        say({ fr: 'État', en: 'State' }),
      ]}
      rows={rows.map((one) => [
        <a href={`/students/${one.student.id}/identity`}>{one.student.name}</a>,
        say(FIELD_WORDS[one.field]),
        standingText(say, one),
      ])}
      empty={empty}
    />
  )
  const done = requests.filter(({ answered }) => answered)
  return (
    <Frame asked={asked} title={say(CORRECTIONS_TITLE)} way={[]}>
      <p>
        {say({
          fr: 'Un élève, ou son responsable légal, peut faire corriger ce qui est faux dans son identité. Le lycée corrige, ou refuse et dit pourquoi, dans le mois.',
          en: 'A student, or their guardian, may have what is wrong in their identity corrected. The lycée corrects it, or refuses and says why, within a month.',
        })}
      </p>
      {table(
        say({ fr: 'À traiter', en: 'To be answered' }),
        requests.filter(({ answered }) => !answered),
        say({ fr: 'Aucune demande n’attend de réponse.', en: 'No request waits for an answer.' }),
      )}
      {done.length > 0 ? table(say({ fr: 'Traitées', en: 'Answered' }), done, '') : null}
    </Frame>
  )
}
