import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { page } from '../../web/page.js'
import { contestFact, withdrawContest } from './contest-fact.js'
import { Id, Text } from './form-values.js'
import { nothingHere } from '../refusals.js'
import { seeMyRecord } from '../students/see-student.js'
import { ContestPage } from './views/contest.js'
import { MyRecordPage } from '../students/views/my-record.js'

const myRecordPage = page({
  path: '/my-record',
  access: 'signed-in',
  async show(ctx, asked, actor) {
    return <MyRecordPage asked={asked} {...await seeMyRecord(ctx, actor)} />
  },
})

const contestPage = page({
  path: '/my-record/:kind/:id/contest',
  access: 'signed-in',
  params: z.object({ kind: Text, id: Id }),
  form: z.discriminatedUnion('do', [
    z.object({ do: z.literal('contest'), reason: Text, version: z.coerce.number().catch(0) }),
    z.object({ do: z.literal('withdraw') }),
  ]),
  async show(ctx, asked, actor) {
    const { fact } = await myFact(ctx, actor, asked.params)
    return <ContestPage asked={asked} fact={fact} />
  },
  async submit(ctx, { form, params }, actor) {
    const { studentId, fact } = await myFact(ctx, actor, params)
    const said = { studentId, kind: fact.kind, factId: fact.publicId }
    if (form.do === 'contest') await contestFact(ctx, actor, { ...said, ...form })
    else await withdrawContest(ctx, actor, said)
    return { to: '/my-record', notice: DONE[form.do] }
  },
})

const DONE = {
  contest: {
    fr: 'C’est contesté : ce fait ne compte plus.',
    en: 'It is contested: this fact no longer counts.',
  },
  withdraw: {
    fr: 'Votre contestation est retirée : une fois confirmé, ce fait compte.',
    en: 'You no longer contest it: once confirmed, this fact counts.',
  },
}

export const factPages = [myRecordPage, contestPage]

/** One of the student's own facts. */
async function myFact(ctx: Context, actor: Actor, asked: { kind: string; id: string }) {
  const { studentId, recorded } = await seeMyRecord(ctx, actor)
  const fact = recorded.find(({ kind, publicId }) => kind === asked.kind && publicId === asked.id)
  if (!fact) throw nothingHere()
  return { studentId, fact }
}
