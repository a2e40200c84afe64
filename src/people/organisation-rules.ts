import { DomainError, type FieldError } from '../errors.js'
import { toName, toSlug } from './names.js'
import { toSiret } from './siret.js'
import type { Organisation, OrganisationKind } from './store.js'
import { toUai } from './uai.js'

/** What a form or an API call says of an organisation. */
export type OrganisationInput = Readonly<{
  kind: OrganisationKind
  name: string
  /** Of a lycée. */
  uai?: string | undefined
  /** Of a company. */
  siret?: string | undefined
  city?: string | undefined
  website?: string | undefined
}>

export type SoundOrganisation = Omit<Organisation, 'id' | 'publicId'>

/**
 * Reads what was said of an organisation: a lycée has a UAI, a company a SIRET.
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
  const uai = input.kind === 'lycee' ? read(() => toUai(input.uai ?? '')) : null
  const siret = input.kind === 'company' ? read(() => toSiret(input.siret ?? '')) : null
  const city = input.city?.trim() ? read(() => toName(input.city ?? '', '/city')) : null
  const website = input.website?.trim() ? read(() => toWebsite(input.website ?? '')) : null
  if (name === null || slug === null || faults.length > 0) {
    throw new DomainError(
      'invalid-request',
      { fr: 'Certains champs sont à corriger.', en: 'Some fields need correcting.' },
      { fields: faults },
    )
  }
  return { kind: input.kind, name, slug, uai, siret, city, website }
}

/**
 * Names that differ only in accents, capitals, spaces or signs count as one: people would take one
 * organisation for the other.
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
