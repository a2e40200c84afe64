import { z } from 'zod'
import { today } from '../../people/days.js'
import { page } from '../../web/page.js'
import { PageNumber, told } from '../../web/validate.js'
import { Text, Ticked } from '../facts/form-values.js'
import { chooseColumns, seeColumns } from './choose-columns.js'
import { endLeavers, seeLeaving } from './end-leavers.js'
import { holdClassList, importHeldList, seeHeldList } from './hold.js'
import { seeImport, seeImports } from './see.js'
import { schoolYearOf } from '../school-year.js'
import { ColumnsPage } from './views/columns.js'
import { LeaversPage } from './views/leavers.js'
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
      fr: 'Choisissez le fichier de la liste.',
      en: 'Choose the file of the list.',
    }),
  }),
})

/** `column-3` is what the fourth column is. */
const ColumnsForm = z.record(z.string().max(64), z.unknown()).transform(({ level, ...fields }) => {
  const chosen = Object.entries(fields).flatMap(([name, value]) => {
    const at = /^column-(\d{1,3})$/.exec(name)?.[1]
    return at !== undefined && typeof value === 'string' ? [[Number(at), value] as const] : []
  })
  return { chosen: new Map(chosen), level: typeof level === 'string' ? level : '' }
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
    const { id } = params
    const held = await seeHeldList(ctx, actor, id)
    if (!held) {
      const columns = await seeColumns(ctx, actor, id)
      return <ColumnsPage asked={{ visitor, problem }} id={id} held={columns} />
    }
    return <ImportPreviewPage {...{ visitor, problem, held, id }} page={query.page} />
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

const columnsPage = page({
  path: '/import/:id/columns',
  access: 'signed-in',
  params: Id,
  form: ColumnsForm,
  async show(ctx, { visitor, problem, params: { id } }, actor) {
    const held = await seeColumns(ctx, actor, id)
    return <ColumnsPage asked={{ visitor, problem }} id={id} held={held} />
  },
  async submit(ctx, { params: { id }, form }, actor) {
    await chooseColumns(ctx, actor, { id, ...form })
    return { to: `/import/${id}` }
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

const leaversPage = page({
  path: '/imports/:id/leavers',
  access: 'signed-in',
  params: Id,
  form: z.object({
    who: Text,
    studentIds: Ticked,
    lastDay: Text,
    reason: Text,
    endedSchemes: Ticked,
  }),
  async show(ctx, { visitor, problem, params: { id } }, actor) {
    const leaving = await seeLeaving(ctx, actor, id)
    return <LeaversPage asked={{ visitor, problem }} leaving={leaving} today={today(ctx)} />
  },
  async submit(ctx, { params: { id }, form }, actor) {
    const who = form.who === 'all' ? 'all' : form.studentIds
    const count = await endLeavers(ctx, actor, { ...form, importId: id, who })
    const notice = {
      fr: count === 1 ? '1 scolarité est terminée.' : `${count} scolarités sont terminées.`,
      en: count === 1 ? '1 schooling is ended.' : `${count} schoolings are ended.`,
    }
    return { to: `/imports/${id}`, notice }
  },
})

export const importPages = [startPage, previewPage, columnsPage, receiptPage, leaversPage]
