import { z } from 'zod'
import { today } from '../../people/days.js'
import { page } from '../../web/page.js'
import { PageNumber, told } from '../../web/validate.js'
import { holdClassList, importHeldList, seeHeldList } from './hold.js'
import { seeImport, seeImports } from './see.js'
import { schoolYearOf } from '../school-year.js'
import { ImportPreviewPage } from './views/import-preview.js'
import { ImportReceiptPage } from './views/import-receipt.js'
import { ImportStartPage } from './views/import-start.js'

const Id = z.object({ id: z.string().max(64) })
/** Page of a long list of refused rows. */
const Part = z.object({ page: PageNumber })

const FileForm = z.object({
  schoolId: z.string().max(64),
  schoolYear: z.coerce.number().int(),
  file: z.instanceof(Uint8Array, {
    error: told({
      fr: 'Choisissez le fichier que SIECLE a exporté.',
      en: 'Choose the file that SIECLE exported.',
    }),
  }),
})

const startPage = page({
  path: '/import',
  access: 'signed-in',
  form: FileForm,
  async show(ctx, { visitor, problem }, actor) {
    const { schools, past } = await seeImports(ctx, actor)
    const presentYear = schoolYearOf(today(ctx))
    return <ImportStartPage {...{ visitor, problem, schools, past, presentYear }} />
  },
  async submit(ctx, { form }, actor) {
    return { to: `/import/${await holdClassList(ctx, actor, form)}` }
  },
})

const previewPage = page({
  path: '/import/:id',
  access: 'signed-in',
  params: Id,
  query: Part,
  form: z.object({ leaveOutRefused: z.literal('yes').optional() }),
  async show(ctx, { visitor, problem, params, query }, actor) {
    const held = await seeHeldList(ctx, actor, params.id)
    return <ImportPreviewPage {...{ visitor, problem, held }} id={params.id} page={query.page} />
  },
  async submit(ctx, { params, form }, actor) {
    const leaveOutRefused = form.leaveOutRefused === 'yes'
    const receipt = await importHeldList(ctx, actor, { id: params.id, leaveOutRefused })
    return {
      to: `/imports/${receipt.id}`,
      notice: { fr: 'La liste est importée.', en: 'The list is imported.' },
    }
  },
})

const receiptPage = page({
  path: '/imports/:id',
  access: 'signed-in',
  params: Id,
  query: Part,
  async show(ctx, { visitor, params, query }, actor) {
    const past = await seeImport(ctx, actor, params.id)
    return <ImportReceiptPage visitor={visitor} past={past} page={query.page} />
  },
})

export const importPages = [startPage, previewPage, receiptPage]
