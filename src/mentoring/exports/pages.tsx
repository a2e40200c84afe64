import { z } from 'zod'
import { page } from '../../web/page.js'
import { Id } from '../facts/form-values.js'
import { seeArchive, seeExports } from './see-exports.js'
import { ArchivePage } from './views/archive.js'
import { ExportsPage } from './views/exports.js'

/** Their forms are answered by files: export-router.ts takes them. */
export const exportPages = [
  page({
    path: '/exports',
    access: 'signed-in',
    async show(ctx, asked, actor) {
      return <ExportsPage asked={asked} choices={await seeExports(ctx, actor)} />
    },
  }),
  page({
    path: '/exports/scheme/:code',
    access: 'signed-in',
    params: z.object({ code: Id }),
    async show(ctx, asked, actor) {
      const found = await seeArchive(ctx, actor, asked.params.code)
      return <ArchivePage asked={asked} {...found} />
    },
  }),
]
