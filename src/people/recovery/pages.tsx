import { z } from 'zod'
import { page } from '../../web/page.js'
import { askRecovery } from './ask-recovery.js'
import { confirmRecovery, readRecovery, seeRecoveries, useRecovery } from './recover.js'
import { AskView, RecoveriesView, RecoverView } from './views.js'

const Text = z.string().max(500)

const askPage = page({
  path: '/recover',
  access: 'public',
  form: z.object({ email: Text.min(1) }),
  async show(_ctx, asked) {
    return <AskView asked={asked} />
  },
  async submit(ctx, { form }) {
    await askRecovery(ctx, form.email)
    const notice = {
      fr: 'Si un compte a cette adresse, la demande est faite. Allez voir deux personnes de votre organisation : elles ont 48 heures pour confirmer.',
      en: 'If an account has this address, the request is made. Go and see two people of your organisation: they have 48 hours to confirm.',
    }
    return { to: '/sign-in', notice }
  },
})

const usePage = page({
  path: '/recover/:token',
  access: 'public',
  params: z.object({ token: Text }),
  form: z.object({ password: Text }),
  async show(ctx, asked) {
    const { person } = await readRecovery(ctx, asked.params.token)
    return <RecoverView asked={asked} token={asked.params.token} person={person} />
  },
  async submit(ctx, { form, params }) {
    await useRecovery(ctx, params.token, form.password)
    const notice = {
      fr: 'Votre mot de passe est enregistré. Connectez-vous.',
      en: 'Your password is saved. Sign in.',
    }
    return { to: '/sign-in', notice }
  },
})

const recoveriesPage = page({
  path: '/recoveries',
  access: 'signed-in',
  form: z.object({ recovery: z.string().max(64) }),
  async show(ctx, asked, actor) {
    const waiting = await seeRecoveries(ctx, actor)
    return <RecoveriesView {...{ asked, waiting }} timeZone={ctx.config.timeZone} />
  },
  async submit(ctx, { form, req, ...asked }, actor) {
    const link = await confirmRecovery(ctx, actor, form.recovery)
    if (link !== undefined) {
      req.res?.setHeader('Cache-Control', 'no-store')
      const waiting = await seeRecoveries(ctx, actor)
      return <RecoveriesView {...{ asked, waiting, link }} timeZone={ctx.config.timeZone} />
    }
    const notice = {
      fr: 'C’est confirmé. Une deuxième personne doit confirmer aussi.',
      en: 'It is confirmed. A second person must confirm as well.',
    }
    return { to: '/recoveries', notice }
  },
})

export const recoveryPages = [askPage, usePage, recoveriesPage]
