import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { keepPrivate } from '../../mentoring/answers/private-page.js'
import { askGuardian } from '../../mentoring/consents/ask-guardian.js'
import { addGuardian, removeGuardian } from '../../mentoring/consents/guardians.js'
import { objectAsStudent } from '../../mentoring/consents/object.js'
import { NOTICES, PURPOSES } from '../../mentoring/consents/purposes.data.js'
import { recordOnPaper, type PaperNoted } from '../../mentoring/consents/record-on-paper.js'
import { sayWord, studentOf } from '../../mentoring/consents/say-word.js'
import { seeConsentsOf, seeMyConsents } from '../../mentoring/consents/see-consents.js'
import { dayInWords } from '../../mentoring/days.js'
import { Id, Text } from '../../mentoring/facts/form-values.js'
import { page } from '../../web/page.js'
import type { Words } from '../../words.js'
import { badgeChoices, scopeOf } from './badge-choices.js'
import { guardianPages } from './guardian-pages.js'
import { MyConsentsPage } from './views/my-consents.js'
import { StudentConsentsPage } from './views/student-consents.js'

const LongText = z.string().max(5000).default('')
const Badge = Id.default('')

const MyForm = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('say'),
    purpose: z.enum([...PURPOSES, ...NOTICES]),
    badgeId: Badge,
    answer: z.enum(['agreed', 'refused', 'withdrawn', 'read']),
  }),
  z.object({ act: z.literal('ask'), guardianId: Id, purpose: z.enum(PURPOSES), badgeId: Badge }),
  z.object({ act: z.literal('object'), processing: Text, reason: LongText }),
])

const myConsentsPage = page({
  path: '/my-consents',
  access: 'signed-in',
  form: MyForm,
  async show(ctx, asked, actor) {
    keepPrivate(asked.req)
    return <MyConsentsPage asked={asked} {...await mine(ctx, actor)} />
  },
  async submit(ctx, asked, actor) {
    keepPrivate(asked.req)
    const { form, visitor } = asked
    const to = '/my-consents'
    if (form.act === 'object') {
      await objectAsStudent(ctx, actor, form)
      return { to, notice: OBJECTED }
    }
    const { badges, view } = await mine(ctx, actor)
    const badge = scopeOf(badges, form.badgeId)
    if (form.act === 'say') {
      await sayWord(ctx, actor, { ...form, badge, language: visitor.language })
      return { to, notice: NOTED }
    }
    const made = await askGuardian(ctx, actor, { ...form, studentId: view.student.id, badge })
    return <MyConsentsPage asked={asked} badges={badges} view={view} made={made} />
  },
})

async function mine(ctx: Context, actor: Actor) {
  const student = await studentOf(ctx.db, actor)
  const badges = await badgeChoices(ctx, student.id)
  const ids = badges.map(({ rowId }) => rowId)
  return { badges, view: await seeMyConsents(ctx, actor, ids) }
}

const StaffForm = z.discriminatedUnion('act', [
  z.object({ act: z.literal('add'), name: Text, email: Text, language: Text }),
  z.object({ act: z.literal('remove'), guardianId: Id }),
  z.object({ act: z.literal('ask'), guardianId: Id, purpose: z.enum(PURPOSES), badgeId: Badge }),
  z.object({
    act: z.literal('paper'),
    paperPurpose: Text,
    paperBadge: Badge,
    by: Text,
    answer: Text,
    paperOn: Text,
  }),
])

const studentConsentsPage = page({
  path: '/students/:id/consents',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: StaffForm,
  async show(ctx, asked, actor) {
    keepPrivate(asked.req)
    return <StudentConsentsPage asked={asked} {...await ofStudent(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, asked, actor) {
    keepPrivate(asked.req)
    const { form, params } = asked
    const { id: studentId } = params
    const to = `/students/${studentId}/consents`
    if (form.act === 'add') {
      await addGuardian(ctx, actor, { ...form, studentId })
      return { to, notice: ADDED }
    }
    if (form.act === 'remove') {
      await removeGuardian(ctx, actor, { ...form, studentId })
      return { to, notice: REMOVED }
    }
    const { badges, view } = await ofStudent(ctx, actor, studentId)
    if (form.act === 'paper') {
      const badge = scopeOf(badges, form.paperBadge)
      const { paperPurpose: purpose } = form
      const noted = await recordOnPaper(ctx, actor, { ...form, studentId, purpose, badge })
      return { to, notice: paperNotice(noted) }
    }
    const badge = scopeOf(badges, form.badgeId)
    const made = await askGuardian(ctx, actor, { ...form, studentId, badge })
    return <StudentConsentsPage asked={asked} badges={badges} view={view} made={made} />
  },
})

async function ofStudent(ctx: Context, actor: Actor, studentId: string) {
  const view = await seeConsentsOf(ctx, actor, studentId)
  return { view, badges: await badgeChoices(ctx, view.student.rowId) }
}

function paperNotice({ holds, outweighedOn }: PaperNoted): Words {
  if (outweighedOn === undefined) return holds ? NOTED : NOT_ENOUGH
  const day = dayInWords(outweighedOn)
  return {
    fr: `C’est noté, à la date du papier. Une réponse plus récente, du ${day.fr}, l’emporte pour ce qu’elle concerne.`,
    en: `It is noted, as of the day on the paper. A later answer, of ${day.en}, outweighs it for what it is about.`,
  }
}

const NOT_ENOUGH = {
  fr: 'C’est noté, à la date du papier. Seul, ce papier ne suffit pas : voyez « Ce qui vaut aujourd’hui ».',
  en: 'It is noted, as of the day on the paper. By itself it is not enough: see “What holds today”.',
}
const NOTED = {
  fr: 'C’est noté, et cela vaut tout de suite.',
  en: 'It is noted, and holds from now on.',
}
const OBJECTED = {
  fr: 'Votre opposition est transmise à votre lycée, qui répond dans le mois.',
  en: 'Your objection is with your lycée, which answers within a month.',
}
const ADDED = { fr: 'Le responsable légal est ajouté.', en: 'The guardian is added.' }
const REMOVED = {
  fr: 'Le responsable légal est retiré ; son nom et son adresse sont effacés.',
  en: 'The guardian is taken off; their name and address are erased.',
}

export const consentPages = [myConsentsPage, studentConsentsPage, ...guardianPages]
