import express, { type Request } from 'express'
import { z } from 'zod'
import type { Context } from '../context.js'
import { LIMITS } from '../credential/limits.js'
import { DomainError } from '../errors.js'
import { readMultipart } from '../web/multipart.js'
import { route } from '../web/route.js'
import { validate } from '../web/validate.js'
import { visitorOf } from '../web/visitor.js'
import type { Lookups } from './lookups.js'
import { Report } from './report.js'
import { verifyBadge } from './verify-badge.js'

/** Forms of a badge that are sent as they are. */
const RAW_TYPES = [
  'application/vc',
  'application/ld+json',
  'application/vc+ld+json',
  'application/vc+jwt',
  'application/jwt',
  'text/plain',
  'image/png',
  'image/svg+xml',
]

/** The bytes as they came, for every type that is not parsed as JSON. */
export const rawBadge = express.raw({ type: RAW_TYPES, limit: LIMITS.imageBytes })

const Asked = z.union([
  z.strictObject({ credential: z.union([z.string(), z.record(z.string(), z.unknown())]) }),
  z.strictObject({ url: z.string().max(2_000) }),
])

/** Verification for everybody. `lookupsOf` says what is known here, and asks others for the rest. */
export const verifierRoutes = (lookupsOf: (ctx: Context) => Lookups) => [
  route({
    method: 'post',
    path: '/verifications',
    summary:
      'Verify a badge: as JSON, a link, the raw bytes in any form of Open Badges 3.0, or a file of a form',
    tag: 'Public',
    access: 'public',
    body: z.unknown(),
    response: Report,
    errors: ['invalid-request', 'too-large', 'unsupported-type', 'too-many-requests'],
    async handle(ctx, { body }, req) {
      const input = await inputOf(ctx, body, req)
      return verifyBadge(input, {
        lookups: lookupsOf(ctx),
        now: ctx.now(),
        language: visitorOf(req).language,
      })
    },
  }),
]

async function inputOf(ctx: Context, body: unknown, req: Request): Promise<Uint8Array> {
  if (Buffer.isBuffer(body)) return body
  if (req.is('multipart/form-data')) {
    const { file } = await readMultipart(req, LIMITS.imageBytes)
    if (file) return file
    throw new DomainError(
      'invalid-request',
      {
        fr: 'Joignez un fichier dans le champ « file ».',
        en: 'Attach a file in the field “file”.',
      },
      {
        fields: [
          { pointer: '/file', words: { fr: 'Aucun fichier reçu.', en: 'No file received.' } },
        ],
      },
    )
  }
  if (!req.is('application/json')) {
    throw new DomainError('unsupported-type', {
      fr: `Ce type de contenu n’est pas accepté. Envoyez application/json, multipart/form-data, ou l’un de : ${RAW_TYPES.join(', ')}.`,
      en: `This type of content is not accepted. Send application/json, multipart/form-data, or one of: ${RAW_TYPES.join(', ')}.`,
    })
  }
  const asked = validate(Asked, body)
  if ('url' in asked) return fetchBadge(ctx, asked.url)
  return Buffer.from(
    typeof asked.credential === 'string' ? asked.credential : JSON.stringify(asked.credential),
  )
}

/** A badge behind a link, fetched through the one guarded way out. */
export async function fetchBadge(ctx: Context, url: string): Promise<Uint8Array> {
  const fetched = await ctx.outside.fetchText(
    url,
    'application/vc, application/ld+json, image/png, image/svg+xml',
  )
  if (fetched.outcome === 'found') return fetched.body
  const words = {
    fr: 'Aucun badge n’a pu être lu à cette adresse. Vérifiez-la, ou envoyez le fichier du badge.',
    en: 'No badge could be read at this address. Check it, or send the file of the badge.',
  }
  throw new DomainError('invalid-request', words, { fields: [{ pointer: '/url', words }] })
}
