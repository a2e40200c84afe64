import { z } from 'zod'
import { page } from '../../web/page.js'
import { keepPrivate } from '../answers/private-page.js'
import { Id, Text } from '../facts/form-values.js'
import { correctIdentity, refuseCorrection } from './correct-identity.js'
import { seeCorrections, seeIdentity } from './see-corrections.js'
import { CorrectionsPage } from './views/corrections.js'
import { IdentityPage } from './views/identity.js'

const correctionsPage = page({
  path: '/corrections',
  access: 'signed-in',
  async show(ctx, asked, actor) {
    return <CorrectionsPage asked={asked} requests={await seeCorrections(ctx, actor)} />
  },
})

const Why = z.string().max(5000).default('')
const IdentityForm = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('correct'),
    ...{ givenName: Text, familyName: Text, birthDate: Text, sex: Text, ine: Text },
    changes: z.coerce.number().int().catch(-1),
    requestId: Id.default(''),
    reason: Why,
  }),
  z.object({ act: z.literal('refuse'), refusedId: Id.default(''), refusal: Why }),
])

const identityPage = page({
  path: '/students/:id/identity',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: IdentityForm,
  async show(ctx, asked, actor) {
    keepPrivate(asked.req)
    return <IdentityPage asked={asked} view={await seeIdentity(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { form, params: { id: studentId } }, actor) {
    const to = `/students/${studentId}/identity`
    if (form.act === 'refuse') {
      const { refusedId, refusal } = form
      await refuseCorrection(ctx, actor, { studentId, requestId: refusedId, reason: refusal })
      return { to, notice: REFUSED }
    }
    await correctIdentity(ctx, actor, { ...form, studentId })
    return { to, notice: CORRECTED }
  },
})

const CORRECTED = {
  fr: 'La correction vaut tout de suite, sur les liens qui montrent un nom aussi. Ce que c’était reste ci-dessous.',
  en: 'The correction holds from now on, on links that show a name too. What it was stays below.',
}
const REFUSED = {
  fr: 'Le refus est noté : l’élève le lit dans « Mes données ».',
  en: 'The refusal is noted: the student reads it in “My data”.',
}

export const correctionPages = [correctionsPage, identityPage]
