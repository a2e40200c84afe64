import { z } from 'zod'
import type { PreviewKind } from '../../web/held-preview.js'
import { BATCH_ACTS } from './acts.data.js'
import type { CsvRows } from './preview-csv.js'

const Said = { function: z.string().optional(), comment: z.string().optional() }

/** The rows of a file, as its preview shows them and the form that goes on brings them back. */
export const ROWS_PREVIEW: PreviewKind<CsvRows> = {
  name: 'batch-rows',
  content: z.object({
    act: z.enum(BATCH_ACTS),
    rows: z.array(
      z.union([
        z.object({ studentId: z.string(), versionId: z.number(), ...Said }),
        z.object({ dossierId: z.string(), digest: z.string(), ...Said }),
        z.object({ badgeId: z.string(), ...Said }),
      ]),
    ),
    faults: z.array(
      z.object({
        line: z.number(),
        column: z.string(),
        shape: z.string(),
        words: z.object({ fr: z.string(), en: z.string() }),
      }),
    ),
  }),
  again: { fr: 'Choisissez de nouveau le fichier.', en: 'Choose the file again.' },
}
