import type { Request } from 'express'
import type { Context } from '../context.js'
import type { Asked } from './asked.js'
import { countName } from './code-limit.js'
import type { NameAnswer, OurLinks } from './fetch-badge.js'
import { readShortCode } from './short-code.js'

/** Undefined: no name was asked for. */
export type AskedName = NameAnswer | undefined

/**
 * The answer to a name that was typed beside a code. Only a code is for paper: beside a link or a file a name is not
 * compared with anything.
 *
 * @throws {DomainError} too-many-requests
 */
export async function askName(
  ctx: Context,
  { asked, name }: Readonly<{ asked: Asked; name: string }>,
  { req, ours }: Readonly<{ req: Request; ours: OurLinks }>,
): Promise<AskedName> {
  if (name === '') return undefined
  const code = 'code' in asked ? readShortCode(asked.code) : undefined
  if (code === undefined) return 'not-checked'
  await countName(ctx, req)
  return ours.checkName(ctx, { code, name })
}
