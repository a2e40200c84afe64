import type { Happening, Stage } from './stage.js'

export function sharing(_stage: Stage): Happening[] {
  return []
}
