import type { VNode } from 'preact'
import { Table } from '../../web/components/blocks.js'
import { Choices, CopyField } from '../../web/components/choices.js'
import { Button, ButtonLink, Field, Form, Select } from '../../web/components/form.js'
import { State } from '../../web/components/status.js'
import { sayIn, type Say } from '../../web/say.js'
import type { IssuedToken } from '../issue-token.js'
import { SCOPE_NAMES, SCOPES } from '../scopes.data.js'
import type { TokenLine } from '../see-tokens.js'
import type { Organisation } from '../store.js'
import { formStateOf, Sheet, type Asked } from './sheet.js'

const TITLE = { fr: 'Jetons d’accès', en: 'Access tokens' }
const EVERYWHERE = { fr: 'Partout', en: 'Everywhere' }
const STATES = {
  good: { tone: 'valid', words: { fr: 'sert', en: 'serves' } },
  leaked: {
    tone: 'due',
    words: { fr: 'vu dans une adresse : à révoquer', en: 'seen in an address: revoke it' },
  },
  expired: { tone: 'plain', words: { fr: 'expiré', en: 'expired' } },
  revoked: { tone: 'invalid', words: { fr: 'révoqué', en: 'revoked' } },
} as const

type TokensViewProps = {
  asked: Asked
  tokens: readonly TokenLine[]
  organisations: readonly Organisation[]
  mostDays: number
}

/** The access given to other software: to be given, seen, taken back. */
export function TokensView({ asked, tokens, organisations, mostDays }: TokensViewProps): VNode {
  const say = sayIn(asked.visitor.language)
  return (
    <Sheet asked={asked} title={TITLE}>
      <p>
        {say({
          fr: 'Un jeton permet à un autre logiciel d’agir ici au nom d’une personne, dans la limite de ce que vous cochez. Ce qu’il peut demander est décrit dans l’',
          en: 'A token lets other software act here in a person’s name, within what you tick. What it may ask is described in the ',
        })}
        <a href="/docs">{say({ fr: 'interface de programmation', en: 'programming interface' })}</a>
        .
      </p>
      <Table
        caption={say({ fr: 'Jetons donnés', en: 'Tokens given' })}
        head={[
          say({ fr: 'Nom', en: 'Name' }),
          say({ fr: 'Au nom de', en: 'In the name of' }),
          say({ fr: 'Permet', en: 'Allows' }),
          say({ fr: 'Expire le', en: 'Expires on' }),
          say({ fr: 'Dernier usage', en: 'Last used' }),
          say({ fr: 'État', en: 'State' }),
        ]}
        rows={tokens.map((token) => [
          token.name,
          `${token.owner ?? '–'} (${token.organisation ?? say(EVERYWHERE)})`,
          say.list(namedScopes(token.scopes).map((scope) => say(SCOPES[scope]))),
          say.day(token.expiresAt.slice(0, 10)),
          token.lastUsedAt === null
            ? say({ fr: 'jamais', en: 'never' })
            : say.day(token.lastUsedAt.slice(0, 10)),
          <TokenState say={say} asked={asked} token={token} />,
        ])}
        empty={say({ fr: 'Aucun jeton pour l’instant.', en: 'No token yet.' })}
      />
      <h2>{say({ fr: 'Donner un jeton', en: 'Give a token' })}</h2>
      <NewForm asked={asked} organisations={organisations} mostDays={mostDays} />
    </Sheet>
  )
}

function namedScopes(scopes: readonly string[]) {
  return SCOPE_NAMES.filter((scope) => scopes.includes(scope))
}

function TokenState(props: { say: Say; asked: Asked; token: TokenLine }): VNode {
  const { say, asked, token } = props
  const { tone, words } = STATES[token.state]
  return (
    <>
      <State tone={tone}>{say(words)}</State>
      {token.state === 'good' || token.state === 'leaked' ? (
        <Form state={{ ...formStateOf(asked), problem: undefined }} action="/tokens">
          <input type="hidden" name="act" value="revoke" />
          <input type="hidden" name="token" value={token.publicId} />
          <Button kind="quiet">
            {say({ fr: 'Révoquer', en: 'Revoke' })}
            <span class="visually-hidden"> {token.name}</span>
          </Button>
        </Form>
      ) : null}
    </>
  )
}

function NewForm(props: Pick<TokensViewProps, 'asked' | 'organisations' | 'mostDays'>): VNode {
  const state = formStateOf(props.asked)
  const { say } = state
  const everywhere = { value: '', label: say(EVERYWHERE) }
  const places = props.organisations.map(({ publicId, name }) => ({ value: publicId, label: name }))
  return (
    <Form state={state} action="/tokens">
      <input type="hidden" name="act" value="issue" />
      <Field
        state={state}
        name="name"
        label={say({ fr: 'Nom', en: 'Name' })}
        hint={say({ fr: 'Le logiciel qui s’en servira.', en: 'The software that will use it.' })}
      />
      <Choices
        state={state}
        name="scopes"
        kind="several"
        legend={say({ fr: 'Ce qu’il permet', en: 'What it allows' })}
        options={SCOPE_NAMES.map((scope) => ({ value: scope, label: say(SCOPES[scope]) }))}
      />
      <Field
        state={state}
        name="days"
        type="number"
        label={say({ fr: 'Durée, en jours', en: 'Days that it lives' })}
        hint={say({ fr: `${props.mostDays} au plus.`, en: `${props.mostDays} at most.` })}
        value={30}
      />
      <Field
        state={state}
        name="owner"
        type="email"
        label={say({ fr: 'Au nom de', en: 'In the name of' })}
        hint={say({
          fr: 'L’adresse d’un compte : le jeton a ses droits, rien de plus. Vide : les vôtres.',
          en: 'The address of an account: the token has its rights, nothing more. Empty: yours.',
        })}
        optional
      />
      <Select
        state={state}
        name="organisation"
        label={say({ fr: 'Où', en: 'Where' })}
        options={[everywhere, ...places]}
      />
      <Button>{say({ fr: 'Donner ce jeton', en: 'Give this token' })}</Button>
    </Form>
  )
}

/** The text of a new token: shown here once, and kept by nobody. */
export function TokenView({ asked, issued }: { asked: Asked; issued: IssuedToken }): VNode {
  const say = sayIn(asked.visitor.language)
  return (
    <Sheet
      asked={asked}
      title={{ fr: 'Un jeton à copier', en: 'A token to copy' }}
      way={[{ href: '/tokens', title: say(TITLE) }]}
    >
      <CopyField
        id="token"
        label={say({ fr: 'Jeton', en: 'Token' })}
        value={issued.token}
        hint={say({
          fr: 'Copiez-le maintenant : il ne sera plus affiché. Il s’envoie dans « Authorization: Bearer … », jamais dans une adresse.',
          en: 'Copy it now: it will not be shown again. It is sent in “Authorization: Bearer …”, never in an address.',
        })}
      />
      <p>
        {say({ fr: 'Il sert jusqu’au', en: 'It serves until' })}{' '}
        {say.instant(issued.expiresAt.toISOString())}.
      </p>
      <p class="actions">
        <ButtonLink href="/tokens" kind="secondary">
          {say({ fr: 'Revenir aux jetons', en: 'Back to tokens' })}
        </ButtonLink>
      </p>
    </Sheet>
  )
}
