import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import type { Say } from '../../../web/say.js'
import type { ImportSummary } from '../../class-list/summary.js'
import { FIELD_WORDS } from '../../corrections/fields.data.js'

type Props = { say: Say; summary: ImportSummary; names: ReadonlyMap<string, string> }

/** What the list has again although the school has corrected it: people decide which is right. */
export function KeptValues({ say, summary: { kept = [] }, names }: Props): VNode | null {
  if (kept.length === 0) return null
  const caption = say({
    fr: 'La liste ramène ce que le lycée a corrigé',
    en: 'The list brings back what the lycée has corrected',
  })
  return (
    <>
      <h2>{caption}</h2>
      <p>
        {say({
          fr: 'La valeur corrigée est gardée. Faites-la corriger là d’où vient la liste ; si c’est la liste qui a raison, corrigez l’identité de l’élève ici.',
          en: 'The corrected value is kept. Have it corrected where the list comes from; if the list is right, correct the identity of the student here.',
        })}
      </p>
      <Table
        quiet
        caption={caption}
        head={[say({ fr: 'Élève', en: 'Student' }), say({ fr: 'Gardé', en: 'Kept' })]}
        rows={kept.map(({ studentId, fields }) => [
          <a href={`/students/${studentId}/identity`}>
            {names.get(studentId) ?? say({ fr: 'un élève', en: 'a student' })}
          </a>,
          fields.map((field) => say(FIELD_WORDS[field])).join(', '),
        ])}
        empty=""
      />
    </>
  )
}
