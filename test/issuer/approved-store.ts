import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { copySqlite } from '../support/copy-sqlite.js'
import { openDatabase } from '../../src/store/open.js'
import { openWorld, type World } from '../support/world.js'
import { stepsOf } from './steps.js'
import { tell } from './story.js'

/** A store on disk with one approved dossier, and as many copies of it as are wanted. */
export async function approvedStore() {
  const folder = mkdtempSync(join(tmpdir(), 'sceau-life-'))
  const first = join(folder, 'approved.sqlite')
  const approved = await openWorld({ db: await openDatabase(`sqlite:${first}`) })
  const story = await tell(approved)
  const dossierId = await openDossier(approved, story.teacher, story)
  await stepsOf(approved, story, dossierId).upTo('approve')
  let copies = 0
  return {
    folder,
    story,
    dossierId,
    /** A store of this folder, with the keys of the first. */
    async opened(file: string): Promise<World> {
      return { ...approved, db: await openDatabase(`sqlite:${file}`) }
    },
    /** The same approved dossier and keys again: what is issued from it is the same badge. */
    async anotherCopy(): Promise<World & { file: string }> {
      const file = join(folder, `${(copies += 1)}.sqlite`)
      await copySqlite(first, file)
      return { ...approved, db: await openDatabase(`sqlite:${file}`), file }
    },
    async close(): Promise<void> {
      await approved.db.destroy()
      rmSync(folder, { recursive: true })
    },
  }
}
