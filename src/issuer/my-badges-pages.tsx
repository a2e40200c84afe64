import { z } from 'zod'
import { page } from '../web/page.js'
import { closeLink } from './close-link.js'
import { seeMyBadge, seeMyBadges } from './my-badges.js'
import { shareBadge } from './share-badge.js'
import { MyBadgePage } from './views/my-badge-page.js'
import { MyBadgesPage } from './views/my-badges-page.js'

const myBadgesPage = page({
  path: '/my-badges',
  access: 'signed-in',
  async show(ctx, { visitor }, actor) {
    return <MyBadgesPage visitor={visitor} badges={await seeMyBadges(ctx, actor)} />
  },
})

const myBadgePage = page({
  path: '/my-badges/:id',
  access: 'signed-in',
  params: z.object({ id: z.string().max(64) }),
  form: z.object({ label: z.string().max(500).default(''), close: z.string().max(64).optional() }),
  async show(ctx, { visitor, params, problem, req }, actor) {
    // The addresses of the links are on it.
    req.res?.set('Cache-Control', 'no-store')
    const badge = await seeMyBadge(ctx, actor, params.id)
    return <MyBadgePage visitor={visitor} problem={problem} badge={badge} />
  },
  async submit(ctx, { visitor, params, form }, actor) {
    const to = `/my-badges/${params.id}`
    if (form.close !== undefined) {
      await closeLink(ctx, actor, form.close)
      const notice = {
        fr: 'Le lien est fermé : sa page n’existe plus.',
        en: 'The link is closed: its page is gone.',
      }
      return { to, notice }
    }
    const { language } = visitor
    await shareBadge(ctx, actor, { badgeId: params.id, label: form.label, language })
    const notice = {
      fr: 'Le lien est ouvert. Copiez son adresse ci-dessous.',
      en: 'The link is open. Copy its address below.',
    }
    return { to, notice }
  },
})

export const myBadgePages = [myBadgesPage, myBadgePage]
