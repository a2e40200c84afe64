import { z } from 'zod'
import { Id, Ticked } from '../../mentoring/facts/form-values.js'
import { makeCardOf } from '../../mentoring/students/make-cards.js'
import { CardsToCut } from '../../mentoring/students/views/cards.js'
import { sessionTokenOf } from '../../people/session-cookies.js'
import { page } from '../../web/page.js'
import { askMeLater, giveContact, seeOwnLeaving, takeContactBack } from './give-contact.js'
import { makeCodes, seeMyCodes } from './my-codes.js'
import { seeLeavers } from './see-leavers.js'
import { LeaversPage } from './views/leavers-page.js'
import { MyCodesPage } from './views/my-codes-page.js'
import { MyContactPage } from './views/my-contact-page.js'
import { writeToLeavers } from './write-to-leavers.js'

const myContactPage = page({
  path: '/my-contact',
  access: 'signed-in',
  form: z.discriminatedUnion('do', [
    z.object({ do: z.literal('give'), email: z.string().max(500).default('') }),
    z.object({ do: z.literal('later') }),
    z.object({ do: z.literal('remove') }),
  ]),
  async show(ctx, asked, actor) {
    asked.req.res?.set('Cache-Control', 'no-store')
    return <MyContactPage asked={asked} leaving={await seeOwnLeaving(ctx, actor)} />
  },
  async submit(ctx, { form, visitor, req, ...asked }, actor) {
    const token = sessionTokenOf(ctx, req) ?? ''
    if (form.do === 'later') {
      await askMeLater(ctx, actor)
      return { to: '/my-badges' }
    }
    if (form.do === 'remove') {
      await takeContactBack(ctx, actor, token)
      return { to: '/my-contact', notice: REMOVED }
    }
    const { language } = visitor
    const { url } = await giveContact(ctx, actor, { token, email: form.email, language })
    if (url === undefined) return { to: '/my-contact', notice: SENT }
    const leaving = await seeOwnLeaving(ctx, actor)
    return <MyContactPage {...{ asked: { ...asked, visitor }, leaving, url }} />
  },
})

const SENT = {
  fr: 'Un courriel est parti à cette adresse. Ouvrez son lien et confirmez.',
  en: 'A mail is on its way to this address. Open its link and confirm.',
}
const REMOVED = {
  fr: 'L’adresse privée est effacée.',
  en: 'The private address is erased.',
}

const myCodesPage = page({
  path: '/my-codes',
  access: 'signed-in',
  query: z.object({ badges: z.string().max(5_000).optional().catch(undefined) }),
  form: z.object({
    badges: Ticked,
    life: z.string().max(20).optional(),
    shows: z.string().max(20).optional(),
  }),
  async show(ctx, asked, actor) {
    // The addresses of the badges are on it.
    asked.req.res?.set('Cache-Control', 'no-store')
    const only = idsIn(asked.query.badges)
    return <MyCodesPage {...{ asked, only }} codes={await seeMyCodes(ctx, actor, only)} />
  },
  async submit(ctx, { form, visitor: { language } }, actor) {
    await makeCodes(ctx, actor, { ...form, language })
    return { to: `/my-codes?badges=${form.badges.join('.')}`, notice: MADE }
  },
})

/** Ids in an address, apart by points. */
export function idsIn(text: string | undefined): string[] {
  return (text ?? '').split('.').filter((id) => id !== '')
}

const MADE = {
  fr: 'Les codes sont prêts. Téléchargez la feuille ci-dessous.',
  en: 'The codes are ready. Download the sheet below.',
}

const leaversPage = page({
  path: '/leavers',
  access: 'signed-in',
  form: z.discriminatedUnion('do', [
    z.object({ do: z.literal('write'), schoolId: Id }),
    z.object({ do: z.literal('card'), studentId: Id }),
  ]),
  async show(ctx, asked, actor) {
    return <LeaversPage asked={asked} schools={await seeLeavers(ctx, actor)} />
  },
  async submit(ctx, { form, req, ...asked }, actor) {
    if (form.do === 'card') {
      const cards = await makeCardOf(ctx, actor, form.studentId)
      req.res?.setHeader('Cache-Control', 'no-store')
      return <CardsToCut {...{ asked, cards }} publicUrl={ctx.config.publicUrl} />
    }
    const isFirst = await writeToLeavers(ctx, actor, form.schoolId)
    return { to: '/leavers', notice: isFirst ? WRITTEN : WRITTEN_TODAY }
  },
})

const WRITTEN = {
  fr: 'La lettre part à chaque élève de la liste qui a une adresse.',
  en: 'The letter goes to each student of the list who has an address.',
}
const WRITTEN_TODAY = {
  fr: 'La lettre est déjà partie aujourd’hui : rien n’est envoyé deux fois.',
  en: 'The letter has gone today already: nothing is sent twice.',
}

export const leavingPages = [myContactPage, myCodesPage, leaversPage]
