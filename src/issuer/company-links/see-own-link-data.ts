import type { Context } from '../../context.js'
import { seeOwnData } from '../../mentoring/answers/see-own-data.js'
import { organisationNames } from '../readers.js'
import { listDossiersOfIds } from '../store/dossiers.js'
import { listCompanyLinksOf } from './store.js'
import { linkOf } from './visit.js'

/** What the service keeps of whoever has a link: all of it, in words that they can check. */
export type OwnLinkData = Readonly<{
  name: string
  hasEmail: boolean
  sessions: number
  asked: readonly Readonly<{
    step: string
    school: string
    function: string
    madeAt: string
    usedAt: string | null
  }>[]
  /** The school. */
  askedBy: string
}>

/** As long as the link is known, whether it has served or not. @throws {DomainError} not-found */
export async function seeOwnLinkData(ctx: Context, token: string): Promise<OwnLinkData> {
  const { link } = await linkOf(ctx, token)
  const { name, hasEmail, sessions } = await seeOwnData(ctx.db, link.person_id)
  const links = await listCompanyLinksOf(ctx.db, link.person_id)
  const dossiers = await listDossiersOfIds(
    ctx.db,
    links.map(({ dossier_id }) => dossier_id),
  )
  const nameOf = await organisationNames(ctx)
  const schoolOf = (id: number) => nameOf(dossiers.find((one) => one.id === id)?.school_id ?? -1)
  const asked = links.map((one) => ({
    step: one.step,
    school: schoolOf(one.dossier_id),
    function: one.function,
    madeAt: one.made_at,
    usedAt: one.used_at,
  }))
  return { name, hasEmail, sessions, asked, askedBy: schoolOf(link.dossier_id) }
}
