import { z } from 'zod'
import { page } from '../../web/page.js'
import { Id } from './form-values.js'
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

export const sessionPages = [sessionPage]
