import type { VNode } from 'preact'
import { Button, Form } from '../../../web/components/form.js'
import type { Scheme } from '../../schemes/scheme.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { COLUMNS, FILE_ABOUT } from '../archive.data.js'
import { YearSelect } from './exports.js'

type ArchiveProps = { asked: Asked; scheme: Scheme; years: readonly number[] }

/** Everything of a scheme in one file: what it will hold, and of which year. */
export function ArchivePage({ asked, scheme, years }: ArchiveProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const name = say(scheme.words)
  return (
    <Frame
      asked={asked}
      title={say({ fr: `Archive du dispositif ${name}`, en: `Archive of the scheme ${name}` })}
      way={[{ href: '/exports', title: say({ fr: 'Exports', en: 'Exports' }) }]}
    >
      <p>
        {say({
          fr: 'Un fichier zip avec tout ce que votre lycée voit de ce dispositif :',
          en: 'A zip file with all that your lycée sees of this scheme:',
        })}
      </p>
      <ul>
        {(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).map((file) => (
          <li key={file}>
            <code>{file}.csv</code>, {say(FILE_ABOUT[file])}
          </li>
        ))}
      </ul>
      <Form state={state} action={`/exports/scheme/${scheme.code}`}>
        <YearSelect state={state} years={years} all />
        <Button>{say({ fr: 'Télécharger l’archive', en: 'Download the archive' })}</Button>
      </Form>
    </Frame>
  )
}
