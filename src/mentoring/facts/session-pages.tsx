import { z } from 'zod'
import { page } from '../../web/page.js'
import { correctSession } from './correct-session.js'
import { Id, saidBeside, Text, typedIn } from './form-values.js'
import { choicesForSession } from './see-session-form.js'
import { SessionForm } from './session-form-values.js'
import { SessionFormPage } from './views/session-form.js'
import { seeSession } from './see-session.js'
import { undoSession } from './undo-session.js'
import { SessionPage } from './views/session.js'

const params = z.object({ id: Id })

const sessionPage = page({
  path: '/sessions/:id',
  access: 'signed-in',
  params,
  form: z.object({ act: z.literal('undo') }),
  async show(ctx, asked, actor) {
    return <SessionPage asked={asked} view={await seeSession(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { params: { id } }, actor) {
    const { cohort } = await seeSession(ctx, actor, id)
    await undoSession(ctx, actor, id)
    const notice = {
      fr: 'L’enregistrement est annulé : cette séance n’est plus là.',
      en: 'The recording is undone: this session is not there any more.',
    }
    return { to: `/cohorts/${cohort.publicId}`, notice }
  },
})

const correctPage = page({
  path: '/sessions/:id/correct',
  access: 'signed-in',
  params,
  form: z.intersection(
    SessionForm,
    z.object({ version: z.coerce.number().catch(0), reason: Text }),
  ),
  async show(ctx, asked, actor) {
    const view = await seeSession(ctx, actor, asked.params.id)
    const day = typedIn(asked.problem, 'day') ?? view.day
    const choices = await choicesForSession(ctx, actor, { cohortId: view.cohort.publicId, day })
    const start = { ...view.said, studentIds: view.students.map(({ publicId }) => publicId) }
    return <SessionFormPage {...{ asked, choices, start }} correcting={view} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    const corrected = correctSession(ctx, actor, { sessionId: id, ...form })
    await saidBeside('/companyId', '/mentorIds', corrected)
    const notice = {
      fr: 'La séance est corrigée. Une autre personne doit la confirmer de nouveau.',
      en: 'The session is corrected. Somebody else must confirm it again.',
    }
    return { to: `/sessions/${id}`, notice }
  },
})

export const sessionPages = [sessionPage, correctPage]
