import { z } from 'zod'
import { page } from '../../web/page.js'
import { PageNumber, told } from '../../web/validate.js'
import { confirmSeveral, type FactId } from './confirm-several.js'
import { Ticked } from '../facts/form-values.js'
import { pageOf, seeUnconfirmed } from './see-unconfirmed.js'
import { ConfirmPage, hrefOfPage } from '../facts/views/confirm.js'
import { confirmedInWords } from '../facts/views/confirmed.js'

const KINDS = ['session', 'placement'] as const
const NONE_TICKED = told({
  fr: 'Cochez au moins une ligne.',
  en: 'Tick at least one line.',
})

/** Each box is « session:ID » or « placement:ID ». */
const Facts = Ticked.transform((ticked) => [...new Set(ticked)].flatMap(toFactId)).refine(
  (facts) => facts.length > 0,
  NONE_TICKED,
)

const confirmPage = page({
  path: '/confirm',
  access: 'signed-in',
  query: z.object({ page: PageNumber }),
  form: z.object({ facts: Facts }),
  async show(ctx, asked, actor) {
    const list = pageOf(await seeUnconfirmed(ctx, actor), asked.query.page)
    return <ConfirmPage asked={asked} list={list} />
  },
  async submit(ctx, asked, actor) {
    const waited = await seeUnconfirmed(ctx, actor)
    const { confirmed, refused } = await confirmSeveral(ctx, actor, asked.form.facts)
    const [first] = refused
    if (first && confirmed.length + refused.length === 1) throw first.error
    if (first) {
      asked.req.res?.status(409)
      const list = pageOf(await seeUnconfirmed(ctx, actor), asked.query.page)
      return <ConfirmPage asked={asked} list={list} outcome={{ confirmed, refused, waited }} />
    }
    return { to: hrefOfPage(asked.query.page), notice: confirmedInWords(confirmed) }
  },
})

export const confirmPages = [confirmPage]

function toFactId(box: string): FactId[] {
  const [name, publicId = ''] = box.split(':', 2)
  const kind = KINDS.find((one) => one === name)
  return kind ? [{ kind, publicId }] : []
}
