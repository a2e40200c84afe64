import { z } from 'zod'
import { today } from '../../people/days.js'
import { page } from '../../web/page.js'
import { addSchool, endSchool, seeSchools } from '../cohorts/add-school.js'
import { CohortSchoolsPage } from '../cohorts/views/schools.js'
import { Id, saidBeside, Text, Ticked } from '../facts/form-values.js'
import { beginOpening } from './begin-opening.js'
import { endFunction, namePerson } from './name-person.js'
import { addParty, coverClass, recordAgreement } from './record-agreement.js'
import { recordStep } from './record-step.js'
import { signAgreement } from './sign-agreement.js'
import { seeAgreement, seeAgreements, seePeople } from './see-ground.js'
import { seeOpening, seeOpenings } from './see-openings.js'
import { AgreementPage } from './views/agreement.js'
import { ClassAgreementsPage } from './views/class-agreements.js'
import { ClassPeoplePage } from './views/class-people.js'
import { OpeningPage } from './views/opening.js'
import { OpeningsPage } from './views/openings.js'

const params = z.object({ id: Id })

const peoplePage = page({
  path: '/classes/:id/people',
  access: 'signed-in',
  params,
  form: z.discriminatedUnion('act', [
    z.object({
      act: z.literal('name'),
      function: Text,
      personId: Text,
      name: Text,
      fromDay: Text,
    }),
    z.object({ act: z.literal('end'), held: Text, lastDay: Text }),
  ]),
  async show(ctx, asked, actor) {
    const view = await seePeople(ctx, actor, asked.params.id)
    return <ClassPeoplePage asked={asked} view={view} today={today(ctx)} />
  },
  async submit(ctx, { form, params: { id: classId } }, actor) {
    const to = `/classes/${classId}/people`
    if (form.act === 'end') {
      await endFunction(ctx, actor, { classId, id: form.held, lastDay: form.lastDay })
      return { to, notice: { fr: 'La fonction est terminée.', en: 'The function is ended.' } }
    }
    await namePerson(ctx, actor, { classId, ...form })
    return { to, notice: { fr: 'La personne est nommée.', en: 'The person is named.' } }
  },
})

const agreementsPage = page({
  path: '/classes/:id/agreements',
  access: 'signed-in',
  params,
  form: z.discriminatedUnion('act', [
    z.object({
      act: z.literal('record'),
      type: Text,
      title: Text,
      startDay: Text,
      endDay: Text,
      renewsId: Text,
    }),
    z.object({ act: z.literal('cover'), agreementId: Text }),
  ]),
  async show(ctx, asked, actor) {
    const view = await seeAgreements(ctx, actor, asked.params.id)
    return <ClassAgreementsPage asked={asked} view={view} today={today(ctx)} />
  },
  async submit(ctx, { form, params: { id: classId } }, actor) {
    if (form.act === 'cover') {
      await coverClass(ctx, actor, { classId, ...form })
      const notice = { fr: 'L’accord couvre la classe.', en: 'The agreement covers the class.' }
      return { to: `/classes/${classId}/agreements`, notice }
    }
    const agreement = await recordAgreement(ctx, actor, { classId, ...form, parties: [] })
    const notice = {
      fr: 'L’accord est enregistré. Ajoutez ses parties.',
      en: 'The agreement is recorded. Add its parties.',
    }
    return { to: `/agreements/${agreement}`, notice }
  },
})

const agreementPage = page({
  path: '/agreements/:id',
  access: 'signed-in',
  params,
  form: z.discriminatedUnion('act', [
    z.object({
      act: z.literal('add'),
      organisationId: Text,
      name: Text,
      capacity: Text,
      signedOn: Text,
    }),
    z.object({ act: z.literal('sign'), place: z.coerce.number().int().min(1), signedDay: Text }),
  ]),
  async show(ctx, asked, actor) {
    return <AgreementPage asked={asked} view={await seeAgreement(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    const to = `/agreements/${id}`
    if (form.act === 'sign') {
      await signAgreement(ctx, actor, { agreementId: id, ...form })
      return { to, notice: { fr: 'La signature est notée.', en: 'The signature is noted.' } }
    }
    await addParty(ctx, actor, { agreementId: id, ...form })
    return { to, notice: { fr: 'La partie est ajoutée.', en: 'The party is added.' } }
  },
})

const openingsPage = page({
  path: '/openings',
  access: 'signed-in',
  form: z.object({
    schoolId: Text,
    companyId: Text,
    track: Text,
    day: Text,
    note: Text,
    caVoteDate: Text,
  }),
  async show(ctx, asked, actor) {
    return <OpeningsPage asked={asked} today={today(ctx)} {...await seeOpenings(ctx, actor)} />
  },
  async submit(ctx, { form }, actor) {
    const opening = await beginOpening(ctx, actor, form)
    const notice = { fr: 'La procédure est commencée.', en: 'The procedure has begun.' }
    return { to: `/openings/${opening}`, notice }
  },
})

const openingPage = page({
  path: '/openings/:id',
  access: 'signed-in',
  params,
  form: z.object({
    step: Text,
    day: Text,
    note: Text,
    caVoteDate: Text,
    inspectors: Text,
    dgesco: Text,
    className: Text,
    mef: Text,
    referentName: Text,
    acknowledged: Ticked,
  }),
  async show(ctx, asked, actor) {
    const view = await seeOpening(ctx, actor, asked.params.id)
    return <OpeningPage asked={asked} view={view} today={today(ctx)} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    const dated = recordStep(ctx, actor, { openingId: id, ...form })
    const classId = await saidBeside('/name', '/className', dated)
    if (classId === undefined) {
      const notice = { fr: 'L’étape est datée.', en: 'The step has its day.' }
      return { to: `/openings/${id}`, notice }
    }
    const notice = {
      fr: 'La classe est ouverte. Ouvrez sa première cohorte.',
      en: 'The class is open. Open its first cohort.',
    }
    return { to: `/classes/${classId}`, notice }
  },
})

const schoolsPage = page({
  path: '/cohorts/:id/schools',
  access: 'signed-in',
  params,
  form: z.discriminatedUnion('act', [
    z.object({ act: z.literal('add'), schoolId: Text, fromDay: Text }),
    z.object({ act: z.literal('end'), endedId: Text, lastDay: Text }),
  ]),
  async show(ctx, asked, actor) {
    const found = await seeSchools(ctx, actor, asked.params.id)
    return <CohortSchoolsPage asked={asked} today={today(ctx)} {...found} />
  },
  async submit(ctx, { form, params: { id: cohortId } }, actor) {
    const to = `/cohorts/${cohortId}/schools`
    if (form.act === 'end') {
      await endSchool(ctx, actor, { cohortId, schoolId: form.endedId, lastDay: form.lastDay })
      return { to, notice: { fr: 'Le lycée est retiré.', en: 'Its time is ended.' } }
    }
    await addSchool(ctx, actor, { cohortId, ...form })
    return { to, notice: { fr: 'Le lycée est ajouté.', en: 'The school is added.' } }
  },
})

export const groundPages = [
  peoplePage,
  agreementsPage,
  agreementPage,
  openingsPage,
  openingPage,
  schoolsPage,
]
