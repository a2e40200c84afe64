import { z } from 'zod'
import type { Actor, Context } from '../context.js'
import { page } from '../web/page.js'
import { PageNumber } from '../web/validate.js'
import type { Words } from '../words.js'
import { holdBadge } from './hold-badge.js'
import { replaceBadge } from './replace-badge.js'
import { restoreBadge } from './restore-badge.js'
import { revokeBadge } from './revoke-badge.js'
import { seeBadge, seeBadges } from './see-badges.js'
import { noDossier } from './steps.js'
import { BadgePage } from './views/badge.js'
import { BadgeActPage } from './views/badge-acts.js'
import { BadgesView } from './views/badges.js'

const badgesPage = page({
  path: '/badges',
  access: 'signed-in',
  query: z.object({ page: PageNumber }),
  async show(ctx, asked, actor) {
    return <BadgesView asked={asked} list={await seeBadges(ctx, actor, asked.query.page)} />
  },
})

const Typed = z.string().max(4_000).default('')
const Id = z.string().max(64)

const badgePage = page({
  path: '/badges/:id',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: z.object({ reason: Typed }),
  async show(ctx, asked, actor) {
    return <BadgePage asked={asked} badge={await seeBadge(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { params, form }, actor) {
    await revokeBadge(ctx, actor, { badgeId: params.id, reason: form.reason })
    return { to: `/badges/${params.id}`, notice: REVOKED }
  },
})

const LifeAct = z.enum(['hold', 'restore', 'replace'])
type LifeAct = z.infer<typeof LifeAct>

const actPage = page({
  path: '/badges/:id/:act',
  access: 'signed-in',
  params: z.object({ id: Id, act: LifeAct }),
  form: z.object({ reason: Typed, note: Typed }),
  async show(ctx, asked, actor) {
    const { id, act } = asked.params
    const badge = await seeBadge(ctx, actor, id)
    // What has just come too late is told on the page, with its reason.
    if (asked.problem?.status !== 409 && !badge.may.includes(act)) throw noDossier()
    return <BadgeActPage asked={asked} badge={badge} act={act} />
  },
  async submit(ctx, { params: { id, act }, form }, actor) {
    const to = await takeAct(ctx, actor, { ...form, badgeId: id, act })
    return { to, notice: DONE[act] }
  },
})

type Sent = Readonly<{ act: LifeAct; badgeId: string; reason: string; note: string }>

/** @returns the page to go to */
async function takeAct(ctx: Context, actor: Actor, { act, ...input }: Sent): Promise<string> {
  if (act === 'replace') return `/dossiers/${await replaceBadge(ctx, actor, input)}`
  await (act === 'hold' ? holdBadge(ctx, actor, input) : restoreBadge(ctx, actor, input))
  return `/badges/${input.badgeId}`
}

const DONE: Readonly<Record<LifeAct, Words>> = {
  hold: {
    fr: 'Le badge est suspendu, et l’élève en est averti.',
    en: 'The badge is suspended, and the student is told.',
  },
  restore: {
    fr: 'La suspension est levée, et l’élève en est averti.',
    en: 'The badge is given back, and the student is told.',
  },
  replace: {
    fr: 'Le dossier du badge corrigé est ouvert. L’ancien badge compte encore.',
    en: 'The dossier of the corrected badge is open. The old badge still counts.',
  },
}

const REVOKED: Words = {
  fr: 'Le badge est révoqué, la liste publique le dit, et l’élève en est averti.',
  en: 'The badge is revoked, the public list says so, and the student is told.',
}

export const badgePages = [badgesPage, badgePage, actPage]
