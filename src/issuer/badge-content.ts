import type { Context } from '../context.js'
import {
  buildBadge,
  buildEndorsement,
  type EvidenceValues,
  type Organisation as OrganisationValues,
} from '../credential/build-credential.js'
import type { Fact } from '../mentoring/facts/facts.js'
import { didOf } from '../people/keys.js'
import { findOrganisation, type Organisation } from '../people/store.js'
import { achievementUrl, achievementValues } from '../templates/achievement-values.js'
import type { Version } from '../templates/store.js'
import { pledgeOf } from '../templates/wording.js'
import { statusUrl } from './status.js'
import type { Dossier } from './store/dossiers.js'
import type { Entry } from './store/status-lists.js'
import { committedWords, factKindWords, functionWords, publishedWords } from './wording.js'

/** Where in which list a credential's status is. */
export type Place = Pick<Entry, 'list_public_id' | 'position'>
export type Parties = Readonly<{ school: Organisation; company: Organisation }>

export async function partiesOf(ctx: Context, dossier: Dossier): Promise<Parties> {
  const school = await findOrganisation(ctx.db, dossier.school_id)
  const company = await findOrganisation(ctx.db, dossier.company_id)
  if (!school || !company)
    throw new Error(`An organisation of the dossier ${dossier.public_id} is gone.`)
  return { school, company }
}

/** How an organisation is named in a credential. */
export function organisationIn(
  ctx: Context,
  { slug, name, website }: Organisation,
): OrganisationValues {
  return { id: didOf(ctx.config.publicUrl, slug), name, ...(website !== null && { url: website }) }
}

/** The company's endorsement of a badge definition, unsigned. It names the definition by its digest. */
export function composeDefinitionEndorsement(
  ctx: Context,
  values: Readonly<{
    id: string
    version: Version
    company: Organisation
    entry: Place
    validFrom: string
  }>,
): Record<string, unknown> {
  const { version, entry } = values
  return buildEndorsement({
    id: values.id,
    issuer: organisationIn(ctx, values.company),
    target: achievementUrl(ctx.config.publicUrl, version),
    name: 'Endossement d’une définition de badge',
    comment: pledgeOf(version),
    evidence: [
      {
        digest: version.digest,
        name: 'Définition',
        description: told('La définition du badge, par son empreinte', publishedWords(version)),
      },
    ],
    status: { list: statusUrl(ctx, entry.list_public_id), position: entry.position },
    validFrom: values.validFrom,
  })
}

/**
 * The company's endorsement of one award, unsigned. It names the dossier by its digest.
 *
 * @param values.endorser the company as the endorsement of the definition describes it: a badge
 *   that says two things of one company is refused, even after it has changed its name
 */
export function composeEndorsement(
  ctx: Context,
  values: Readonly<{
    id: string
    badgeId: string
    dossier: Dossier
    endorser: OrganisationValues
    entry: Place
    validFrom: string
  }>,
): Record<string, unknown> {
  const { dossier, entry } = values
  return buildEndorsement({
    id: values.id,
    issuer: values.endorser,
    target: values.badgeId,
    name: 'Endossement d’une attribution',
    comment: dossier.endorsement_comment ?? '',
    evidence: [
      {
        digest: dossier.digest ?? '',
        name: 'Dossier',
        description: told(
          'Les faits et la version du badge, par leur empreinte',
          committedWords(dossier),
        ),
      },
    ],
    status: { list: statusUrl(ctx, entry.list_public_id), position: entry.position },
    validFrom: values.validFrom,
  })
}

/** What it is, and in which functions persons have committed to it: never by whom. */
function told(what: string, by: string | undefined): string {
  return by === undefined ? what : `${what}. ${by}`
}

/** The badge, unsigned, with both signed endorsements in it: of its definition, and of this award. */
export function composeBadge(
  ctx: Context,
  values: Readonly<{
    id: string
    dossier: Dossier
    version: Version
    parties: Parties
    evidence: readonly EvidenceValues[]
    definitionEndorsement: object
    endorsement: object
    entry: Place
    validFrom: string
  }>,
): Record<string, unknown> {
  const { version, parties, entry, validFrom } = values
  const { definition } = version
  return buildBadge({
    id: values.id,
    subject: values.dossier.subject,
    issuer: organisationIn(ctx, parties.school),
    achievement: {
      ...achievementValues(ctx.config.publicUrl, version, organisationIn(ctx, parties.company).id),
      endorsements: [values.definitionEndorsement],
    },
    evidence: values.evidence,
    endorsements: [values.endorsement],
    status: { list: statusUrl(ctx, entry.list_public_id), position: entry.position },
    validFrom,
    validUntil:
      definition.validityMonths === null ? null : monthsLater(validFrom, definition.validityMonths),
  })
}

const MONTH = new Intl.DateTimeFormat('fr-FR', {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** What a badge says of a fact: its kind, its month, in which function it was confirmed. */
export function describeFact(fact: Fact, digest: string): EvidenceValues {
  return {
    digest,
    name: `${factKindWords(fact).fr}, ${MONTH.format(new Date(`${fact.day}T00:00:00Z`))}`,
    description: `Confirmé par ${functionWords(fact.confirmedFunction).fr}`,
  }
}

/** The same day of a later month, or its last day where it has none: one month from 31 January is 28 February. */
export function monthsLater(instant: string, months: number): string {
  const later = new Date(instant)
  const day = later.getUTCDate()
  later.setUTCMonth(later.getUTCMonth() + months)
  if (later.getUTCDate() !== day) later.setUTCDate(0)
  return `${later.toISOString().slice(0, 19)}Z`
}
