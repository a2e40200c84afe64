import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for the demo that the first test fills and all copy; gone when they end. */
export default function makeFilledFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'sceau-filled-'))
  process.env.FILLED_DEMO = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
