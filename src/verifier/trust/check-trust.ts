import { skeleton } from '../../credential/skeleton.js'
import { visible } from '../../credential/visible.js'
import type { Words } from '../../words.js'
import type { Endorsement } from '../check-endorsements.js'
import type { Found } from '../found.js'
import type { Known, Lookups, Resembled } from '../lookups.js'
import { issuerIdOf, nameOfIssuer } from '../signed-content.js'
import type { Json } from '../../credential/values.js'
import { toInstant } from '../../credential/instant.js'

type Asked = Pick<Lookups, 'knows' | 'resembles'>
export type TrustWarning = Readonly<{ code: 'name_differs' | 'look_alike'; words: Words }>
export type Trust = Readonly<{
  found: Found
  /** Somebody whom this service believes knows the issuer, today and when the badge was issued. */
  known: boolean
  warnings: readonly TrustWarning[]
}>

/** Who knows the issuer of a proven badge, and whether a stranger's name passes for a known one's. */
export async function checkTrust(
  document: Json,
  endorsements: readonly Endorsement[],
  lookups: Asked,
): Promise<Trust> {
  const issuerId = issuerIdOf(document)
  const issuedAt = new Date(toInstant(document.validFrom ?? document.issuanceDate) ?? NaN)
  const known = await lookups.knows(issuerId, issuedAt)
  const counts = known?.standing === 'counts'
  const name = nameOfIssuer(document)
  const differs = counts && name !== issuerId && skeleton(name) !== skeleton(known.name)
  return {
    found: known ? foundOf(known) : STRANGER,
    known: counts,
    warnings: [
      ...(differs ? [nameDiffers(name, known)] : []),
      ...(counts ? [] : await lookAlike({ id: issuerId, name }, lookups)),
      ...(await lookAlikesAmong(endorsements, issuedAt, lookups)),
    ],
  }
}

type Named = Readonly<{ id: string; name: string }>

/** Who endorses is read like who issues; each is looked at once. */
async function lookAlikesAmong(
  endorsements: readonly Endorsement[],
  issuedAt: Date,
  lookups: Asked,
): Promise<TrustWarning[]> {
  const named = new Map(endorsements.map(({ endorser }) => [JSON.stringify(endorser), endorser]))
  const warnings: TrustWarning[] = []
  for (const endorser of named.values()) {
    const known = await lookups.knows(endorser.id, issuedAt)
    if (known?.standing !== 'counts') warnings.push(...(await lookAlike(endorser, lookups)))
  }
  return warnings
}

async function lookAlike({ id, name }: Named, { resembles }: Asked): Promise<TrustWarning[]> {
  if (name === id || skeleton(name) === '') return []
  const other = await resembles?.(name, id)
  return other ? [resembling(name, other)] : []
}

/** Letters of a stranger's name that a sentence of ours repeats. */
const MAX_CHARS = 120

function shown(name: string): string {
  return visible(name.length > MAX_CHARS ? `${name.slice(0, MAX_CHARS)}…` : name)
}

function resembling(name: string, other: Resembled): TrustWarning {
  return {
    code: 'look_alike',
    words: {
      fr: `Le nom « ${shown(name)} » ressemble à celui de « ${other.name} » (${other.domain}), que nous connaissons, mais ce n’est pas le même organisme.`,
      en: `The name “${shown(name)}” looks like that of “${other.name}” (${other.domain}), whom we know, but this is not the same organisation.`,
    },
  }
}

function nameDiffers(name: string, known: Known): TrustWarning {
  const by = known.publisher
  return {
    code: 'name_differs',
    words: {
      fr: `Le badge nomme son émetteur « ${shown(name)} » ; ${by ? `la liste de « ${by.fr} » le` : 'nous le'} ${by ? 'connaît' : 'connaissons'} sous le nom de « ${known.name} ».`,
      en: `The badge names its issuer “${shown(name)}”; ${by ? `the list of “${by.en}” knows` : 'we know'} it as “${known.name}”.`,
    },
  }
}

function foundOf({ name, publisher, standing }: Known): Found {
  if (!publisher)
    return {
      result: 'pass',
      code: 'trust',
      words: {
        fr: `Cet émetteur est une organisation de ce service : ${name}.`,
        en: `This issuer is an organisation of this service: ${name}.`,
      },
    }
  const { fr, en } = publisher
  if (standing === 'counts')
    return {
      result: 'pass',
      code: 'trust',
      words: {
        fr: `Cet émetteur est connu de la liste de « ${fr} », sous le nom de « ${name} ».`,
        en: `This issuer is known to the list of “${en}”, as “${name}”.`,
      },
    }
  if (standing === 'other_time')
    return {
      result: 'unknown',
      code: 'not_listed_then',
      words: {
        fr: `La liste de « ${fr} » connaît cet émetteur, mais pas pour la date de ce badge.`,
        en: `The list of “${en}” knows this issuer, but not for the date of this badge.`,
      },
    }
  return {
    result: 'unknown',
    code: 'list_out_of_date',
    words: {
      fr: `La liste de « ${fr} » connaissait cet émetteur, mais elle n’est plus à jour : nous ne pouvons pas dire qui c’est.`,
      en: `The list of “${en}” knew this issuer, but it is out of date: who they are, we can’t tell.`,
    },
  }
}

const STRANGER: Found = {
  result: 'unknown',
  code: 'unknown_issuer',
  words: {
    fr: 'Cet émetteur n’est ni une organisation de ce service, ni sur une liste à laquelle ce service se fie.',
    en: 'This issuer is no organisation of this service, and on no list that this service believes.',
  },
}
/** Of a badge that nothing is proven of. */
export const NOBODY: Trust = { found: STRANGER, known: false, warnings: [] }
