import { z } from 'zod'
import { page } from '../../web/page.js'
import { Id, Ticked } from '../facts/form-values.js'
import { choicesForCards, makeCards } from './make-cards.js'
import { CardsPage, CardsToCut } from './views/cards.js'

const cardsPage = page({
  path: '/cohorts/:id/cards',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: z.object({ studentIds: Ticked }),
  async show(ctx, asked, actor) {
    return <CardsPage asked={asked} choices={await choicesForCards(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, asked, actor) {
    const { id: cohortId } = asked.params
    const { cohort } = await choicesForCards(ctx, actor, cohortId)
    const cards = await makeCards(ctx, actor, { cohortId, ...asked.form })
    asked.req.res?.setHeader('Cache-Control', 'no-store')
    const { publicUrl } = ctx.config
    return <CardsToCut {...{ asked, cohort, cards, publicUrl }} />
  },
})

export const cardPages = [cardsPage]
