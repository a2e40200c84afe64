import { z } from 'zod'
import { valueOf } from '../settings/read.js'
import { page } from '../web/page.js'
import { announcementPages } from './announcements/pages.js'
import { authorityPages } from './authority/pages.js'
import { visitorOf } from '../web/visitor.js'
import { acceptInvitation, readInvitation } from './accept-invitation.js'
import { codePages } from './codes/pages.js'
import { createOrganisation } from './create-organisation.js'
import { afterSignIn, demoAccountsOf, nextOf } from './after-sign-in.js'
import { toNextPage } from './next-page.js'
import { keysPage, serviceKeysPage } from './key-pages.js'
import { passkeyPages } from './passkeys/pages.js'
import { peoplePagesOfManagers } from './people-pages.js'
import { providerPages } from './providers/pages.js'
import { providersOf, whereToSignOut } from './providers/sign-out.js'
import { LeaveView } from './providers/views/leave.js'
import { privateContactPages } from './private-contact/pages.js'
import { recoveryPages } from './recovery/pages.js'
import { organisationPages } from './organisations/pages.js'
import { seeOutbox } from './see-outbox.js'
import { seeKeys } from './see-keys.js'
import { seeOrganisations } from './see-organisations.js'
import { deviceOf, giveSession, sessionTokenOf } from './session-cookies.js'
import { sessionCookie } from './sessions.js'
import { setUp } from './set-up.js'
import { signIn } from './sign-in.js'
import { signOut } from './sign-out.js'
import { ORGANISATION_KINDS } from './store.js'
import { tokensPage } from './token-pages.js'
import { OutboxPage } from './views/outbox.js'
import { OrganisationsView } from './views/organisations.js'
import { SetUpView } from './views/set-up.js'
import { SignInView, SignOutView } from './views/sign-in.js'

const Text = z.string().max(500)

const signInPage = page({
  path: '/sign-in',
  access: 'public',
  query: z.object({ next: Text.optional().catch(undefined) }),
  form: z.object({ email: Text.min(1), password: Text.min(1), next: Text.optional() }),
  async show(ctx, asked) {
    const { signInProviders: providers } = ctx.config
    const message = await valueOf(ctx, 'sign-in-message')
    const demo = demoAccountsOf(ctx)
    return <SignInView {...{ asked, providers, message, demo }} next={nextOf(asked)} />
  },
  async submit(ctx, { form, req }) {
    const from = { oldToken: sessionTokenOf(ctx, req), device: deviceOf(req) }
    const token = await signIn(ctx, { email: form.email, password: form.password, ...from })
    giveSession(ctx, req, token)
    return afterSignIn(ctx, token, toNextPage(form.next))
  },
})

const signOutPage = page({
  path: '/sign-out',
  access: 'signed-in',
  form: z.object({ provider: z.string().max(40).optional() }),
  async show(ctx, asked, actor) {
    return <SignOutView asked={asked} providers={await providersOf(ctx, actor)} />
  },
  async submit(ctx, { req, form }, actor) {
    const { name, options } = sessionCookie(ctx.config.publicUrl)
    await signOut(ctx, actor, sessionTokenOf(ctx, req) ?? '')
    req.res?.clearCookie(name, options)
    const there = form.provider === undefined ? undefined : await whereToSignOut(ctx, form.provider)
    if (there) {
      const visitor = { ...visitorOf(req), actor: undefined, name: undefined, menu: [] }
      return <LeaveView asked={{ visitor, problem: undefined }} {...there} />
    }
    return { to: '/', notice: { fr: 'Vous êtes déconnecté.', en: 'You are signed out.' } }
  },
})

const setUpPage = page({
  path: '/set-up/:token',
  access: 'public',
  params: z.object({ token: Text }),
  form: z.object({
    givenName: Text.default(''),
    familyName: Text.default(''),
    email: Text.default(''),
    password: Text,
  }),
  async show(ctx, asked) {
    const { token } = asked.params
    const { person } = await readInvitation(ctx, token)
    const { signInProviders: providers } = ctx.config
    return <SetUpView {...{ asked, token, person, providers }} />
  },
  async submit(ctx, { params: { token }, form }) {
    const { person } = await readInvitation(ctx, token)
    if (person) await acceptInvitation(ctx, token, form.password)
    else await setUp(ctx, token, form)
    return {
      to: '/sign-in',
      notice: {
        fr: person
          ? 'Votre mot de passe est enregistré. Connectez-vous.'
          : 'Le compte est créé. Connectez-vous : votre première page dit ce qu’il reste à faire.',
        en: person
          ? 'Your password is saved. Sign in.'
          : 'The account is made. Sign in: your first page says what is left to do.',
      },
    }
  },
})

const organisationsPage = page({
  path: '/organisations',
  access: 'signed-in',
  form: z.object({
    kind: z.enum(ORGANISATION_KINDS),
    name: Text,
    type: Text.optional(),
    academyCode: Text.optional(),
    uai: Text.optional(),
    siret: Text.optional(),
    city: Text.optional(),
    website: Text.optional(),
  }),
  async show(ctx, asked, actor) {
    const organisations = await seeOrganisations(ctx, actor)
    const keys = await seeKeys(ctx, actor)
    const { publicUrl } = ctx.config
    return <OrganisationsView {...{ asked, publicUrl, organisations, keys }} />
  },
  async submit(ctx, { form }, actor) {
    const { name } = await createOrganisation(ctx, actor, form)
    return {
      to: '/organisations',
      notice: {
        fr: `« ${name} » est admis et sa clé de signature est créée.`,
        en: `“${name}” is admitted and its signing key is made.`,
      },
    }
  },
})

const outboxPage = page({
  path: '/mail',
  access: 'signed-in',
  async show(ctx, asked, actor) {
    return <OutboxPage asked={asked} view={await seeOutbox(ctx, actor)} />
  },
})

export const peoplePages = [
  signInPage,
  signOutPage,
  setUpPage,
  ...passkeyPages,
  ...providerPages,
  ...codePages,
  ...recoveryPages,
  ...privateContactPages,
  organisationsPage,
  ...authorityPages,
  ...organisationPages,
  ...announcementPages,
  keysPage,
  serviceKeysPage,
  outboxPage,
  ...peoplePagesOfManagers,
  tokensPage,
]
