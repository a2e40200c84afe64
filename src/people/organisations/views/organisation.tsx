import type { VNode } from 'preact'
import { Facts } from '../../../web/components/blocks.js'
import { Button, Field, Form } from '../../../web/components/form.js'
import { LinkList } from '../../../web/components/links.js'
import { isSchool } from '../../assign-role.js'
import { ORGANISATION_FACTS } from '../../organisation-kinds.data.js'
import { formStateOf, Sheet, type Asked } from '../../views/sheet.js'
import type { OrganisationSeen } from '../linkedin-id.js'

type Props = { asked: Asked; seen: OrganisationSeen }

/** One organisation: what it is, where it is looked after, and its number at LinkedIn. */
export function OrganisationPage({ asked, seen: { organisation, linkedInId } }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { publicId, name, kind, uai, siret, academyCode, city } = organisation
  const title = { fr: 'Organisation', en: 'Organisation' }
  return (
    <Sheet
      asked={asked}
      title={title}
      heading={{ fr: name, en: name }}
      way={[{ href: '/organisations', title: say({ fr: 'Organisations', en: 'Organisations' }) }]}
    >
      <Facts
        facts={[
          [say({ fr: 'Type', en: 'Kind' }), say(ORGANISATION_FACTS[kind].words)],
          [say({ fr: 'UAI ou SIRET', en: 'UAI or SIRET' }), uai ?? siret ?? academyCode ?? '–'],
          [say({ fr: 'Ville', en: 'Town' }), city ?? '–'],
        ]}
      />
      <LinkList
        links={[
          {
            href: `/organisations/${publicId}/keys`,
            title: say({ fr: 'Clés de signature', en: 'Signing keys' }),
          },
          ...(kind === 'company'
            ? [
                {
                  href: `/organisations/${publicId}/authority`,
                  title: say({ fr: 'Comment nous le savons', en: 'How we know' }),
                },
              ]
            : []),
          ...(isSchool(organisation)
            ? [
                {
                  href: `/schools/${publicId}/settings`,
                  title: say({ fr: 'Réglages de l’établissement', en: 'Settings of the school' }),
                },
              ]
            : []),
        ]}
      />
      <h2>LinkedIn</h2>
      <Form state={state}>
        <Field
          state={state}
          name="linkedInId"
          label={say({
            fr: 'Numéro de la page de l’organisation chez LinkedIn',
            en: 'Number of the organisation’s page at LinkedIn',
          })}
          hint={say({
            fr: 'Des chiffres seuls. Un élève qui ajoute un badge à son profil y voit alors le logo de son établissement. Vide : son nom suffit.',
            en: 'Digits alone. A student who adds a badge to their profile then sees the logo of their school. Empty: its name will do.',
          })}
          value={linkedInId ?? ''}
          optional
        />
        <p class="actions">
          <Button>{say({ fr: 'Enregistrer ce numéro', en: 'Save this number' })}</Button>
        </p>
      </Form>
    </Sheet>
  )
}
