import { DomainError, type FieldError } from '../errors.js'
import { academyOf } from './academies.data.js'
import { toName, toSlug } from './names.js'
import { ORGANISATION_FACTS } from './organisation-kinds.data.js'
import { toSiret } from './siret.js'
import type { Organisation, OrganisationKind } from './store.js'
import { toUai } from './uai.js'

/** What a form or an API call says of an organisation. */
export type OrganisationInput = Readonly<{
  kind: OrganisationKind
  name: string
  /** Where ORGANISATION_FACTS knows several. */
  type?: string | undefined
  /** Two digits: of an academy, and of a school. */
  academyCode?: string | undefined
  /** Of a lycée or a collège. */
  uai?: string | undefined
  /** Of a company or a mentoring structure. */
  siret?: string | undefined
  city?: string | undefined
  website?: string | undefined
}>

export type SoundOrganisation = Omit<Organisation, 'id' | 'publicId'>

/**
 * Reads what was said of an organisation: a school has a UAI, a company a SIRET.
 *
 * @throws {DomainError} invalid-request, with every wrong field at once
 */
export function toSoundOrganisation(input: OrganisationInput): SoundOrganisation {
  const faults: FieldError[] = []
  const read = <T>(reader: () => T): T | null => {
    try {
      return reader()
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      faults.push(...error.fields)
      return null
    }
  }
  const name = read(() => toName(input.name, '/name'))
  const slug = name === null ? null : read(() => soundSlug(name))
  const { number } = ORGANISATION_FACTS[input.kind]
  const uai = number === 'uai' ? read(() => toUai(input.uai ?? '')) : null
  const siret = number === 'siret' ? read(() => toSiret(input.siret ?? '')) : null
  const type = read(() => toType(input))
  const needsAcademy = number === 'academyCode' || input.academyCode?.trim()
  const academyCode = needsAcademy ? read(() => toAcademyCode(input.academyCode ?? '')) : null
  const city = input.city?.trim() ? read(() => toName(input.city ?? '', '/city')) : null
  const website = input.website?.trim() ? read(() => toWebsite(input.website ?? '')) : null
  if (name === null || slug === null || faults.length > 0) {
    throw new DomainError(
      'invalid-request',
      { fr: 'Certains champs sont à corriger.', en: 'Some fields need correcting.' },
      { fields: faults },
    )
  }
  return { kind: input.kind, name, slug, type, academyCode, uai, siret, city, website }
}

/**
 * Names that differ only in accents, capitals, spaces, signs or letters that look alike count as one: people
 * would take one organisation for the other.
 *
 * @throws {DomainError} conflict
 */
export function assertNew(
  { slug, uai, siret }: SoundOrganisation,
  found: { byName: Organisation | undefined; byNumber: Organisation | undefined },
): void {
  const faults: FieldError[] = []
  if (found.byNumber) {
    const number = uai ?? siret ?? ''
    faults.push({
      pointer: uai === null ? '/siret' : '/uai',
      words: {
        fr: `« ${found.byNumber.name} » a déjà le numéro ${number}.`,
        en: `“${found.byNumber.name}” already has the number ${number}.`,
      },
    })
  }
  if (found.byName) {
    faults.push({
      pointer: '/name',
      words: {
        fr: `« ${found.byName.name} » a déjà ce nom ou presque (${slug}). Ajoutez la ville au nom.`,
        en: `“${found.byName.name}” already has this name or nearly (${slug}). Add the town to the name.`,
      },
    })
  }
  const [first] = faults
  if (first) throw new DomainError('conflict', first.words, { fields: faults })
}

/** CO-01 and JM-01. */
function toType({ kind, type }: OrganisationInput): string | null {
  const { types } = ORGANISATION_FACTS[kind]
  if (Object.keys(types).length === 0) return null
  if (type !== undefined && Object.hasOwn(types, type)) return type
  const list = (language: 'fr' | 'en') =>
    Object.values(types)
      .map((words) => words[language])
      .join(', ')
  const words = {
    fr: `Dites de quel type elle est : ${list('fr')}.`,
    en: `Say what type it is: ${list('en')}.`,
  }
  const rule = kind === 'mentoring-structure' ? 'JM-01' : 'CO-01'
  throw new DomainError('invalid-request', words, { rule, fields: [{ pointer: '/type', words }] })
}

function toAcademyCode(text: string): string {
  const academy = academyOf(text.trim())
  if (academy) return academy.code
  const words = {
    fr: 'Donnez le code de l’académie : deux chiffres, comme 03 pour Besançon.',
    en: 'Give the code of the academy: two digits, such as 03 for Besançon.',
  }
  throw new DomainError('invalid-request', words, { fields: [{ pointer: '/academyCode', words }] })
}

function soundSlug(name: string): string {
  const slug = toSlug(name)
  if (slug !== '') return slug
  const words = {
    fr: 'Ce nom doit contenir au moins une lettre ou un chiffre.',
    en: 'This name must have at least one letter or digit.',
  }
  throw new DomainError('invalid-request', words, { fields: [{ pointer: '/name', words }] })
}

function toWebsite(text: string): string {
  const url = URL.parse(text.trim())
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') return url.href
  const words = {
    fr: 'Donnez une adresse qui commence par https://, ou laissez ce champ vide.',
    en: 'Give an address that starts with https://, or leave this field empty.',
  }
  throw new DomainError('invalid-request', words, { fields: [{ pointer: '/website', words }] })
}
