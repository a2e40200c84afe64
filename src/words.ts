/** The languages of the service: French first, English complete. */
export const LANGUAGES = ['fr', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** A sentence for people. A missing language does not compile. */
export type Words = Readonly<Record<Language, string>>

/** The language that somebody chose; French for who chose none. */
export function toLanguage(chosen: string | null | undefined): Language {
  return LANGUAGES.find((one) => one === chosen) ?? 'fr'
}
