import type { VNode } from 'preact'
import { Table } from '../../web/components/blocks.js'
import { Button, Field, Form, Select, type FormState } from '../../web/components/form.js'
import { State } from '../../web/components/status.js'
import { sayIn, type Say } from '../../web/say.js'
import type { Words } from '../../words.js'
import type { KeyKind, KeyStage } from '../key-store.js'
import type { KeyLine } from '../see-keys.js'
import type { Organisation } from '../store.js'
import { formStateOf, Sheet, type Asked } from './sheet.js'

const KEY_STATES = {
  announced: { tone: 'plain', words: { fr: 'annoncée', en: 'announced' } },
  active: { tone: 'valid', words: { fr: 'signe', en: 'signs' } },
  retired: { tone: 'plain', words: { fr: 'retirée', en: 'retired' } },
  revoked: { tone: 'invalid', words: { fr: 'révoquée', en: 'revoked' } },
} as const

const USES = {
  Ed25519: { fr: 'badges', en: 'badges' },
  RSA: { fr: 'jetons (JWT)', en: 'tokens (JWT)' },
} as const
const ANNOUNCE = {
  Ed25519: { fr: 'Annoncer une nouvelle clé', en: 'Announce a new key' },
  RSA: { fr: 'Annoncer une nouvelle clé de jetons', en: 'Announce a new key of tokens' },
} as const
const KEPT = {
  files: { fr: 'fichier chiffré', en: 'encrypted file' },
  pkcs11: { fr: 'jeton PKCS#11', en: 'PKCS#11 token' },
} as const

export function KeyState({ say, state }: { say: Say; state: KeyStage }): VNode {
  return <State tone={KEY_STATES[state].tone}>{say(KEY_STATES[state].words)}</State>
}

type TableProps = { say: Say; keys: readonly KeyLine[]; use?: Words }
type Props = {
  asked: Asked
  organisation: Organisation
  keys: readonly KeyLine[]
  timeZone: string
}

/** The keys of one organisation: what signs, what comes next, and what to do when one is stolen. */
export function OrganisationKeysView({ asked, organisation, keys, timeZone }: Props): VNode {
  const say = sayIn(asked.visitor.language, timeZone)
  const state = formStateOf(asked)
  return (
    <Sheet
      asked={asked}
      title={{ fr: 'Clés de signature', en: 'Signing keys' }}
      heading={{
        fr: `Clés de signature : ${organisation.name}`,
        en: `Signing keys: ${organisation.name}`,
      }}
      way={[{ href: '/organisations', title: say({ fr: 'Organisations', en: 'Organisations' }) }]}
      here={say({ fr: 'Clés', en: 'Keys' })}
    >
      <KeyTable say={say} keys={keys} />
      <Rotate say={say} state={state} kinds={thatMayChange(keys)} />
      <Revoke say={say} state={state} keys={keys.filter((key) => key.state !== 'revoked')} />
    </Sheet>
  )
}

/** @param use what all of them are for, where that is not the badges of an organisation */
export function KeyTable({ say, keys, use }: TableProps): VNode {
  return (
    <Table
      caption={say({
        fr: 'Clés, de la plus ancienne à la plus récente',
        en: 'Keys, oldest first',
      })}
      head={[
        say({ fr: 'Clé publique', en: 'Public key' }),
        say({ fr: 'Pour', en: 'For' }),
        say({ fr: 'État', en: 'State' }),
        say({ fr: 'Gardée', en: 'Kept' }),
        say({ fr: 'Publiée', en: 'Published' }),
      ]}
      rows={keys.map((key) => [
        <code>{nameOf(key)}</code>,
        say(use ?? USES[key.kind]),
        <>
          <KeyState say={say} state={key.state} />
          {key.activatesAt === undefined ? null : (
            <span class="soft small">
              {' '}
              {say({ fr: 'signera à partir du', en: 'signs from' })} {say.instant(key.activatesAt)}
            </span>
          )}
        </>,
        say(key.provider === 'pkcs11' ? KEPT.pkcs11 : KEPT.files),
        say.day(key.createdAt.slice(0, 10)),
      ])}
      empty={say({ fr: 'Aucune clé.', en: 'No key.' })}
    />
  )
}

/** Kinds of which the organisation has a key, and announces none. */
function thatMayChange(keys: readonly KeyLine[]): KeyKind[] {
  const having = (states: readonly KeyStage[]) =>
    keys.filter(({ state }) => states.includes(state)).map(({ kind }) => kind)
  const waiting = having(['announced'])
  return [...new Set(having(['active']))].filter((kind) => !waiting.includes(kind))
}

type RotateProps = { say: Say; state: FormState; kinds: readonly KeyKind[] }

export function Rotate({ say, state, kinds }: RotateProps): VNode | null {
  if (kinds.length === 0) return null
  return (
    <>
      <h2>{say({ fr: 'Changer de clé', en: 'Change the key' })}</h2>
      <p>
        {say({
          fr: 'Une nouvelle clé est publiée tout de suite et signe quelques minutes plus tard, quand tout le monde peut la connaître. L’ancienne ne signe plus ; ce qu’elle a signé reste valide.',
          en: 'A new key is published at once and signs a few minutes later, when everybody can know it. The old one signs no more; what it signed stays valid.',
        })}
      </p>
      {kinds.map((kind) => (
        <Form state={{ ...state, problem: undefined }}>
          <input type="hidden" name="act" value="rotate" />
          <input type="hidden" name="kind" value={kind} />
          <Button kind="secondary">{say(ANNOUNCE[kind])}</Button>
        </Form>
      ))}
    </>
  )
}

type RevokeProps = { say: Say; state: FormState; keys: readonly KeyLine[] }

function Revoke({ say, state, keys }: RevokeProps): VNode {
  return (
    <>
      <h2>{say({ fr: 'Une clé a pu être volée', en: 'A key may have been stolen' })}</h2>
      <p>
        {say({
          fr: 'Les badges que notre journal connaissait avant cet instant restent valides. Les autres, signés par cette clé, ne comptent plus et sont à délivrer de nouveau. Si la clé signe encore, une autre la remplace tout de suite. Cela ne se défait pas.',
          en: 'Badges that our log knew before that instant stay valid. The others that this key signed count no more and must be issued again. If the key still signs, another takes over at once. This can’t be undone.',
        })}
      </p>
      <Form state={state}>
        <input type="hidden" name="act" value="revoke" />
        <Select
          state={state}
          name="key"
          label={say({ fr: 'Clé', en: 'Key' })}
          options={keys.map((key) => ({ value: nameOf(key), label: nameOf(key) }))}
        />
        <Field
          state={state}
          name="day"
          type="date"
          label={say({ fr: 'N’est plus sûre depuis le', en: 'Not safe since' })}
        />
        <Field
          state={state}
          name="time"
          label={say({ fr: 'Heure', en: 'Time' })}
          hint={say({
            fr: 'Comme 08:30. Dans le doute, plutôt trop tôt : 00:00 pour tout le jour.',
            en: 'Such as 08:30. In doubt, rather too early: 00:00 for the whole day.',
          })}
          value="00:00"
        />
        <Button kind="danger">{say({ fr: 'Révoquer la clé', en: 'Revoke the key' })}</Button>
      </Form>
    </>
  )
}

/** `z6Mk…`, or a thumbprint */
function nameOf({ id, did }: KeyLine): string {
  return id.slice(did.length + 1)
}
