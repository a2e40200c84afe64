import { z } from 'zod'
import { page } from '../../web/page.js'
import { Id, Text } from '../facts/form-values.js'
import { addMentor } from './add-mentor.js'
import { changeMentor, managedMentor } from './change-mentor.js'
import { requireVetting, seeAcademyRules } from './require-vetting.js'
import { choicesForMentor, seeMentors } from './see-mentors.js'
import { AcademyPage } from './views/academy.js'
import { MentorPage, NewMentorPage } from './views/mentor-form.js'
import { MentorsPage } from './views/mentors.js'

const said = { vetting: Text, vettedOn: Text, renewBy: Text, charterOn: Text }

const mentorsPage = page({
  path: '/mentors',
  access: 'signed-in',
  async show(ctx, asked, actor) {
    return <MentorsPage asked={asked} view={await seeMentors(ctx, actor)} />
  },
})

const newMentorPage = page({
  path: '/mentors/new',
  access: 'signed-in',
  form: z.object({
    ...said,
    organisationId: Text,
    givenName: Text,
    familyName: Text,
    email: Text,
    sex: Text,
  }),
  async show(ctx, asked, actor) {
    return <NewMentorPage asked={asked} choices={await choicesForMentor(ctx, actor)} />
  },
  async submit(ctx, { form }, actor) {
    await addMentor(ctx, actor, form)
    const notice = {
      fr: 'Le mentor est ajouté : il peut être choisi pour une séance, sans compte.',
      en: 'The mentor is added: they may be chosen for a session, without an account.',
    }
    return { to: '/mentors', notice }
  },
})

const mentorPage = page({
  path: '/mentors/:id',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: z.object({ ...said, lastDay: Text, sex: Text }),
  async show(ctx, asked, actor) {
    return <MentorPage asked={asked} {...await managedMentor(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { form, params }, actor) {
    await changeMentor(ctx, actor, { mentorId: params.id, ...form })
    return { to: '/mentors', notice: { fr: 'C’est enregistré.', en: 'It is recorded.' } }
  },
})

const academyPage = page({
  path: '/academy',
  access: 'signed-in',
  form: z.object({ academyId: Text, do: z.enum(['require', 'release']) }),
  async show(ctx, asked, actor) {
    return <AcademyPage asked={asked} rules={await seeAcademyRules(ctx, actor)} />
  },
  async submit(ctx, { form }, actor) {
    const required = form.do === 'require'
    await requireVetting(ctx, actor, { academyId: form.academyId, required })
    const notice = required
      ? { fr: 'Ces séances sont refusées à partir d’aujourd’hui.', en: 'Refused from today on.' }
      : { fr: 'Sceau avertit, et ne refuse plus.', en: 'Sceau warns, and refuses no more.' }
    return { to: '/academy', notice }
  },
})

export const mentorPages = [mentorsPage, newMentorPage, mentorPage, academyPage]
