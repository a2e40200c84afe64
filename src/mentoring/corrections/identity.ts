import type { Context } from '../../context.js'
import { DomainError } from '../../errors.js'
import { toName } from '../../people/names.js'
import type { Row } from '../../store/schema.js'
import { toIne } from '../class-list/ine.js'
import { toListedDay } from '../class-list/values.js'
import { wrongField } from '../refusals.js'
import type { IdentityField } from './fields.data.js'
import type { IdentityValues } from './store.js'

/** Who a student is said to be, as a form has it. Without an INE the present one stays: nobody can read it. */
export type Wanted = Readonly<{
  givenName: string
  familyName: string
  birthDate: string
  sex: string
  ine: string
}>

type Identity = Pick<
  Row<'students'>,
  'given_name' | 'family_name' | 'birth_date_sealed' | 'sex' | 'ine_fingerprint'
>
/** What changes, from what. */
export type Changed = Readonly<{
  values: IdentityValues
  before: readonly Readonly<{ field: IdentityField; value: string }>[]
}>

/** Whoever is in a lycée or a collège was born within so many years. */
const OLDEST = 100

/**
 * What a correction changes.
 *
 * @param day of today, YYYY-MM-DD
 * @throws {DomainError} invalid-request naming the field, or when nothing changes
 */
export function changeIdentity(
  ctx: Pick<Context, 'vault'>,
  now: Identity,
  wanted: Wanted,
  day: string,
): Changed {
  const { vault } = ctx
  const born = vault.open(now.birth_date_sealed)
  const next = toIdentity(wanted, day)
  const fingerprint = next.ine === '' ? now.ine_fingerprint : vault.fingerprint(next.ine)
  const fields: readonly (readonly [IdentityField, string, string, IdentityValues])[] = [
    ['givenName', now.given_name, next.givenName, { given_name: next.givenName }],
    ['familyName', now.family_name, next.familyName, { family_name: next.familyName }],
    ['birthDate', born, next.birthDate, { birth_date_sealed: vault.seal(next.birthDate) }],
    ['sex', now.sex ?? '', next.sex, { sex: next.sex === '' ? null : next.sex }],
    ['ine', now.ine_fingerprint, fingerprint, { ine_fingerprint: fingerprint }],
  ]
  const changed = fields.filter(([, was, is]) => was !== is)
  if (changed.length === 0) throw nothingChanges()
  return {
    values: Object.assign({}, ...changed.map(([, , , values]) => values)) as IdentityValues,
    before: changed.map(([field, value]) => ({ field, value })),
  }
}

function toIdentity(wanted: Wanted, day: string): Wanted {
  const birthDate = toListedDay(wanted.birthDate.trim())
  const isPossible =
    birthDate !== undefined &&
    birthDate < day &&
    Number(birthDate.slice(0, 4)) > Number(day.slice(0, 4)) - OLDEST
  if (!isPossible) throw noBirthDate()
  if (!['', 'F', 'M'].includes(wanted.sex)) throw noSex()
  const ine = wanted.ine.trim() === '' ? '' : toIne(wanted.ine)
  if (ine === undefined) throw noIne()
  return {
    givenName: toName(wanted.givenName, '/givenName'),
    familyName: toName(wanted.familyName, '/familyName'),
    ...{ birthDate, sex: wanted.sex, ine },
  }
}

function noBirthDate(): DomainError {
  return wrongField('/birthDate', {
    fr: 'Donnez une date de naissance qui est passée, comme 03/02/2011.',
    en: 'Give a birth date that has passed, such as 03/02/2011 (day first).',
  })
}

function noSex(): DomainError {
  return wrongField('/sex', {
    fr: 'Choisissez féminin, masculin ou inconnu.',
    en: 'Choose female, male or unknown.',
  })
}

function noIne(): DomainError {
  return wrongField('/ine', {
    fr: 'Ce n’est pas un INE : il a onze chiffres et lettres, comme 012345678AB. Laissez vide pour le garder.',
    en: 'This is no INE: it has eleven digits and letters, such as 012345678AB. Leave it empty to keep it.',
  })
}

function nothingChanges(): DomainError {
  return wrongField('/givenName', {
    fr: 'Rien n’a changé : corrigez au moins un champ, ou refusez la demande.',
    en: 'Nothing has changed: correct one field at least, or refuse the request.',
  })
}
