import { z } from 'zod'
import { page } from '../web/page.js'
import { told } from '../web/validate.js'
import { instantOf } from './days.js'
import { findNamed } from './find-named.js'
import { didOf } from './keys.js'
import { revokeKey } from './revoke-key.js'
import { rotateKey } from './rotate-key.js'
import { rotateServiceKey } from './rotate-service-key.js'
import { seeKeys } from './see-keys.js'
import { serviceDid } from './service-keys.js'
import { OrganisationKeysView } from './views/organisation-keys.js'
import { ServiceKeysView } from './views/service-keys.js'

const Id = z.string().max(64)
const Day = z.iso.date(
  told({ fr: 'Indiquez un jour, comme 2026-11-24.', en: 'Give a day, such as 2026-11-24.' }),
)
const Time = z
  .string()
  .regex(
    /^([01]\d|2[0-3]):[0-5]\d$/,
    told({ fr: 'Indiquez une heure, comme 08:30.', en: 'Give a time, such as 08:30.' }),
  )

/** The keys of one organisation: the next one is announced here, and a stolen one revoked. */
export const keysPage = page({
  path: '/organisations/:id/keys',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: z.discriminatedUnion('act', [
    z.object({ act: z.literal('rotate'), kind: z.enum(['Ed25519', 'RSA']).default('Ed25519') }),
    z.object({ act: z.literal('revoke'), key: z.string().max(60), day: Day, time: Time }),
  ]),
  async show(ctx, asked, actor) {
    // Who may not see keys learns nothing of organisations either.
    const all = await seeKeys(ctx, actor)
    const organisation = await findNamed(ctx.db, asked.params.id)
    const did = didOf(ctx.config.publicUrl, organisation.slug)
    const keys = all.filter((key) => key.did === did)
    const { timeZone } = ctx.config
    return <OrganisationKeysView {...{ asked, organisation, keys, timeZone }} />
  },
  async submit(ctx, { params, form }, actor) {
    const organisation = await findNamed(ctx.db, params.id)
    const to = `/organisations/${organisation.publicId}/keys`
    if (form.act === 'rotate') {
      await rotateKey(ctx, actor, organisation, form.kind)
      return { to, notice: ANNOUNCED }
    }
    const since = instantOf(form.day, form.time, ctx.config.timeZone)
    await revokeKey(ctx, actor, { key: form.key, since })
    return { to, notice: REVOKED }
  },
})

/** The keys of the service itself. */
export const serviceKeysPage = page({
  path: '/service-keys',
  access: 'signed-in',
  form: z.object({ act: z.literal('rotate') }),
  async show(ctx, asked, actor) {
    const { publicUrl, timeZone } = ctx.config
    const did = serviceDid(publicUrl)
    const keys = (await seeKeys(ctx, actor)).filter((key) => key.did === did)
    return <ServiceKeysView {...{ asked, keys, timeZone }} />
  },
  async submit(ctx, _asked, actor) {
    await rotateServiceKey(ctx, actor)
    return { to: '/service-keys', notice: ANNOUNCED }
  },
})

const ANNOUNCED = {
  fr: 'La nouvelle clé est publiée. Elle signera dans quelques minutes, sans rien à faire.',
  en: 'The new key is published. It signs in a few minutes; nothing needs to be done.',
}
const REVOKED = {
  fr: 'La clé est révoquée. Ce qu’elle a signé ne compte plus, sauf les badges que notre journal connaissait avant.',
  en: 'The key is revoked. What it signed counts no more, except for badges that our log knew before.',
}
