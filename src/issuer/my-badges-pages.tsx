import { z } from 'zod'
import { page } from '../web/page.js'
import { allowNameCheck } from './allow-name-check.js'
import { closeLink } from './close-link.js'
import { seeLeaving } from './leaving/see-leaving.js'
import { seeMyBadge, seeMyBadges } from './my-badges.js'
import { shareBadge } from './share-badge.js'
import { MyBadgePage } from './views/my-badge-page.js'
import { MyBadgesPage } from './views/my-badges-page.js'

const myBadgesPage = page({
  path: '/my-badges',
  access: 'signed-in',
  async show(ctx, { visitor }, actor) {
    const badges = await seeMyBadges(ctx, actor)
    return <MyBadgesPage {...{ visitor, badges }} leaving={await seeLeaving(ctx, actor)} />
  },
})

const myBadgePage = page({
  path: '/my-badges/:id',
  access: 'signed-in',
  params: z.object({ id: z.string().max(64) }),
  form: z.object({
    label: z.string().max(500).default(''),
    life: z.string().max(20).optional(),
    shows: z.string().max(20).optional(),
    nameCheck: z.string().max(20).optional(),
    close: z.string().max(64).optional(),
    allow: z.string().max(64).optional(),
    forbid: z.string().max(64).optional(),
  }),
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
        fr: 'Le lien est fermé : sa page ne s’ouvre plus.',
        en: 'The link is closed: its page opens no more.',
      }
      return { to, notice }
    }
    const checked = form.allow ?? form.forbid
    if (checked !== undefined) {
      const allowed = form.allow !== undefined
      await allowNameCheck(ctx, actor, { linkId: checked, allowed })
      return { to, notice: allowed ? NAMES_ALLOWED : NAMES_FORBIDDEN }
    }
    const { label, life, shows } = form
    const { language } = visitor
    const nameCheck = form.nameCheck !== undefined
    await shareBadge(ctx, actor, { badgeId: params.id, label, life, shows, nameCheck, language })
    const notice = {
      fr: 'Le lien est ouvert. Copiez son adresse ci-dessous.',
      en: 'The link is open. Copy its address below.',
    }
    return { to, notice }
  },
})

const NAMES_ALLOWED = {
  fr: 'Un nom peut maintenant être comparé avec ce code.',
  en: 'A name may now be compared with this code.',
}
const NAMES_FORBIDDEN = {
  fr: 'Aucun nom ne se compare plus avec ce code.',
  en: 'No name is compared with this code any more.',
}

export const myBadgePages = [myBadgesPage, myBadgePage]
