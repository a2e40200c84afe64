import { z } from 'zod'
import { today } from '../../people/days.js'
import { page } from '../../web/page.js'
import { Id, Text, Ticked, typedIn } from '../facts/form-values.js'
import { endPair } from './end-pair.js'
import { openPair } from './open-pair.js'
import { noteRegistration } from './registration.js'
import { choicesForPair, seeOpenPair, seePair } from './see-pair.js'
import { OpenPairPage } from './views/open-pair.js'
import { EndPairPage, RegistrationPage } from './views/pair-forms.js'
import { PairPage } from './views/pair.js'

const params = z.object({ id: Id })
const Registration = { registrationReference: Text, registeredOn: Text }

const openPage = page({
  path: '/pairs/new',
  access: 'signed-in',
  query: z.object({ structure: Id.optional().catch(undefined) }),
  form: z.object({
    structureId: Text,
    mentorId: Text,
    studentId: Text,
    subject: Text,
    startedOn: Text,
    ...Registration,
    acknowledged: Ticked,
  }),
  async show(ctx, asked, actor) {
    const structureId = typedIn(asked.problem, 'structureId') ?? asked.query.structure
    return (
      <OpenPairPage asked={asked} choices={await choicesForPair(ctx, actor, { structureId })} />
    )
  },
  async submit(ctx, { form }, actor) {
    const id = await openPair(ctx, actor, form)
    const notice = {
      fr: 'Le binôme est ouvert. L’inscription se fait sur le site national.',
      en: 'The pair is open. Registration is made on the national site.',
    }
    return { to: `/pairs/${id}`, notice }
  },
})

const pairPage = page({
  path: '/pairs/:id',
  access: 'signed-in',
  params,
  async show(ctx, asked, actor) {
    return <PairPage asked={asked} view={await seePair(ctx, actor, asked.params.id)} />
  },
})

const registrationPage = page({
  path: '/pairs/:id/registration',
  access: 'signed-in',
  params,
  form: z.object(Registration),
  async show(ctx, asked, actor) {
    const view = await seeOpenPair(ctx, actor, asked.params.id)
    return <RegistrationPage asked={asked} view={view} today={today(ctx)} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    await noteRegistration(ctx, actor, { pairId: id, ...form })
    const notice = { fr: 'L’inscription est notée.', en: 'The registration is noted.' }
    return { to: `/pairs/${id}`, notice }
  },
})

const endPage = page({
  path: '/pairs/:id/end',
  access: 'signed-in',
  params,
  form: z.object({ lastDay: Text, reason: Text, interviewOn: Text, outcome: Text }),
  async show(ctx, asked, actor) {
    const view = await seeOpenPair(ctx, actor, asked.params.id)
    return <EndPairPage asked={asked} view={view} today={today(ctx)} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    await endPair(ctx, actor, { pairId: id, ...form })
    return {
      to: `/pairs/${id}`,
      notice: { fr: 'Le binôme est terminé.', en: 'The pair is ended.' },
    }
  },
})

export const pairPages = [openPage, pairPage, registrationPage, endPage]
