import { z } from 'zod'
import { today } from '../../people/days.js'
import { page } from '../../web/page.js'
import { addCompany } from './add-company.js'
import { assignLiaison } from './assign-liaison.js'
import { Id, Text, Ticked } from '../facts/form-values.js'
import { contributionPages } from './contribution-pages.js'
import { groundPages } from './ground-pages.js'
import { openClass } from './open-class.js'
import { openCohort } from './open-cohort.js'
import { schoolYearOf } from '../school-year.js'
import { choicesForClass, seeClass, seeClasses } from './see-classes.js'
import { groundOf } from './see-ground.js'
import { ClassPage } from './views/class.js'
import { ClassCompanyPage } from './views/class-company.js'
import { ClassLiaisonPage } from './views/class-liaison.js'
import { ClassesPage } from './views/classes.js'

const params = z.object({ id: Id })

const classesPage = page({
  path: '/classes',
  access: 'signed-in',
  form: z.object({
    schoolId: Text,
    name: Text,
    mef: Text,
    track: Text,
    principalCompanyId: Text,
    fromDay: Text,
    acknowledged: Ticked,
  }),
  async show(ctx, asked, actor) {
    return <ClassesPage asked={asked} today={today(ctx)} {...await seeClasses(ctx, actor)} />
  },
  async submit(ctx, { form }, actor) {
    const { publicId } = await openClass(ctx, actor, form)
    const notice = {
      fr: 'La classe est ouverte. Ouvrez sa première cohorte.',
      en: 'The class is open. Open its first cohort.',
    }
    return { to: `/classes/${publicId}`, notice }
  },
})

const classPage = page({
  path: '/classes/:id',
  access: 'signed-in',
  params,
  form: z.object({ entryYear: z.coerce.number().int().min(2000).max(2100) }),
  async show(ctx, asked, actor) {
    const view = await seeClass(ctx, actor, asked.params.id)
    const ground = await groundOf(ctx, view.row)
    const year = schoolYearOf(today(ctx))
    return <ClassPage asked={asked} view={view} ground={ground} year={year} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    const cohort = await openCohort(ctx, actor, { classId: id, ...form })
    const notice = {
      fr: 'La cohorte est ouverte. Inscrivez ses élèves.',
      en: 'The cohort is open. Enrol its students.',
    }
    return { to: `/cohorts/${cohort}`, notice }
  },
})

const companyPage = page({
  path: '/classes/:id/companies/new',
  access: 'signed-in',
  params,
  form: z.object({
    companyId: Text,
    role: z.enum(['principal', 'partner']),
    fromDay: Text,
    acknowledged: Ticked,
  }),
  async show(ctx, asked, actor) {
    const { row, ...choices } = await choicesForClass(ctx, actor, asked.params.id)
    const of = { publicId: row.public_id, name: row.name }
    return <ClassCompanyPage asked={asked} today={today(ctx)} of={of} {...choices} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    await addCompany(ctx, actor, { classId: id, ...form })
    const notice = { fr: 'L’entreprise est ajoutée.', en: 'The company is added.' }
    return { to: `/classes/${id}`, notice }
  },
})

const liaisonPage = page({
  path: '/classes/:id/liaison',
  access: 'signed-in',
  params,
  form: z.object({ personId: Text, employerId: Text, financedById: Text, fromDay: Text }),
  async show(ctx, asked, actor) {
    const { row, ...choices } = await choicesForClass(ctx, actor, asked.params.id)
    const of = { publicId: row.public_id, name: row.name }
    return <ClassLiaisonPage asked={asked} today={today(ctx)} of={of} {...choices} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    await assignLiaison(ctx, actor, { classId: id, ...form })
    const notice = { fr: 'L’agent de liaison est nommé.', en: 'The liaison officer is named.' }
    return { to: `/classes/${id}`, notice }
  },
})

export const classPages = [
  classesPage,
  classPage,
  companyPage,
  liaisonPage,
  ...groundPages,
  ...contributionPages,
]
