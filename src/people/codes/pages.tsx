import { z } from 'zod'
import { page } from '../../web/page.js'
import { deviceOf, giveSession, sessionTokenOf } from '../session-cookies.js'
import { enterByCode } from './enter-by-code.js'
import { CodeView } from './views/code.js'

const Text = z.string().max(500)

const codePage = page({
  path: '/sign-in/code',
  access: 'public',
  form: z.object({
    identifier: Text.default(''),
    code: Text.default(''),
    password: Text.default(''),
  }),
  async show(_ctx, asked) {
    return <CodeView asked={asked} />
  },
  async submit(ctx, { form, req }) {
    const from = { oldToken: sessionTokenOf(ctx, req), device: deviceOf(req) }
    giveSession(ctx, req, await enterByCode(ctx, { ...form, ...from }))
    const notice = {
      fr: 'Votre mot de passe est enregistré. La prochaine fois, connectez-vous avec votre identifiant et ce mot de passe.',
      en: 'Your password is saved. Next time, sign in with your identifier and this password.',
    }
    return { to: '/', notice }
  },
})

export const codePages = [codePage]
