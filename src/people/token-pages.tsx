import { z } from 'zod'
import { page } from '../web/page.js'
import { told } from '../web/validate.js'
import { revokeToken } from './issue-token.js'
import { orderToken } from './order-token.js'
import { SCOPE_NAMES } from './scopes.data.js'
import { seeOrganisations } from './see-organisations.js'
import { seeTokens } from './see-tokens.js'
import { TokensView, TokenView } from './views/tokens.js'

const Text = z.string().max(500)
const NO_SCOPE = told({
  fr: 'Cochez au moins une chose que ce jeton permet.',
  en: 'Tick at least one thing that this token allows.',
})
const NO_DAYS = told({ fr: 'Donnez un nombre de jours.', en: 'Give a number of days.' })

export const tokensPage = page({
  path: '/tokens',
  access: 'signed-in',
  form: z.discriminatedUnion('act', [
    z.object({
      act: z.literal('issue'),
      name: Text,
      // One box that is ticked comes as a text, several as a list.
      scopes: z
        .preprocess((sent) => [sent ?? []].flat(), z.array(z.enum(SCOPE_NAMES)))
        .refine((scopes) => scopes.length > 0, NO_SCOPE),
      days: z.coerce.number(NO_DAYS).int(NO_DAYS),
      owner: Text.default(''),
      organisation: z.string().max(64),
    }),
    z.object({ act: z.literal('revoke'), token: z.string().max(64) }),
  ]),
  async show(ctx, asked, actor) {
    const tokens = await seeTokens(ctx, actor)
    const organisations = await seeOrganisations(ctx, actor)
    const mostDays = ctx.config.limits.tokenDays
    return <TokensView {...{ asked, tokens, organisations, mostDays }} />
  },
  async submit(ctx, { form, ...asked }, actor) {
    if (form.act === 'revoke') {
      await revokeToken(ctx, actor, form.token)
      const notice = {
        fr: 'Le jeton est révoqué. Il n’ouvre plus rien.',
        en: 'The token is revoked. It opens nothing any more.',
      }
      return { to: '/tokens', notice }
    }
    return <TokenView asked={asked} issued={await orderToken(ctx, actor, form)} />
  },
})
