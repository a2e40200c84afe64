import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What was published, kept in files beside the store: a store that is restored knows less than they do. */
export type Published = Readonly<{
  /** Keeps a text under a name, in the place of the one before. @throws {Error} for a folder that takes none */
  keep(name: string, text: string): void
  /** All that was kept here, by whoever it was. */
  all(): readonly string[]
}>

export function openPublished(folder: string): Published {
  return {
    keep(name, text) {
      mkdirSync(folder, { recursive: true })
      const half = join(folder, `${name}.part`)
      writeFileSync(half, text, { flush: true })
      renameSync(half, join(folder, `${name}.json`))
    },
    all() {
      mkdirSync(folder, { recursive: true })
      const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
      return names.toSorted().map((name) => readFileSync(join(folder, name), 'utf8'))
    },
  }
}
