import { z } from 'zod'
import { page } from '../../web/page.js'
import { closeSelection } from './close-selection.js'
import { seeMySelections } from './my-selections.js'
import { MOST_BADGES, openSelection } from './open-selection.js'
import { MySelectionsPage } from './views/my-selections-page.js'

const NONE = 'none'
const PLACES = Array.from({ length: MOST_BADGES }, (_, at) => `badge${at + 1}`)

const mySelectionsPage = page({
  path: '/my-selections',
  access: 'signed-in',
  form: z.object({
    title: z.string().max(500).default(''),
    label: z.string().max(500).default(''),
    life: z.string().max(20).optional(),
    shows: z.string().max(20).optional(),
    close: z.string().max(64).optional(),
    ...Object.fromEntries(PLACES.map((name) => [name, z.string().max(64).default(NONE)])),
  }),
  async show(ctx, { visitor, problem, req }, actor) {
    // The addresses of the pages are on it.
    req.res?.set('Cache-Control', 'no-store')
    const mine = await seeMySelections(ctx, actor)
    return <MySelectionsPage visitor={visitor} problem={problem} mine={mine} />
  },
  async submit(ctx, { visitor, form }, actor) {
    const to = '/my-selections'
    if (form.close !== undefined) {
      await closeSelection(ctx, actor, form.close)
      return { to, notice: CLOSED }
    }
    const { title, label, life, shows } = form
    const values: Readonly<Record<string, unknown>> = form
    const badges = PLACES.map((name) => String(values[name])).filter((id) => id !== NONE)
    const { language } = visitor
    await openSelection(ctx, actor, { title, label, life, shows, badges, language })
    return { to, notice: OPENED }
  },
})

const OPENED = {
  fr: 'La page est ouverte. Copiez son adresse ci-dessous.',
  en: 'The page is open. Copy its address below.',
}
const CLOSED = {
  fr: 'La page est fermée : elle ne s’ouvre plus.',
  en: 'The page is closed: it opens no more.',
}

export const selectionPages = [mySelectionsPage]
