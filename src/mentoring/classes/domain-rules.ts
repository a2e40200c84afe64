import type { Words } from '../../words.js'
import { wrongField } from '../refusals.js'
import type { Warning } from '../warnings.js'

/** The group of the nomenclature des spécialités de formation (NSF) that a MEF code has: its digits 4 to 6. */
export function nsfOf(mef: string): string {
  return mef.slice(3, 6)
}

/**
 * The domains that somebody typed, apart by spaces or commas: each once, in order.
 *
 * @throws {DomainError} invalid-request for what is not three digits
 */
export function toDomains(text: string, pointer: string): string[] {
  const found = text.split(/[\s,;]+/).filter(Boolean)
  const wrong = found.find((one) => !/^\d{3}$/.test(one))
  if (wrong === undefined) return [...new Set(found)].toSorted()
  throw wrongField(pointer, {
    fr: `« ${wrong.slice(0, 20)} » n’est pas un groupe NSF. Écrivez trois chiffres, comme 225 pour la plasturgie.`,
    en: `“${wrong.slice(0, 20)}” is no NSF group. Write three digits, such as 225 for plastics.`,
  })
}

/** PT-25: a company none of whose domains is that of the class. What is not known does not warn. */
export function isOutsideDomains(mef: string, domains: readonly string[]): boolean {
  return domains.length > 0 && !domains.includes(nsfOf(mef))
}

export function domainWarnings(mef: string, domains: readonly string[]): Warning[] {
  return isOutsideDomains(mef, domains) ? [{ rule: 'PT-25', words: outside(mef, domains) }] : []
}

function outside(mef: string, domains: readonly string[]): Words {
  const known = domains.join(', ')
  return {
    fr: `La filière de la classe est du groupe NSF ${nsfOf(mef)}, que l’entreprise ne compte pas parmi ses domaines (${known}). Confirmez, ou complétez ses domaines.`,
    en: `The track of the class is of the NSF group ${nsfOf(mef)}, which is none of the company’s domains (${known}). Confirm it, or complete its domains.`,
  }
}
