import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { Button, ButtonLink, Field, Form, Select } from '../../../web/components/form.js'
import { State } from '../../../web/components/status.js'
import { formStateOf } from '../../views/frame.js'
import {
  AGREEMENT_WORDS,
  agreementState,
  partiesFor,
  PARTY_WORDS,
  unsignedParties,
} from '../agreement.js'
import { stateOfForm, type PartProps } from './placement.js'

/** The agreement of a placement: who has signed, and the day of each. */
export function AgreementPart({ asked, view }: PartProps): VNode | null {
  const { say } = formStateOf(asked)
  const { placement, signatures, mayManage } = view
  const { plan, publicId } = placement
  if (!plan) return null
  const state = agreementState(
    plan.age,
    signatures.map(({ party }) => party),
  )
  return (
    <section>
      <h2>{say({ fr: 'Convention', en: 'Agreement' })}</h2>
      <p>
        <State tone={state === 'SIGNED' ? 'valid' : 'due'}>{say(AGREEMENT_WORDS[state])}</State>
      </p>
      <Table
        caption={say({ fr: 'Signatures', en: 'Signatures' })}
        head={[
          say({ fr: 'Partie', en: 'Party' }),
          say({ fr: 'Signée le', en: 'Signed on' }),
          say({ fr: 'Comment', en: 'How' }),
        ]}
        rows={partiesFor(plan.age).map((party) => {
          const signature = signatures.find((one) => one.party === party)
          return [
            say(PARTY_WORDS[party]),
            signature ? say.day(signature.signed_on) : say({ fr: 'pas encore', en: 'not yet' }),
            signature ? say(signature.manner === 'PAPER' ? ON_PAPER : ELECTRONIC) : '–',
          ]
        })}
        empty=""
      />
      <p class="actions">
        <ButtonLink kind="secondary" href={`/placements/${publicId}/agreement`}>
          {say({ fr: 'Lire ou imprimer la convention', en: 'Read or print the agreement' })}
        </ButtonLink>
        {mayManage && signatures.length === 0 && placement.cancelledAt === null ? (
          <ButtonLink kind="secondary" href={`/placements/${publicId}/agreement/edit`}>
            {say({ fr: 'Écrire les mentions', en: 'Write the mentions' })}
          </ButtonLink>
        ) : null}
      </p>
      {mayManage && state !== 'SIGNED' && placement.cancelledAt === null ? (
        <Sign asked={asked} view={view} />
      ) : null}
    </section>
  )
}

const ON_PAPER = { fr: 'signé sur papier', en: 'signed on paper' }
const ELECTRONIC = { fr: 'signature électronique', en: 'electronic signature' }

function Sign({ asked, view }: PartProps): VNode | null {
  const state = stateOfForm(asked, 'sign')
  const { say } = state
  const { plan } = view.placement
  if (!plan) return null
  const waited = unsignedParties(
    plan.age,
    view.signatures.map(({ party }) => party),
  )
  return (
    <Form state={state}>
      <h3>{say({ fr: 'Saisir une signature', en: 'Record a signature' })}</h3>
      <input type="hidden" name="do" value="sign" />
      <Select
        state={state}
        name="party"
        label={say({ fr: 'Qui a signé', en: 'Who signed' })}
        options={waited.map((party) => ({ value: party, label: say(PARTY_WORDS[party]) }))}
      />
      <Field
        state={state}
        name="signedOn"
        type="date"
        label={say({ fr: 'Le', en: 'On' })}
        value={view.today}
      />
      <Select
        state={state}
        name="manner"
        label={say({ fr: 'Comment', en: 'How' })}
        options={[
          { value: 'PAPER', label: say(ON_PAPER) },
          { value: 'ELECTRONIC', label: say(ELECTRONIC) },
        ]}
      />
      <Button kind="secondary">
        {say({ fr: 'Saisir la signature', en: 'Record the signature' })}
      </Button>
    </Form>
  )
}
