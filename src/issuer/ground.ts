import { z } from 'zod'
import type { Context } from '../context.js'
import type { Organisation as OrganisationValues } from '../credential/build-credential.js'
import type { Signer } from '../credential/sign-credential.js'
import { activeSigner } from '../people/keys.js'
import { digestOfDefinition } from '../templates/definition.js'
import { findVersion, type Version } from '../templates/store.js'
import { partiesOf, type Parties } from './badge-content.js'
import { endorsedDefinition } from './endorse-definition.js'
import { Unsignable } from './frozen.js'
import type { Dossier } from './store/dossiers.js'

/** What the badges of one version from one school have in common. */
export type Ground = Readonly<{
  key: string
  version: Version
  parties: Parties
  /** The company’s signed endorsement of the definition. */
  definition: Readonly<Record<string, unknown>>
  /** The company as that endorsement names it. */
  endorser: OrganisationValues
  school: Signer
  company: Signer
}>

const Endorser = z.object({ id: z.string(), name: z.string(), url: z.string().exactOptional() })

/** Reads each ground once. Not for longer than some badges take: keys change. */
export function openGrounds(ctx: Context): (dossier: Dossier) => Promise<Ground> {
  const known = new Map<string, Promise<Ground>>()
  return (dossier) => {
    const key = `${dossier.template_version_id} ${dossier.school_id}`
    const found = known.get(key) ?? groundOf(ctx, key, dossier)
    known.set(key, found)
    return found
  }
}

/** @throws {Unsignable} for a definition that was touched since the company endorsed it */
async function groundOf(ctx: Context, key: string, dossier: Dossier): Promise<Ground> {
  const version = await findVersion(ctx.db, dossier.template_version_id)
  if (!version) throw new Error(`The template version of ${dossier.public_id} is gone.`)
  if (digestOfDefinition(version.definition) !== version.digest)
    throw new Unsignable(
      `The template version of ${dossier.public_id} was touched since it was published.`,
    )
  if (version.withdrawal !== null)
    throw new Unsignable(`The company of ${dossier.public_id} stands by its definition no more.`)
  const definition = JSON.parse(await endorsedDefinition(ctx, version.id)) as Ground['definition']
  return {
    key,
    version,
    parties: await partiesOf(ctx, dossier),
    definition,
    endorser: Endorser.parse(definition.issuer),
    school: await activeSigner(ctx, dossier.school_id),
    company: await activeSigner(ctx, dossier.company_id),
  }
}
