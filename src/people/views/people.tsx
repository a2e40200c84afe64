import type { VNode } from 'preact'
import { Table } from '../../web/components/blocks.js'
import { CopyField } from '../../web/components/choices.js'
import { ButtonLink } from '../../web/components/form.js'
import { Filter, LinkList, Pagination, type Link } from '../../web/components/links.js'
import { State } from '../../web/components/status.js'
import { sayIn, type Say } from '../../web/say.js'
import type { PeopleOf } from '../people-store.js'
import { ROLE_FACTS } from '../roles.data.js'
import type { HeldRole, PeoplePage, PersonLine } from '../see-people.js'
import { LostMail } from './lost-mail.js'
import { Sheet, type Asked } from './sheet.js'

const PEOPLE = { fr: 'Personnes', en: 'People' }
const PARTS = {
  staff: { fr: 'Adultes', en: 'Adults' },
  students: { fr: 'Élèves', en: 'Students' },
  none: { fr: 'Sans rôle', en: 'Without a role' },
} as const

type PeopleViewProps = {
  asked: Asked
  of: PeopleOf
  parts: readonly PeopleOf[]
  found: PeoplePage
  /** Other pages of who manages people. */
  also: readonly Link[]
}

/** The accounts that the visitor manages. */
export function PeopleView({ asked, of, parts, found, also }: PeopleViewProps): VNode {
  const say = sayIn(asked.visitor.language)
  const hrefOf = (part: PeopleOf, page = 1) =>
    `/people?of=${part}${page > 1 ? `&page=${page}` : ''}`
  return (
    <Sheet asked={asked} title={PEOPLE}>
      <p class="actions">
        <ButtonLink href="/people/new">
          {say({ fr: 'Inviter une personne', en: 'Invite a person' })}
        </ButtonLink>
        <ButtonLink href="/invitations" kind="secondary">
          {say({ fr: 'Inviter une liste', en: 'Invite a list' })}
        </ButtonLink>
      </p>
      {also.length > 0 ? <LinkList links={also} /> : null}
      {parts.length > 1 ? (
        <Filter
          label={say({ fr: 'Montrer :', en: 'Show:' })}
          here={hrefOf(of)}
          links={parts.map((part) => ({ href: hrefOf(part), title: say(PARTS[part]) }))}
        />
      ) : null}
      <Table
        caption={say(PARTS[of])}
        head={[
          say({ fr: 'Nom', en: 'Name' }),
          say({ fr: 'Rôles', en: 'Roles' }),
          say({ fr: 'Adresse électronique', en: 'E-mail address' }),
          say({ fr: 'Accès', en: 'Access' }),
        ]}
        rows={found.people.map((one) => [
          <a href={`/people/${one.publicId}`}>{one.name}</a>,
          one.roles.map((role) => roleText(say, role)).join(say({ fr: ' ; ', en: '; ' })) || '–',
          one.email ?? '–',
          <Access say={say} person={one} />,
        ])}
        empty={say({ fr: 'Personne pour l’instant.', en: 'Nobody yet.' })}
      />
      <Pagination
        say={say}
        page={found.page}
        pages={found.pages}
        hrefOf={(page) => hrefOf(of, page)}
      />
    </Sheet>
  )
}

export function Access({ say, person }: { say: Say; person: PersonLine }): VNode {
  if (person.disabled) {
    return <State tone="invalid">{say({ fr: 'désactivé', en: 'disabled' })}</State>
  }
  return person.isIn ? (
    <State tone="valid">{say({ fr: 'ouvert', en: 'open' })}</State>
  ) : (
    <>
      <State tone="unknown">
        {say({ fr: 'attend un mot de passe', en: 'waits for a password' })}
      </State>
      <LostMail say={say} why={person.unreached} />
    </>
  )
}

/** « approbateur du lycée, Lycée Voltaire » */
export function roleText(say: Say, { role, organisation }: HeldRole): string {
  return [say(ROLE_FACTS[role].words), organisation?.name].filter(Boolean).join(', ')
}

type LinkViewProps = { asked: Asked; name: string; link: string; personId: string }

/** The link for a password: shown here once, and nowhere else. */
export function LinkView({ asked, name, link, personId }: LinkViewProps): VNode {
  const say = sayIn(asked.visitor.language)
  return (
    <Sheet
      asked={asked}
      title={{ fr: 'Un lien à transmettre', en: 'A link to hand over' }}
      way={[
        { href: '/people', title: say(PEOPLE) },
        { href: `/people/${personId}`, title: name },
      ]}
    >
      <p>
        {say({
          fr: `Donnez ce lien à ${name}, et à personne d’autre : il permet de choisir le mot de passe du compte. Sceau n’envoie pas encore de courrier ; transmettez-le vous-même.`,
          en: `Give this link to ${name}, and to nobody else: it lets them choose the password of the account. Sceau sends no mail yet; hand it over yourself.`,
        })}
      </p>
      <CopyField
        id="link"
        label={say({ fr: 'Lien', en: 'Link' })}
        value={link}
        hint={say({
          fr: 'Il sert une fois, pendant sept jours, et ne sera plus affiché. Sélectionnez-le et copiez-le.',
          en: 'It serves once, for seven days, and will not be shown again. Select and copy it.',
        })}
      />
      <p class="actions">
        <ButtonLink href="/people" kind="secondary">
          {say({ fr: 'Revenir aux personnes', en: 'Back to people' })}
        </ButtonLink>
      </p>
    </Sheet>
  )
}
