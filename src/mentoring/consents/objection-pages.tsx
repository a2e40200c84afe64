import { z } from 'zod'
import { page } from '../../web/page.js'
import { keepPrivate } from '../answers/private-page.js'
import { Id, Text } from '../facts/form-values.js'
import { answerObjection, seeObjection, seeObjections } from './answer-objection.js'
import { ObjectionPage, ObjectionsPage } from './views/objections.js'

const objectionsPage = page({
  path: '/objections',
  access: 'signed-in',
  async show(ctx, asked, actor) {
    return <ObjectionsPage asked={asked} objections={await seeObjections(ctx, actor)} />
  },
})

const objectionPage = page({
  path: '/objections/:id',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: z.object({ outcome: Text, answer: z.string().max(5000).default('') }),
  async show(ctx, asked, actor) {
    keepPrivate(asked.req)
    const objection = await seeObjection(ctx, actor, asked.params.id)
    return <ObjectionPage asked={asked} objection={objection} />
  },
  async submit(ctx, { params, form }, actor) {
    await answerObjection(ctx, actor, { ...form, id: params.id })
    const notice = {
      fr: 'La réponse est donnée : l’élève la lit dans « Mes accords ».',
      en: 'The answer is given: the student reads it in “My consents”.',
    }
    return { to: '/objections', notice }
  },
})

export const objectionPages = [objectionsPage, objectionPage]
