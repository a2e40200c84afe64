import { z } from 'zod'
import { today } from '../../people/days.js'
import { page } from '../../web/page.js'
import { Id, Text, Ticked } from '../facts/form-values.js'
import { schoolYearOf } from '../school-year.js'
import { SIDES } from './plan-rules.js'
import { promise, recordContribution, withdrawContribution } from './record-contribution.js'
import { seeClassContributions, seeContributions } from './see-contributions.js'
import { seePlan, seeProgression } from './see-plan.js'
import { setDomains } from './set-domains.js'
import { signPlan } from './sign-plan.js'
import { ClassContributionsPage, CommitmentPage, DomainsPage } from './views/class-contributions.js'
import { ClassPlanPage, PlanFormPage } from './views/class-plan.js'
import { ClassProgressionPage } from './views/class-progression.js'
import { ContributionsPage } from './views/contributions.js'
import { writePlan } from './write-plan.js'
import { writeProgression } from './write-progression.js'

const params = z.object({ id: Id })
/** A school year, by the year that it starts in; anything else is the present one. */
const Year = z.coerce.number().int().min(2000).max(2100)
const query = z.object({ year: Year.optional().catch(undefined) })
/** « 1,5 » or « 1.5 »; nothing is null, and what is no number is told by the act. */
const Decimal = Text.transform((text) =>
  text.trim() === '' ? null : Number(text.trim().replace(/\s/g, '').replace(',', '.')),
)
const Version = z.coerce.number().int().min(0)
const LongText = z.string().max(20_000).default('')

const contributionsPage = page({
  path: '/contributions',
  access: 'signed-in',
  query,
  async show(ctx, asked, actor) {
    const seen = await seeContributions(ctx, actor, asked.query.year)
    return <ContributionsPage asked={asked} thisYear={schoolYearOf(today(ctx))} {...seen} />
  },
})

const classContributionsPage = page({
  path: '/classes/:id/contributions',
  access: 'signed-in',
  params,
  query,
  form: z.discriminatedUnion('act', [
    z.object({
      act: z.literal('record'),
      companyId: Text,
      kind: Text,
      day: Text,
      description: Text,
      personDays: Decimal,
      euros: Decimal,
    }),
    z.object({ act: z.literal('withdraw'), contributionId: Text }),
  ]),
  async show(ctx, asked, actor) {
    const { id: classId } = asked.params
    const view = await seeClassContributions(ctx, actor, { classId, year: asked.query.year })
    const day = today(ctx)
    return (
      <ClassContributionsPage asked={asked} view={view} today={day} thisYear={schoolYearOf(day)} />
    )
  },
  async submit(ctx, { form, params: { id: classId } }, actor) {
    const to = `/classes/${classId}/contributions`
    if (form.act === 'withdraw') {
      await withdrawContribution(ctx, actor, form.contributionId)
      return { to, notice: { fr: 'La contribution est retirée.', en: 'It is withdrawn.' } }
    }
    await recordContribution(ctx, actor, { classId, ...form })
    const notice = { fr: 'La contribution est enregistrée.', en: 'The contribution is recorded.' }
    return { to: `${to}?year=${schoolYearOf(form.day)}`, notice }
  },
})

const commitmentPage = page({
  path: '/classes/:id/commitments',
  access: 'signed-in',
  params,
  query,
  form: z.object({ companyId: Text, schoolYear: Year, personDays: Decimal, euros: Decimal }),
  async show(ctx, asked, actor) {
    const { id: classId } = asked.params
    const view = await seeClassContributions(ctx, actor, { classId, year: asked.query.year })
    const day = today(ctx)
    return <CommitmentPage asked={asked} view={view} today={day} thisYear={schoolYearOf(day)} />
  },
  async submit(ctx, { form, params: { id: classId } }, actor) {
    const personDays = form.personDays ?? Number.NaN
    await promise(ctx, actor, { classId, ...form, personDays, euros: form.euros ?? 0 })
    const notice = { fr: 'La promesse est notée.', en: 'The promise is noted.' }
    return { to: `/classes/${classId}/contributions?year=${form.schoolYear}`, notice }
  },
})

const domainsPage = page({
  path: '/classes/:id/domains',
  access: 'signed-in',
  params,
  form: z.object({ companyId: Text, domains: Text }),
  async show(ctx, asked, actor) {
    const view = await seeClassContributions(ctx, actor, { classId: asked.params.id })
    const day = today(ctx)
    return <DomainsPage asked={asked} view={view} today={day} thisYear={schoolYearOf(day)} />
  },
  async submit(ctx, { form, params: { id: classId } }, actor) {
    await setDomains(ctx, actor, { classId, ...form })
    const notice = { fr: 'Les domaines sont gardés.', en: 'The domains are kept.' }
    return { to: `/classes/${classId}/domains`, notice }
  },
})

const planPage = page({
  path: '/classes/:id/plan',
  access: 'signed-in',
  params,
  form: z.object({ side: z.enum(SIDES), version: Version }),
  async show(ctx, asked, actor) {
    return <ClassPlanPage asked={asked} view={await seePlan(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { form, params: { id: classId } }, actor) {
    await signPlan(ctx, actor, { classId, ...form })
    const notice = { fr: 'Le plan est signé.', en: 'The plan is signed.' }
    return { to: `/classes/${classId}/plan`, notice }
  },
})

const planFormPage = page({
  path: '/classes/:id/plan/edit',
  access: 'signed-in',
  params,
  form: z.object({
    basedOn: Version,
    firstYear: Year,
    year1: LongText,
    year2: LongText,
    year3: LongText,
    year4: LongText,
    year5: LongText,
  }),
  async show(ctx, asked, actor) {
    const view = await seePlan(ctx, actor, asked.params.id, 'manage-classes')
    return <PlanFormPage asked={asked} view={view} />
  },
  async submit(ctx, { form, params: { id: classId } }, actor) {
    const years = [form.year1, form.year2, form.year3, form.year4, form.year5]
    await writePlan(ctx, actor, { classId, ...form, years })
    const notice = {
      fr: 'Le plan est écrit. Les deux côtés peuvent le signer.',
      en: 'The plan is written. Both sides may sign it.',
    }
    return { to: `/classes/${classId}/plan`, notice }
  },
})

const progressionPage = page({
  path: '/classes/:id/progression',
  access: 'signed-in',
  params,
  form: z.object({
    basedOn: Version,
    content: LongText,
    cohortIds: Ticked,
    inspectorId: Text,
    acknowledged: Ticked,
  }),
  async show(ctx, asked, actor) {
    const view = await seeProgression(ctx, actor, asked.params.id)
    return <ClassProgressionPage asked={asked} view={view} />
  },
  async submit(ctx, { form, params: { id: classId } }, actor) {
    await writeProgression(ctx, actor, { classId, ...form })
    const notice = { fr: 'La progression est gardée.', en: 'The progression is kept.' }
    return { to: `/classes/${classId}/progression`, notice }
  },
})

export const contributionPages = [
  contributionsPage,
  classContributionsPage,
  commitmentPage,
  domainsPage,
  planPage,
  planFormPage,
  progressionPage,
]
