import { z } from 'zod'
import { page } from '../../web/page.js'
import { Id, Text, Ticked } from '../facts/form-values.js'
import { sayPublics } from './say-publics.js'
import { seeCordee, seePublics } from './see-cordee.js'
import { CordeePage } from './views/cordee.js'
import { PublicsPage } from './views/publics.js'

const params = z.object({ id: Id })

const cordeePage = page({
  path: '/cordees/:id',
  access: 'signed-in',
  params,
  async show(ctx, asked, actor) {
    return <CordeePage asked={asked} view={await seeCordee(ctx, actor, asked.params.id)} />
  },
})

const publicsPage = page({
  path: '/cordees/:id/publics/:schoolId',
  access: 'signed-in',
  params: params.extend({ schoolId: Id }),
  form: z.object({ traits: Ticked, qpv: Text, boursier: Text }),
  async show(ctx, asked, actor) {
    const { id: cordeeId, schoolId } = asked.params
    return <PublicsPage asked={asked} view={await seePublics(ctx, actor, { cordeeId, schoolId })} />
  },
  async submit(ctx, { form, params: { id: cordeeId, schoolId } }, actor) {
    const counts = { QPV: form.qpv, BOURSIER: form.boursier }
    await sayPublics(ctx, actor, { cordeeId, schoolId, traits: form.traits, counts })
    const notice = { fr: 'C’est enregistré.', en: 'It is saved.' }
    return { to: `/cordees/${cordeeId}`, notice }
  },
})

export const cordeePages = [cordeePage, publicsPage]
