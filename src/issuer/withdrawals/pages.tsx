import { z } from 'zod'
import { page } from '../../web/page.js'
import { seeBadge } from '../see-badges.js'
import { noDossier } from '../steps.js'
import { WithdrawPage } from './views/withdraw-page.js'
import {
  definitionToWithdraw,
  withdrawFromAward,
  withdrawFromDefinition,
} from './withdraw-endorsement.js'

const Text = z.string().max(4_000).default('')
const Form = z.object({ function: Text, reason: Text })
const Id = z.string().max(64)

const awardPage = page({
  path: '/badges/:id/endorsement',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: Form,
  async show(ctx, asked, actor) {
    const { id } = asked.params
    const badge = await seeBadge(ctx, actor, id)
    // What has just come too late is told on the page, with its reason.
    if (asked.problem?.status !== 409 && !badge.mayWithdraw) throw noDossier()
    const back = { href: `/badges/${id}`, title: `${badge.name}, ${badge.student}` }
    return <WithdrawPage asked={asked} of="award" name={badge.name} back={back} />
  },
  async submit(ctx, { params: { id }, form }, actor) {
    await withdrawFromAward(ctx, actor, { ...form, badgeId: id })
    return { to: `/badges/${id}`, notice: WITHDRAWN }
  },
})

const definitionPage = page({
  path: '/definitions/:id/versions/:n/endorsement',
  access: 'signed-in',
  params: z.object({ id: Id, n: z.coerce.number().int().min(1).max(100_000) }),
  form: Form,
  async show(ctx, asked, actor) {
    const { id: templateId, n } = asked.params
    const version = await definitionToWithdraw(ctx, actor, { templateId, version: n })
    const { name } = version.definition
    const back = { href: `/definitions/${templateId}?version=${n}`, title: name }
    return <WithdrawPage asked={asked} of="definition" name={name} back={back} />
  },
  async submit(ctx, { params: { id: templateId, n }, form }, actor) {
    await withdrawFromDefinition(ctx, actor, { ...form, templateId, version: n })
    return { to: `/definitions/${templateId}?version=${n}`, notice: WITHDRAWN }
  },
})

const WITHDRAWN = {
  fr: 'L’endossement est retiré, la liste publique le dit, et le lycée en est averti.',
  en: 'The endorsement is withdrawn, the public list says so, and the school is told.',
}

export const withdrawalPages = [awardPage, definitionPage]
