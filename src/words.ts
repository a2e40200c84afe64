/** The languages of the service: French first, English complete. */
export const LANGUAGES = ['fr', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** A sentence for people. A missing language does not compile. */
export type Words = Readonly<Record<Language, string>>
