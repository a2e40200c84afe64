import type { VNode } from 'preact'
import { ButtonLink } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import type { StudentView } from '../see-student.js'

/** What staff of the school may begin from the page of a student. */
export function Actions({ say, view }: { say: Say; view: StudentView }): VNode {
  return (
    <p class="actions">
      <ButtonLink href={`/dossiers/new?student=${view.publicId}`}>
        {say({ fr: 'Ouvrir un dossier de badge', en: 'Open a badge dossier' })}
      </ButtonLink>
      {view.mayRecordPlacement ? (
        <ButtonLink kind="secondary" href={`/students/${view.publicId}/placements/plan`}>
          {say({ fr: 'Prévoir une période en entreprise', en: 'Plan a placement' })}
        </ButtonLink>
      ) : null}
      {view.mayRecordPlacement ? (
        <ButtonLink kind="secondary" href={`/students/${view.publicId}/placements/new`}>
          {say({ fr: 'Saisir une période en entreprise', en: 'Record a placement' })}
        </ButtonLink>
      ) : null}
      {view.mayCorrectIdentity ? (
        <ButtonLink kind="secondary" href={`/students/${view.publicId}/identity`}>
          {say({ fr: 'Corriger l’identité', en: 'Correct the identity' })}
        </ButtonLink>
      ) : null}
      {view.mayManageConsents ? (
        <ButtonLink kind="secondary" href={`/students/${view.publicId}/consents`}>
          {say({ fr: 'Accords et responsables légaux', en: 'Consents and guardians' })}
        </ButtonLink>
      ) : null}
    </p>
  )
}
