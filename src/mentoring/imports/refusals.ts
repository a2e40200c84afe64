import { DomainError } from '../../errors.js'

export function disturbed(): DomainError {
  return new DomainError('conflict', {
    fr: 'Une autre personne a importé ces élèves au même moment. Rien n’est importé : demandez un nouvel aperçu.',
    en: 'Somebody else imported these students at the same moment. Nothing is imported: ask for a new preview.',
  })
}
