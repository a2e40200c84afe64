import express, { type Request } from 'express'
import { z } from 'zod'
import { LIMITS } from '../credential/limits.js'
import { DomainError } from '../errors.js'
import { readMultipart } from '../web/multipart.js'
import { route } from '../web/route.js'
import { visitorOf } from '../web/visitor.js'
import { readAsked, type Asked } from './asked.js'
import { reportFileName, reportPdfOf } from './report-pdf.js'
import { Report } from './report.js'
import { verifyAsked, type Lent } from './verify-asked.js'

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

/**
 * The same for JSON: only its bytes tell whether a name was written twice. A badge written as a text in it
 * may be twice as long as the badge; a few MiB would hold up everybody while they are parsed.
 */
export const rawQuestion = express.raw({ type: 'application/json', limit: 2 * LIMITS.jsonBytes })

/** Verification for everybody: a report as JSON, or as a PDF for who asks for one. */
export const verifierRoutes = (around: Lent) => [
  route({
    method: 'post',
    path: '/verifications',
    summary:
      'Verify a badge: as JSON, a link, a short code, the raw bytes in any form of Open Badges 3.0, or a file of a form',
    tag: 'Public',
    access: 'public',
    body: z.unknown(),
    response: Report,
    errors: [
      'invalid-request',
      'too-large',
      'unsupported-type',
      'too-many-requests',
      'overloaded',
      'verification-aborted',
    ],
    async handle(ctx, { body }, req) {
      const { language } = visitorOf(req)
      const { report } = await verifyAsked(ctx, await inputOf(body, req), around, { req, language })
      return report
    },
    alsoAs: {
      'application/pdf': async (ctx, report, req) => {
        const { language } = visitorOf(req)
        const bytes = await reportPdfOf(ctx, report, language)
        return { name: reportFileName(report, language), bytes }
      },
    },
  }),
]

async function inputOf(body: unknown, req: Request): Promise<Asked> {
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(req.get('content-type') ?? '')?.[1]
  if (charset !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(charset)) throw notAccepted()
  if (Buffer.isBuffer(body)) return req.is('application/json') ? readAsked(body) : { badge: body }
  if (req.is('multipart/form-data')) {
    const { fields, file } = await readMultipart(req, LIMITS.imageBytes)
    // Another field would be a second question, and only one of the two is answered.
    if (file && Object.keys(fields).length === 0) return { badge: file }
    throw new DomainError(
      'invalid-request',
      {
        fr: 'Joignez un fichier dans le champ « file », et rien d’autre.',
        en: 'Attach a file in the field “file”, and nothing else.',
      },
      {
        fields: [
          {
            pointer: '/file',
            words: {
              fr: 'Il faut un fichier, et lui seul.',
              en: 'One file is needed, and only it.',
            },
          },
        ],
      },
    )
  }
  throw notAccepted()
}

function notAccepted(): DomainError {
  return new DomainError('unsupported-type', {
    fr: `Ce type de contenu n’est pas accepté. Envoyez, en UTF-8, application/json, multipart/form-data, ou l’un de : ${RAW_TYPES.join(', ')}.`,
    en: `This type of content is not accepted. Send, in UTF-8, application/json, multipart/form-data, or one of: ${RAW_TYPES.join(', ')}.`,
  })
}
