/** Forms that are kept at most; the one unasked for longest goes first. */
const MAX_FORMS = 128
/** Characters of a document whose form is kept: those together are 2 MiB, their forms some five times that. */
const MAX_CHARS = 16 * 1024

/**
 * Canonical forms that were made a moment ago: the status list of a school, what a proof says of
 * itself, the endorsement of a definition are the same from badge to badge. A form depends on its
 * document alone, so nothing here can be out of date.
 */
export class CanonicalForms {
  readonly #forms = new Map<string, Promise<string>>()

  /** @param make makes the form; what fails is not kept */
  get(document: object, digest: string, make: () => Promise<string>): Promise<string> {
    const text = JSON.stringify(document)
    if (text.length > MAX_CHARS) return make()
    const key = `${digest} ${text}`
    const form = this.#forms.get(key) ?? make()
    this.#forms.delete(key)
    this.#forms.set(key, form)
    form.catch(() => this.#forms.delete(key))
    const [oldest] = this.#forms.keys()
    if (this.#forms.size > MAX_FORMS && oldest !== undefined) this.#forms.delete(oldest)
    return form
  }
}
