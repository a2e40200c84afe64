import { z } from 'zod'
import { page } from '../../web/page.js'
import { Id, Text } from '../facts/form-values.js'
import { sayTotals } from './say-totals.js'
import { seeSchoolTotals, seeTotals } from './see-totals.js'
import { SchoolTotalsPage } from './views/school-totals.js'
import { TotalsPage } from './views/totals.js'

const Year = z.coerce.number().int().min(2000).max(2100)

const schoolTotalsPage = page({
  path: '/publics',
  access: 'signed-in',
  query: z.object({
    school: Id.optional().catch(undefined),
    year: Year.optional().catch(undefined),
  }),
  async show(ctx, asked, actor) {
    const view = await seeSchoolTotals(ctx, actor, asked.query)
    return <SchoolTotalsPage asked={asked} view={view} />
  },
})

const totalsPage = page({
  path: '/cohorts/:id/publics/:schoolId/:year',
  access: 'signed-in',
  params: z.object({ id: Id, schoolId: Id, year: Year.catch(0) }),
  form: z.object({ boursier: Text, qpv: Text, education_prioritaire: Text }),
  async show(ctx, asked, actor) {
    const { id: cohortId, schoolId, year } = asked.params
    const view = await seeTotals(ctx, actor, { cohortId, schoolId, year })
    return <TotalsPage asked={asked} view={view} schoolPublicId={schoolId} />
  },
  async submit(ctx, { form, params: { id: cohortId, schoolId, year } }, actor) {
    const totals = {
      BOURSIER: form.boursier,
      QPV: form.qpv,
      EDUCATION_PRIORITAIRE: form.education_prioritaire,
    }
    await sayTotals(ctx, actor, { cohortId, schoolId, year, totals })
    const notice = { fr: 'Les totaux sont enregistrés.', en: 'The totals are saved.' }
    return { to: publicsHref(schoolId, year), notice }
  },
})

function publicsHref(schoolId: string, year: number): string {
  return `/publics?${new URLSearchParams({ school: schoolId, year: String(year) }).toString()}`
}

export const publicsPages = [schoolTotalsPage, totalsPage]
