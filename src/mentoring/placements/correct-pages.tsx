import { z } from 'zod'
import { page } from '../../web/page.js'
import { Id, Text } from '../facts/form-values.js'
import { correctPlacement, doneOrNothing } from './correct-placement.js'
import { CorrectPlacementPage } from './views/correct-placement.js'

const correctPage = page({
  path: '/placements/:id/correct',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: z.object({
    version: z.coerce.number().catch(0),
    fromDay: Text,
    untilDay: Text,
    daysDone: z.coerce.number().catch(0),
    reason: Text,
  }),
  async show(ctx, asked, actor) {
    const placement = await doneOrNothing(ctx, actor, asked.params.id)
    return <CorrectPlacementPage asked={asked} placement={placement} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    await correctPlacement(ctx, actor, { placementId: id, ...form })
    const notice = {
      fr: 'La période est corrigée. Une autre personne doit la confirmer de nouveau.',
      en: 'The placement is corrected. Somebody else must confirm it again.',
    }
    return { to: `/placements/${id}`, notice }
  },
})

export const correctPages = [correctPage]
