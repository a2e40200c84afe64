import type { Actor, Context } from '../../context.js'
import type { Waiting } from '../../web/components/journey.js'
import { organisationsWith } from '../authorize.js'
import { findOrganisation } from '../store.js'
import { isDue } from './rules.js'
import { howWeKnow } from './see-authority.js'

/** The proofs that an administrator’s companies lack, or that end soon: they are asked for again each year. */
export async function authorityWaiting(ctx: Context, actor: Actor): Promise<Waiting[]> {
  const ids = organisationsWith(actor, 'declare-authority')
  const found = await Promise.all(
    ids.map(async (id) => {
      const company = await findOrganisation(ctx.db, id)
      const known = (await howWeKnow(ctx, id)) ?? []
      // The SIRET is looked up by the platform’s administrator.
      const count = known.filter((one) => one.kind !== 'siret' && isDue(one, ctx.now())).length
      if (!company || count === 0) return []
      const href = `/organisations/${company.publicId}/authority`
      return [{ words: WORDS, href, count }]
    }),
  )
  return found.flat()
}

const WORDS = {
  fr: 'Preuves que l’entreprise est bien elle, à donner ou à renouveler',
  en: 'Proofs that the company is itself, to give or to renew',
}
