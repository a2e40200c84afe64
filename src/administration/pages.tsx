import { z } from 'zod'
import { seeFirstSteps } from '../people/first-steps.js'
import { page } from '../web/page.js'
import { AuditQuery } from './audit-query.js'
import { orderAuditCheck } from './check-audit.js'
import { retryJob, seeJobs } from './jobs.js'
import { seeAudit } from './see-audit.js'
import { seeHealth } from './see-health.js'
import { invitationPages } from './invitations/pages.js'
import { settingPages } from './settings/pages.js'
import { AuditView } from './views/audit.js'
import { HealthPage } from './views/health.js'

const healthPage = page({
  path: '/admin/health',
  access: 'signed-in',
  form: z.object({ job: z.string().max(64) }),
  async show(ctx, asked, actor) {
    const health = await seeHealth(ctx, actor)
    const jobs = await seeJobs(ctx, actor)
    const uptimeMinutes = Math.floor(process.uptime() / 60)
    const backup = health.parts.find(({ name }) => name === 'backup')
    const backupMade = typeof backup?.found.madeAt === 'string'
    const steps = await seeFirstSteps(ctx, actor, { backupMade })
    return <HealthPage {...{ asked, health, jobs, uptimeMinutes, steps }} />
  },
  async submit(ctx, { form }, actor) {
    const changed = await retryJob(ctx, actor, form.job)
    return { to: '/admin/health', notice: changed ? RETRIED : LEFT_ALONE }
  },
})

const auditPage = page({
  path: '/admin/audit',
  access: 'signed-in',
  query: AuditQuery,
  async show(ctx, asked, actor) {
    const found = await seeAudit(ctx, actor, asked.query)
    return <AuditView asked={asked} question={asked.query} page={found} />
  },
  async submit(ctx, _asked, actor) {
    await orderAuditCheck(ctx, actor)
    return { to: '/admin/audit', notice: CHECK_ORDERED }
  },
})

export const administrationPages = [healthPage, auditPage, ...settingPages, ...invitationPages]

const RETRIED = {
  fr: 'La tâche est relancée. Rechargez la page pour voir ce qu’elle devient.',
  en: 'The job is tried again. Load the page anew to see what becomes of it.',
}
const LEFT_ALONE = {
  fr: 'La tâche est déjà reprise ou finie : rien n’a été changé.',
  en: 'The job is in hand or done already: nothing was changed.',
}
const CHECK_ORDERED = {
  fr: 'La chaîne est en cours de vérification. Rechargez la page dans un instant.',
  en: 'The chain is being validated. Load the page anew in a moment.',
}
