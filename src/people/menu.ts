import type { Assignment } from '../context.js'
import type { MenuLink } from '../web/visitor.js'
import { MENU, PLACES } from './menu.data.js'

/** The pages of all the roles that somebody holds, each once, in the order of their roles. */
export function menuOf(assignments: readonly Assignment[]): MenuLink[] {
  const hrefs = new Set(assignments.flatMap(({ role }) => MENU[role]))
  return [...hrefs].map((href) => ({ href, ...PLACES[href] }))
}
