import { z } from 'zod'
import { page } from '../web/page.js'
import { PageNumber } from '../web/validate.js'
import { revokeBadge } from './revoke-badge.js'
import { seeBadge, seeBadges } from './see-badges.js'
import { BadgePage } from './views/badge.js'
import { BadgesView } from './views/badges.js'

const badgesPage = page({
  path: '/badges',
  access: 'signed-in',
  query: z.object({ page: PageNumber }),
  async show(ctx, asked, actor) {
    return <BadgesView asked={asked} list={await seeBadges(ctx, actor, asked.query.page)} />
  },
})

const badgePage = page({
  path: '/badges/:id',
  access: 'signed-in',
  params: z.object({ id: z.string().max(64) }),
  form: z.object({ reason: z.string().max(4_000).default('') }),
  async show(ctx, asked, actor) {
    return <BadgePage asked={asked} badge={await seeBadge(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { params, form }, actor) {
    await revokeBadge(ctx, actor, { badgeId: params.id, reason: form.reason })
    return {
      to: `/badges/${params.id}`,
      notice: {
        fr: 'Le badge est révoqué, et la liste publique le dit.',
        en: 'The badge is revoked, and the public list says so.',
      },
    }
  },
})

export const badgePages = [badgesPage, badgePage]
