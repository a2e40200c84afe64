import { z } from 'zod'
import { organisationsWith } from '../people/authorize.js'
import { page } from '../web/page.js'
import { confirmSession } from './confirm-session.js'
import { listCohorts } from './store/classes.js'
import { listSessionsToConfirm } from './store/records.js'
import { CohortsPage } from './views/cohorts.js'

export const mentoringPages = [
  page({
    path: '/cohorts',
    access: 'signed-in',
    form: z.object({ sessionId: z.string().max(64) }),
    async show(ctx, { visitor, problem }, actor) {
      const confirming = organisationsWith(actor, 'confirm-session')
      return CohortsPage({
        visitor,
        problem,
        cohorts: await listCohorts(ctx.db, organisationsWith(actor, 'see-student')),
        toConfirm: await listSessionsToConfirm(ctx.db, confirming, actor.personId ?? 0),
      })
    },
    async submit(ctx, { form }, actor) {
      await confirmSession(ctx, actor, form.sessionId)
      return {
        to: '/cohorts',
        notice: { fr: 'La séance est confirmée.', en: 'The session is confirmed.' },
      }
    },
  }),
]
