import { z } from 'zod'
import { valueOf } from '../../settings/read.js'
import { page } from '../../web/page.js'
import { cookieOf } from '../../web/visitor.js'
import { demoAccountsOf, nextOf } from '../after-sign-in.js'
import { toNextPage } from '../next-page.js'
import { endOneSession, endOtherSessions, seeAccount } from '../see-account.js'
import { deviceOf, giveSession, sessionTokenOf } from '../session-cookies.js'
import { halfCookie } from '../sessions.js'
import { removeIdentity, removePassword } from '../providers/remove-way.js'
import { SignInView } from '../views/sign-in.js'
import { readHeld } from './ask-for-step-up.js'
import { removePasskey, renamePasskey } from './change-passkeys.js'
import { registerPasskey } from './register-passkey.js'
import { signInByPasskey } from './sign-in-by-passkey.js'
import { stepUp, stepUpWays } from './step-up.js'
import { AccountView } from './views/account.js'
import { GoOnView, StepUpView } from './views/step-up.js'

const Text = z.string().max(500)
const Id = z.string().max(64)
/** What a browser answers for a passkey, as JSON. */
const Answer = z.string().max(20_000).default('')
const Next = Text.optional().catch(undefined)

const passkeySignInPage = page({
  path: '/sign-in/passkey',
  access: 'public',
  query: z.object({ next: Next }),
  form: z.object({ webauthn: Answer, next: Text.optional() }),
  async show(ctx, asked) {
    const next = nextOf(asked)
    const { signInProviders: providers } = ctx.config
    const message = await valueOf(ctx, 'sign-in-message')
    const demo = demoAccountsOf(ctx)
    return <SignInView {...{ asked, next, providers, message, demo }} by="passkey" />
  },
  async submit(ctx, { form, req }) {
    const { name, options } = halfCookie(ctx.config.publicUrl)
    const token = await signInByPasskey(ctx, {
      answer: form.webauthn,
      half: cookieOf(req, name),
      oldToken: sessionTokenOf(ctx, req),
      device: deviceOf(req),
    })
    req.res?.clearCookie(name, options)
    giveSession(ctx, req, token)
    return { to: toNextPage(form.next) }
  },
})

const stepUpPage = page({
  path: '/step-up',
  access: 'signed-in',
  query: z.object({ next: Next }),
  form: z.object({
    webauthn: Answer,
    password: z.string().max(500).optional(),
    next: Text.optional(),
    held: z.string().optional(),
  }),
  async show(ctx, asked, actor) {
    const held = z.string().optional().catch(undefined).parse(asked.problem?.values.held)
    const ways = await stepUpWays(ctx, actor)
    return <StepUpView {...{ asked, ways, next: nextOf(asked), held }} />
  },
  async submit(ctx, { form, req, visitor }, actor) {
    const { webauthn, password } = form
    const shown = password === undefined ? { answer: webauthn } : { password }
    giveSession(ctx, req, await stepUp(ctx, actor, sessionTokenOf(ctx, req) ?? '', shown))
    const to = toNextPage(form.next)
    const held = readHeld(form.held)
    return held ? <GoOnView {...{ asked: { visitor, problem: undefined }, to, held }} /> : { to }
  },
})

const accountPage = page({
  path: '/account',
  access: 'signed-in',
  form: z.discriminatedUnion('act', [
    z.object({ act: z.literal('add'), name: Text, webauthn: Answer }),
    z.object({ act: z.literal('rename'), name: Text, passkey: Id }),
    z.object({ act: z.literal('remove'), passkey: Id }),
    z.object({ act: z.literal('remove-identity'), identity: Id }),
    z.object({ act: z.literal('remove-password') }),
    z.object({ act: z.literal('end'), session: Id }),
    z.object({ act: z.literal('end-others') }),
  ]),
  async show(ctx, asked, actor) {
    const account = await seeAccount(ctx, actor, sessionTokenOf(ctx, asked.req) ?? '')
    return <AccountView asked={asked} account={account} timeZone={ctx.config.timeZone} />
  },
  async submit(ctx, { form, req }, actor) {
    const token = sessionTokenOf(ctx, req) ?? ''
    if (form.act === 'add') {
      const passkey = { name: form.name, answer: form.webauthn }
      giveSession(ctx, req, await registerPasskey(ctx, actor, token, passkey))
    }
    if (form.act === 'rename') await renamePasskey(ctx, actor, form)
    if (form.act === 'remove') await removePasskey(ctx, actor, token, form.passkey)
    if (form.act === 'remove-identity') await removeIdentity(ctx, actor, token, form.identity)
    if (form.act === 'remove-password') await removePassword(ctx, actor, token)
    if (form.act === 'end') await endOneSession(ctx, actor, form.session)
    if (form.act === 'end-others') await endOtherSessions(ctx, actor, token)
    return { to: '/account', notice: DONE[form.act] }
  },
})

const DONE = {
  add: { fr: 'La clé d’accès est enregistrée.', en: 'The passkey is registered.' },
  rename: { fr: 'La clé d’accès a un autre nom.', en: 'The passkey has another name.' },
  remove: {
    fr: 'La clé d’accès est retirée : elle n’ouvre plus rien ici.',
    en: 'The passkey is removed: it opens nothing here any more.',
  },
  'remove-identity': {
    fr: 'Ce compte n’ouvre plus rien ici.',
    en: 'This account opens nothing here any more.',
  },
  'remove-password': {
    fr: 'Votre mot de passe est supprimé.',
    en: 'Your password is removed.',
  },
  end: { fr: 'La session est fermée.', en: 'The session is closed.' },
  'end-others': {
    fr: 'Vous êtes déconnecté partout ailleurs.',
    en: 'You are signed out everywhere else.',
  },
} as const

export const passkeyPages = [passkeySignInPage, stepUpPage, accountPage]
