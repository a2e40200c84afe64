import type { VNode } from 'preact'
import { Notice } from '../../../web/components/blocks.js'
import { Button, Field, Form, type FormState } from '../../../web/components/form.js'
import { formStateOf, Sheet, type Asked } from '../../views/sheet.js'
import { DECLARATION } from '../rules.js'
import type { DomainQuestion } from '../prove.js'
import type { Authority } from '../see-authority.js'
import { sentenceOf } from './how-we-know.js'

type Props = { asked: Asked; authority: Authority; digest: string; url?: string | undefined }

/** How we know a company, and what its administrator or the platform’s may add. */
export function AuthorityPage({ asked, authority, digest, url }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { organisation, known, domains, maySee, mayDeclare } = authority
  return (
    <Sheet
      asked={asked}
      title={{ fr: 'Comment nous le savons', en: 'How we know' }}
      {...(maySee ? { way: [{ href: '/organisations', title: 'Organisations' }] } : {})}
    >
      <p>
        <strong>{organisation.name}</strong>.{' '}
        {say({
          fr: 'Ceci est montré à tous ceux qui voient un badge de cette entreprise. Chaque preuve compte un an.',
          en: 'This is shown to everybody who sees a badge of this company. Each proof counts for a year.',
        })}
      </p>
      <ul>
        {known.map((one) => (
          <li key={one.kind}>{sentenceOf(say, one)}</li>
        ))}
      </ul>
      {url === undefined ? null : (
        <Notice kind="warning">
          <p>
            {say({
              fr: 'Démonstration, sans boîte aux lettres :',
              en: 'Demonstration, without a mailbox:',
            })}{' '}
            <a href={url}>
              {say({ fr: 'ouvrir ce qui serait envoyé', en: 'open what would be sent' })}
            </a>
          </p>
        </Notice>
      )}
      {maySee ? <Seen state={stateFor(state, 'siret')} siret={organisation.siret} /> : null}
      <Domain state={stateFor(state, 'domain')} domains={domains} />
      {mayDeclare ? <Declare state={stateFor(state, 'declare')} digest={digest} /> : null}
    </Sheet>
  )
}

function Seen({ state, siret }: { state: FormState; siret: string | null }): VNode | null {
  if (siret === null) return null
  const { say } = state
  return (
    <>
      <h2>
        {say({ fr: 'SIRET vu dans un registre public', en: 'SIRET seen in a public register' })}
      </h2>
      <Form state={state}>
        <input type="hidden" name="act" value="siret" />
        <p>
          <code>{siret}</code>
        </p>
        <Field
          state={state}
          name="source"
          label={say({ fr: 'Registre', en: 'Register' })}
          hint={say({
            fr: 'Par exemple : Annuaire des entreprises.',
            en: 'For example: Annuaire des entreprises.',
          })}
        />
        <Field state={state} name="day" type="date" label={say({ fr: 'Vu le', en: 'Seen on' })} />
        <p class="actions">
          <Button kind="secondary">{say({ fr: 'Noter', en: 'Note' })}</Button>
        </p>
      </Form>
    </>
  )
}

function Domain({ state, domains }: { state: FormState; domains: readonly string[] }): VNode {
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Domaine', en: 'Domain' })}</h2>
      {domains.length === 0 ? (
        <p>
          {say({
            fr: 'Aucun domaine à prouver : ni site, ni adresse à un domaine de l’entreprise.',
            en: 'No domain to prove: neither a website nor an address at a domain of the company.',
          })}
        </p>
      ) : (
        <Form state={state}>
          <input type="hidden" name="act" value="domain" />
          <Field
            state={state}
            name="email"
            type="email"
            label={say({ fr: 'Adresse à ce domaine', en: 'Address at that domain' })}
            hint={say({
              fr: `Par exemple : contact@${domains[0] ?? ''}. Un courriel y est envoyé ; qui le lit confirme.`,
              en: `For example: contact@${domains[0] ?? ''}. A mail is sent there; whoever reads it confirms.`,
            })}
          />
          <p class="actions">
            <Button kind="secondary">{say({ fr: 'Envoyer', en: 'Send' })}</Button>
          </p>
        </Form>
      )}
    </>
  )
}

function Declare({ state, digest }: { state: FormState; digest: string }): VNode {
  const { say } = state
  return (
    <>
      <h2>{say({ fr: 'Déclaration', en: 'Declaration' })}</h2>
      <div class="prose">
        <blockquote>
          <p>{say(DECLARATION)}</p>
        </blockquote>
      </div>
      <Form state={state}>
        <input type="hidden" name="act" value="declare" />
        <input type="hidden" name="digest" value={digest} />
        <Field
          state={state}
          name="function"
          label={say({
            fr: 'Votre fonction dans l’entreprise',
            en: 'Your function in the company',
          })}
          hint={say({ fr: 'Par exemple : gérante.', en: 'For example: manager.' })}
        />
        <p class="actions">
          <Button>{say({ fr: 'Signer cette déclaration', en: 'Sign this declaration' })}</Button>
        </p>
      </Form>
    </>
  )
}

/** Only the form that was refused says so. */
function stateFor(state: FormState, act: string): FormState {
  return state.problem?.values.act === act ? state : { ...state, problem: undefined }
}

export function DomainQuestionPage({
  asked,
  question,
}: {
  asked: Asked
  question: DomainQuestion
}): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { company, domain } = question
  return (
    <Sheet
      asked={asked}
      title={{
        fr: 'Cette adresse est-elle à votre entreprise ?',
        en: 'Is this address your company’s?',
      }}
    >
      <p>
        {say({
          fr: `« ${company.name} » dit que ${domain} est son domaine. Confirmez-le si c’est vrai : ce sera montré à ceux qui vérifient ses badges.`,
          en: `“${company.name}” says that ${domain} is its domain. Confirm it if that is true: it will be shown to those who verify its badges.`,
        })}
      </p>
      <Form state={state}>
        <p class="actions">
          <Button>{say({ fr: 'Oui, c’est notre domaine', en: 'Yes, it is our domain' })}</Button>
        </p>
      </Form>
      <p class="soft">
        {say({
          fr: 'Si ce n’est pas vrai, fermez cette page : rien n’est noté. Rien n’est conservé de vous.',
          en: 'If it is not true, close this page: nothing is noted. Nothing is kept of you.',
        })}
      </p>
    </Sheet>
  )
}

export function DomainAnsweredPage({ asked }: { asked: Asked }): VNode {
  const { say } = formStateOf(asked)
  return (
    <Sheet asked={asked} title={{ fr: 'Merci', en: 'Thank you' }}>
      <p>
        {say({ fr: 'Le domaine est prouvé, pour un an.', en: 'The domain is proved, for a year.' })}
      </p>
    </Sheet>
  )
}
