import { z } from 'zod'
import { page } from '../../web/page.js'
import { Id, Text, typedIn } from '../facts/form-values.js'
import { assertAllowed } from '../../people/authorize.js'
import { openRecord } from './open-record.js'
import { openStudentAccount } from './open-student-account.js'
import { recordPlacement } from '../placements/record-placement.js'
import { choicesForPlacement, seeStudent } from './see-student.js'
import { PlacementFormPage } from '../placements/views/placement-form.js'
import { OpenRecordPage } from './views/open-record.js'
import { StudentPage } from './views/student.js'

const params = z.object({ id: Id })

const studentPage = page({
  path: '/students/:id',
  access: 'signed-in',
  params,
  form: z.object({ email: z.string().max(300).optional() }),
  async show(ctx, asked, actor) {
    const view = await seeStudent(ctx, actor, asked.params.id)
    return <StudentPage asked={asked} view={view} link={undefined} />
  },
  async submit(ctx, asked, actor) {
    const { id: studentId } = asked.params
    const { link } = await openStudentAccount(ctx, actor, { studentId, email: asked.form.email })
    const view = await seeStudent(ctx, actor, studentId)
    asked.req.res?.setHeader('Cache-Control', 'no-store')
    return <StudentPage asked={asked} view={view} link={link} />
  },
})

const placementPage = page({
  path: '/students/:id/placements/new',
  access: 'signed-in',
  params,
  query: z.object({ company: Id.optional().catch(undefined) }),
  form: z.object({
    companyId: Text,
    tutorId: Text,
    fromDay: Text,
    untilDay: Text,
    daysDone: z.coerce.number().catch(0),
  }),
  async show(ctx, asked, actor) {
    const companyId = typedIn(asked.problem, 'companyId') ?? asked.query.company
    const of = { studentId: asked.params.id, companyId }
    return <PlacementFormPage asked={asked} {...await choicesForPlacement(ctx, actor, of)} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    await recordPlacement(ctx, actor, { studentId: id, ...form })
    const notice = {
      fr: 'La période en entreprise est enregistrée. Une autre personne doit la confirmer.',
      en: 'The placement is recorded. Somebody else must confirm it.',
    }
    return { to: `/students/${id}`, notice }
  },
})

const openingPage = page({
  path: '/record-openings',
  access: 'signed-in',
  form: z.object({ studentId: Text, reason: Text }),
  async show(_ctx, asked, actor) {
    assertAllowed(actor, 'open-record', {})
    return <OpenRecordPage asked={asked} />
  },
  async submit(ctx, { form }, actor) {
    await openRecord(ctx, actor, form)
    return { to: `/students/${encodeURIComponent(form.studentId.trim())}` }
  },
})

export const studentPages = [studentPage, placementPage, openingPage]
