import { DomainError } from '../errors.js'
import type { Db } from '../store/schema.js'
import {
  findOrganisationByNumber,
  findOrganisationByPublicId,
  findOrganisationBySlug,
  type Organisation,
} from './store.js'

/** The organisation that somebody names by its slug, its public id, its UAI or its SIRET. @throws {DomainError} not-found */
export async function findNamed(db: Db, name: string): Promise<Organisation> {
  const found =
    (await findOrganisationBySlug(db, name)) ??
    (await findOrganisationByPublicId(db, name)) ??
    (await findOrganisationByNumber(db, name))
  if (found) return found
  throw new DomainError('not-found', {
    fr: 'Aucune organisation n’a ce nom court, cet identifiant ni ce numéro. La commande « sceau keys » les montre.',
    en: 'No organisation has this slug, id or number. The command “sceau keys” shows them.',
  })
}
