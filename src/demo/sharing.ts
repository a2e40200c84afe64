import { closeLink } from '../issuer/close-link.js'
import { shareBadge } from '../issuer/share-badge.js'
import { addDays, at } from './calendar.js'
import { badgeOf } from './dossiers.js'
import type { DossierPlan } from './plan.js'
import { known, type Happening, type Stage } from './stage.js'

const LABELS: Readonly<Record<NonNullable<DossierPlan['shared']>, string>> = {
  shared: 'Candidature en alternance',
  expired: 'Demande de stage',
  revoked: 'Mon CV en ligne',
  other: 'Dossier Parcoursup',
}

/** Some students open a link to their badge, on the Wednesday or so after they got it. */
export function sharing(stage: Stage): Happening[] {
  return stage.plan.dossiers.flatMap((dossier) => {
    const { shared, steps, student } = dossier
    const issuedAt = steps.at(-1)
    if (shared === undefined || issuedAt === undefined) return []
    const happen = async () => {
      const { actor } = known(stage.accounts, student)
      const badgeId = await badgeOf(stage, dossier)
      const label = LABELS[shared]
      // Those of the examples are still tried years later; of the others, the older ones are past their half year.
      const life = shared === 'other' ? 'half-year' : 'unlimited'
      const nameCheck = shared === 'shared'
      const { url } = await shareBadge(stage.ctx, actor, { badgeId, label, life, nameCheck })
      stage.links.set(shared, url)
      if (shared !== 'shared') return
      const short = { badgeId, label: 'Pour ma grand-mère', shows: 'badge' }
      await closeLink(stage.ctx, actor, (await shareBadge(stage.ctx, actor, short)).linkId)
    }
    return [{ at: at(addDays(issuedAt.slice(0, 10), 3), 17), happen }]
  })
}
