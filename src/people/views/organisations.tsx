import type { VNode } from 'preact'
import { Table } from '../../web/components/blocks.js'
import { Button, Field, Form, Select } from '../../web/components/form.js'
import { sayIn, type Say } from '../../web/say.js'
import { didOf } from '../keys.js'
import type { KeyLine } from '../see-keys.js'
import { ACADEMIES } from '../academies.data.js'
import { ORGANISATION_FACTS } from '../organisation-kinds.data.js'
import { ORGANISATION_KINDS, type Organisation } from '../store.js'
import { KeyState } from './organisation-keys.js'
import { formStateOf, Sheet, type Asked } from './sheet.js'

export function OrganisationsView(props: {
  asked: Asked
  publicUrl: string
  organisations: readonly Organisation[]
  keys: readonly KeyLine[]
}): VNode {
  const { asked, publicUrl, organisations, keys } = props
  const say = sayIn(asked.visitor.language)
  return (
    <Sheet asked={asked} title={{ fr: 'Organisations', en: 'Organisations' }}>
      <p>
        <a href="/organisations/proofs">
          {say({
            fr: 'Organisations à confirmer et leurs preuves',
            en: 'Organisations to confirm and their proofs',
          })}
        </a>
      </p>
      <Table
        caption={say({ fr: 'Organisations admises', en: 'Organisations admitted' })}
        head={[
          say({ fr: 'Nom', en: 'Name' }),
          say({ fr: 'Type', en: 'Kind' }),
          say({ fr: 'UAI ou SIRET', en: 'UAI or SIRET' }),
          say({ fr: 'Ville', en: 'Town' }),
          say({ fr: 'Signature', en: 'Signature' }),
        ]}
        rows={organisations.map(({ publicId, name, kind, uai, siret, academyCode, city, slug }) => [
          <a href={`/organisations/${publicId}`}>{name}</a>,
          say(ORGANISATION_FACTS[kind].words),
          uai ?? siret ?? academyCode ?? '–',
          city ?? '–',
          <Signature say={say} {...{ publicId, name, slug, keys }} did={didOf(publicUrl, slug)} />,
        ])}
        empty={say({ fr: 'Aucune organisation pour l’instant.', en: 'No organisation yet.' })}
      />
      <p>
        <a href="/service-keys">
          {say({ fr: 'Clés du service lui-même', en: 'Keys of the service itself' })}
        </a>
      </p>
      <h2>{say({ fr: 'Ajouter une organisation', en: 'Add an organisation' })}</h2>
      <NewForm asked={asked} />
    </Sheet>
  )
}

type SignatureProps = {
  say: Say
  publicId: string
  name: string
  slug: string
  did: string
  keys: readonly KeyLine[]
}

/** Under which name it signs, and the public halves of its keys. */
function Signature({ say, publicId, name, slug, did, keys }: SignatureProps): VNode {
  const own = keys.filter((key) => key.did === did)
  return (
    <>
      <details>
        <summary>{say({ fr: 'Identité et clés', en: 'Identity and keys' })}</summary>
        <p>
          <a href={`/orgs/${slug}/did.json`}>
            <code>{did}</code>
          </a>
        </p>
        {own.map(({ id, state, createdAt }) => (
          <p key={id}>
            <code>{id.slice(did.length + 1)}</code>
            <br />
            <KeyState say={say} state={state} />{' '}
            <span class="soft small">
              {say({ fr: 'depuis le', en: 'since' })} {say.day(createdAt.slice(0, 10))}
            </span>
          </p>
        ))}
        <p>
          <a href={`/organisations/${publicId}/keys`}>
            {say({ fr: 'Changer de clé', en: 'Change the key' })}
            <span class="visually-hidden"> : {name}</span>
          </a>
        </p>
      </details>
    </>
  )
}

function NewForm({ asked }: { asked: Asked }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Form state={state} action="/organisations">
      <Select
        state={state}
        name="kind"
        label={say({ fr: 'Type', en: 'Kind' })}
        options={ORGANISATION_KINDS.map((kind) => ({
          value: kind,
          label: say(ORGANISATION_FACTS[kind].words),
        }))}
      />
      <Field state={state} name="name" label={say({ fr: 'Nom', en: 'Name' })} />
      <Select
        state={state}
        name="type"
        label={say({
          fr: 'Précision, pour le supérieur et les structures de mentorat',
          en: 'More exactly, for higher education and mentoring structures',
        })}
        options={[
          { value: '', label: say({ fr: 'Sans objet', en: 'Does not apply' }) },
          ...Object.values(ORGANISATION_FACTS).flatMap(({ types }) =>
            Object.entries(types).map(([value, words]) => ({ value, label: say(words) })),
          ),
        ]}
      />
      <Select
        state={state}
        name="academyCode"
        label={say({ fr: 'Académie, pour un établissement', en: 'Academy, for a school' })}
        options={[
          { value: '', label: say({ fr: 'Sans objet', en: 'Does not apply' }) },
          ...ACADEMIES.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
        ]}
      />
      <Field
        state={state}
        name="uai"
        label="UAI"
        hint={say({
          fr: 'Pour un lycée ou un collège, obligatoire : sept chiffres et une lettre.',
          en: 'For a lycée or a collège, required: seven digits and a letter.',
        })}
        optional
      />
      <Field
        state={state}
        name="siret"
        label="SIRET"
        hint={say({
          fr: 'Pour une entreprise ou une structure de mentorat, obligatoire : quatorze chiffres.',
          en: 'For a company or a mentoring structure, required: fourteen digits.',
        })}
        optional
      />
      <Field state={state} name="city" label={say({ fr: 'Ville', en: 'Town' })} optional />
      <Field
        state={state}
        name="website"
        label={say({ fr: 'Site internet', en: 'Website' })}
        type="url"
        optional
      />
      <Button>{say({ fr: 'Ajouter l’organisation', en: 'Add the organisation' })}</Button>
    </Form>
  )
}
