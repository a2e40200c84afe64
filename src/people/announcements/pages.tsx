import { z } from 'zod'
import { ROLES } from '../../context.js'
import { page } from '../../web/page.js'
import { told } from '../../web/validate.js'
import { today } from '../days.js'
import { toNextPage } from '../next-page.js'
import { announce, endAnnouncement } from './announce.js'
import { AUDIENCES, type AudienceCode } from './rules.js'
import { dismissAnnouncement, seeAnnouncement, seeAnnouncements } from './see-announcements.js'
import { AnnouncementPage, AnnouncementsPage } from './views/announcements.js'

const Text = z.string().max(1_000).default('')
const Id = z.string().max(64)
const Day = z.iso.date(
  told({ fr: 'Indiquez un jour, comme 2026-11-24.', en: 'Give a day, such as 2026-11-24.' }),
)
const Roles = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z.array(z.enum(ROLES)).max(ROLES.length),
)
const To = z.enum(
  Object.keys(AUDIENCES) as AudienceCode[],
  told({ fr: 'Dites à qui vous vous adressez.', en: 'Say to whom you speak.' }),
)

const listPage = page({
  path: '/announcements',
  access: 'signed-in',
  form: z.discriminatedUnion('act', [
    z.object({
      act: z.literal('announce'),
      organisation: Id.default(''),
      ...{ to: To, roles: Roles, fr: Text, en: Text, fromDay: Day, untilDay: Day },
    }),
    z.object({ act: z.literal('end'), id: Id }),
  ]),
  async show(ctx, asked, actor) {
    const seen = await seeAnnouncements(ctx, actor)
    return <AnnouncementsPage asked={asked} seen={seen} today={today(ctx)} />
  },
  async submit(ctx, { form }, actor) {
    if (form.act === 'end') {
      await endAnnouncement(ctx, actor, form.id)
      return { to: '/announcements', notice: ENDED }
    }
    await announce(ctx, actor, form)
    return { to: '/announcements', notice: MADE }
  },
})

const onePage = page({
  path: '/announcements/:id',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: z.object({ next: z.string().max(500).optional() }),
  async show(ctx, asked, actor) {
    const announcement = await seeAnnouncement(ctx, actor, asked.params.id)
    return <AnnouncementPage asked={asked} announcement={announcement} />
  },
  async submit(ctx, { params, form }, actor) {
    await dismissAnnouncement(ctx, actor, params.id)
    return { to: toNextPage(form.next) }
  },
})

export const announcementPages = [listPage, onePage]

const MADE = {
  fr: 'L’annonce est enregistrée. Elle se montre à partir de son premier jour.',
  en: 'The notice is saved. It is shown from its first day on.',
}
const ENDED = {
  fr: 'L’annonce est terminée : elle ne se montre plus.',
  en: 'The notice has ended: it is shown no more.',
}
