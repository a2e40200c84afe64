import type { RequestHandler } from 'express'
import type { Context } from '../context.js'
import { rateLimit } from '../web/rate-limit.js'

/** Sheets that one address asks for in a minute, of whatever they are: each takes 25 to 45 ms of a processor, a verification some five. */
const SHEETS_PER_MINUTE = 20

/** Made once, for every way to a sheet. */
export function sheetLimit(ctx: Context): RequestHandler {
  return rateLimit(ctx, SHEETS_PER_MINUTE)
}
