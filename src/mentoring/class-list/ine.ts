/**
 * The five forms of a national student number. Only its form is checked: how their check letters are
 * computed is not published.
 */
const FORMS: readonly RegExp[] = [
  /** RNIE, the one in use */
  /^[0-9]{9}[A-HJK]{2}$/,
  /** BEA */
  /^\d{10}[A-HJ-NPR-Z]$/,
  /** Base 36 */
  /^[0-9A-Z]{10}\d$/,
  /** SIFA, of apprentices */
  /^\d{4}A\d{5}[A-HJ-NPR-Z]$/,
  /** Provisional */
  /^\d{4}D\d{5}[A-HJ-NPR-Z]$/,
]

/** An INE as it is looked up, in capitals. @returns undefined for what has none of its forms */
export function toIne(text: string): string | undefined {
  const ine = text.trim().toUpperCase()
  return FORMS.some((form) => form.test(ine)) ? ine : undefined
}
