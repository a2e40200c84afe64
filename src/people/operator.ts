import type { Actor } from '../context.js'

/** Whoever runs the service, at its command line. */
export const OPERATOR: Actor = {
  personId: null,
  publicId: 'operator',
  assignments: [],
  via: 'operator',
  scopes: [],
}
