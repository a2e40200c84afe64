import type { Words } from '../words.js'
import { BOOK_ACTIONS } from './book-actions.data.js'
import { SERVICE_ACTIONS } from './service-actions.data.js'

/** Every action that this version writes into the audit, in words. */
export const AUDIT_ACTIONS: Readonly<Record<string, Words>> = {
  ...SERVICE_ACTIONS,
  ...BOOK_ACTIONS,
}

/** A line of an earlier or later version keeps its code. */
export function wordsOfAction(action: string): Words {
  return AUDIT_ACTIONS[action] ?? { fr: action, en: action }
}
