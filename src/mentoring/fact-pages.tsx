import { z } from 'zod'
import type { Actor, Context } from '../context.js'
import { page } from '../web/page.js'
import { confirmPlacement } from './confirm-placement.js'
import { confirmSession } from './confirm-session.js'
import { contestFact } from './contest-fact.js'
import { Id, Text } from './form-values.js'
import { nothingHere } from './refusals.js'
import { seeMyRecord } from './see-student.js'
import { seeUnconfirmed } from './see-unconfirmed.js'
import { ConfirmPage } from './views/confirm.js'
import { ContestPage } from './views/contest.js'
import { MyRecordPage } from './views/my-record.js'

const Kind = z.enum(['session', 'placement'])

const confirmPage = page({
  path: '/confirm',
  access: 'signed-in',
  form: z.object({ kind: Kind, factId: Id }),
  async show(ctx, asked, actor) {
    return <ConfirmPage asked={asked} facts={await seeUnconfirmed(ctx, actor)} />
  },
  async submit(ctx, { form }, actor) {
    if (form.kind === 'session') {
      await confirmSession(ctx, actor, form.factId)
      const notice = { fr: 'La séance est confirmée.', en: 'The session is confirmed.' }
      return { to: '/confirm', notice }
    }
    await confirmPlacement(ctx, actor, form.factId)
    const notice = {
      fr: 'La période en entreprise est confirmée.',
      en: 'The placement is confirmed.',
    }
    return { to: '/confirm', notice }
  },
})

const myRecordPage = page({
  path: '/my-record',
  access: 'signed-in',
  async show(ctx, asked, actor) {
    const { recorded } = await seeMyRecord(ctx, actor)
    return <MyRecordPage asked={asked} recorded={recorded} />
  },
})

const contestPage = page({
  path: '/my-record/:kind/:id/contest',
  access: 'signed-in',
  params: z.object({ kind: Text, id: Id }),
  form: z.object({ reason: Text }),
  async show(ctx, asked, actor) {
    const { fact } = await myFact(ctx, actor, asked.params)
    return <ContestPage asked={asked} fact={fact} />
  },
  async submit(ctx, { form, params }, actor) {
    const { studentId, fact } = await myFact(ctx, actor, params)
    const { kind, publicId: factId } = fact
    await contestFact(ctx, actor, { studentId, kind, factId, ...form })
    const notice = {
      fr: 'C’est contesté : ce fait ne compte plus.',
      en: 'It is contested: this fact no longer counts.',
    }
    return { to: '/my-record', notice }
  },
})

export const factPages = [confirmPage, myRecordPage, contestPage]

/** One of the student's own facts that is not contested yet. */
async function myFact(ctx: Context, actor: Actor, asked: { kind: string; id: string }) {
  const { studentId, recorded } = await seeMyRecord(ctx, actor)
  const fact = recorded.find(
    ({ kind, publicId, contestedAt }) =>
      kind === asked.kind && publicId === asked.id && contestedAt === null,
  )
  if (!fact) throw nothingHere()
  return { studentId, fact }
}
