import { z } from 'zod'
import type { Actor, Context } from '../context.js'
import { page } from '../web/page.js'
import { PageNumber, told } from '../web/validate.js'
import { invite } from './accept-invitation.js'
import { assignRole, endRole, resourceOf } from './assign-role.js'
import { may } from './authorize.js'
import { correctAddress } from './correct-address.js'
import { grantByEmail, invitePerson, toOrganisation } from './invite-person.js'
import type { PeopleOf } from './people-store.js'
import { STAFF_ROLES } from './roles.data.js'
import { isForAll, managedOrganisations, seePeople, seePerson } from './see-people.js'
import type { Organisation } from './store.js'
import { InviteView } from './views/invite.js'
import { LinkView, PeopleView } from './views/people.js'
import { PersonView } from './views/person.js'
import type { Reach } from './views/role-fields.js'

const Text = z.string().max(500)
const Id = z.string().max(64)
const StaffRole = z.enum(
  STAFF_ROLES,
  told({ fr: 'Choisissez un rôle dans la liste.', en: 'Choose a role from the list.' }),
)

const peoplePage = page({
  path: '/people',
  access: 'signed-in',
  query: z.object({
    of: z.enum(['staff', 'students', 'none']).catch('staff'),
    page: PageNumber,
  }),
  async show(ctx, asked, actor) {
    const { organisations, platform } = await reachOf(ctx, actor)
    const schools = platform || organisations.some(({ kind }) => kind === 'lycee')
    const parts: PeopleOf[] = [
      'staff',
      ...(schools ? (['students'] as const) : []),
      ...(platform ? (['none'] as const) : []),
    ]
    const of = parts.find((part) => part === asked.query.of) ?? 'staff'
    const found = await seePeople(ctx, actor, { of, page: asked.query.page })
    const also = alsoOf(actor, organisations, platform).map(({ href, words }) => {
      return { href, title: words[asked.visitor.language] }
    })
    return <PeopleView {...{ asked, of, parts, found, also }} />
  },
})

const invitePage = page({
  path: '/people/new',
  access: 'signed-in',
  form: z.object({
    act: z.enum(['invite', 'grant']).default('invite'),
    givenName: Text,
    familyName: Text,
    email: Text.min(1),
    role: StaffRole,
    organisation: Id,
  }),
  async show(ctx, asked, actor) {
    return <InviteView asked={asked} reach={await reachOf(ctx, actor)} />
  },
  async submit(ctx, { form: { act, ...input }, ...asked }, actor) {
    if (act === 'grant') {
      const personId = await grantByEmail(ctx, actor, input)
      return { to: `/people/${personId}`, notice: ROLE_GIVEN }
    }
    const { person, link } = await invitePerson(ctx, actor, input)
    const name = `${person.givenName} ${person.familyName}`
    return <LinkView asked={asked} name={name} link={link} personId={person.publicId} />
  },
})

const RoleForm = z.object({ role: StaffRole, organisation: Id })

const personPage = page({
  path: '/people/:id',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: z.discriminatedUnion('act', [
    z.object({ act: z.literal('give'), ...RoleForm.shape }),
    z.object({ act: z.literal('end'), ...RoleForm.shape }),
    z.object({ act: z.literal('link') }),
    z.object({ act: z.literal('address'), email: Text.min(1) }),
  ]),
  async show(ctx, asked, actor) {
    const person = await seePerson(ctx, actor, asked.params.id)
    return <PersonView asked={asked} person={person} reach={await reachOf(ctx, actor)} />
  },
  async submit(ctx, { form, params, ...asked }, actor) {
    const { id: personId, publicId, name } = await seePerson(ctx, actor, params.id)
    if (form.act === 'link') {
      const link = await invite(ctx, actor, personId)
      return <LinkView asked={asked} name={name} link={link} personId={publicId} />
    }
    if (form.act === 'address') {
      await correctAddress(ctx, actor, { personId, email: form.email })
      return { to: `/people/${publicId}`, notice: ADDRESS_CORRECTED }
    }
    const organisation = await toOrganisation(ctx, actor, form.organisation)
    const role = { personId, role: form.role, organisationId: organisation?.id ?? null }
    await (form.act === 'give' ? assignRole : endRole)(ctx, actor, role)
    if (form.act === 'give') return { to: `/people/${publicId}`, notice: ROLE_GIVEN }
    // Who has ended a role of their own may see nobody any more.
    return { to: personId === actor.personId ? '/' : '/people', notice: ROLE_ENDED }
  },
})

export const peoplePagesOfManagers = [peoplePage, invitePage, personPage]

const ROLE_GIVEN = {
  fr: 'Le rôle est donné. Il compte dès maintenant.',
  en: 'The role is given. It counts from now on.',
}
const ADDRESS_CORRECTED = {
  fr: 'L’adresse est corrigée, et les liens d’avant ne servent plus. Envoyez-en un autre.',
  en: 'The address is corrected, and the links before are worthless. Send another.',
}
const ROLE_ENDED = { fr: 'Le rôle a pris fin.', en: 'The role has ended.' }

/** What else is set where somebody manages people: by who may, of each school. */
function alsoOf(actor: Actor, organisations: readonly Organisation[], platform: boolean) {
  const schools = platform
    ? []
    : organisations.filter((one) => may(actor, 'change-settings', resourceOf(one)))
  const settings = schools.map(({ publicId, name }) => {
    const words = { fr: `Réglages : ${name}`, en: `Settings: ${name}` }
    return { href: `/schools/${publicId}/settings`, words }
  })
  return schools.length > 0 ? [...settings, ANNOUNCEMENTS] : settings
}

const ANNOUNCEMENTS = {
  href: '/announcements',
  words: { fr: 'Annonces', en: 'Notices' },
} as const

async function reachOf(ctx: Context, actor: Actor): Promise<Reach> {
  return { organisations: await managedOrganisations(ctx, actor), platform: isForAll(actor) }
}
