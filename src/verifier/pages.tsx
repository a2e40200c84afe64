import type { Request } from 'express'
import type { VNode } from 'preact'
import { z } from 'zod'
import type { Context } from '../context.js'
import { LIMITS } from '../credential/limits.js'
import { DomainError } from '../errors.js'
import { assetUrl } from '../web/assets.js'
import { Layout } from '../web/layout.js'
import { page, type FormProblem } from '../web/page.js'
import { sayIn } from '../web/say.js'
import type { Visitor } from '../web/visitor.js'
import type { Asked } from './asked.js'
import { askName, type AskedName } from './ask-name.js'
import { ownPicture } from './own-picture.js'
import { carriedBy } from './report-router.js'
import type { Report } from './report.js'
import { verifyAsked, type Lent } from './verify-asked.js'
import { AskForBadge } from './views/ask-for-badge.js'
import { NameLine } from './views/name-line.js'
import { ReportView } from './views/report-view.js'
import { SaveReport } from './views/save-report.js'

/** Letters of a name that is asked for: two of the longest. */
const MAX_NAME = 250

const VerifyForm = z.object({
  badge: z.string().max(LIMITS.imageBytes).default(''),
  name: z.string().max(MAX_NAME).default(''),
  file: z.instanceof(Uint8Array).optional(),
})

/** Letters, digits, spaces and dashes, and few of them: no badge and no address, so a code, right or wrong. */
const LIKE_A_CODE = /^[\p{L}\p{N}\s\p{Pd}]{1,20}$/u

export const verifierPages = (around: Lent) => [
  page({
    path: '/verify',
    access: 'public',
    form: VerifyForm,
    async show(_ctx, { visitor, problem, req }) {
      mayUseCamera(req)
      return <VerifyPage visitor={visitor} problem={problem} />
    },
    async submit(ctx, { visitor, form, req }) {
      const { language } = visitor
      const asked = form.file
        ? { badge: form.file }
        : await typed(ctx, form.badge.trim(), around.ours)
      const from = { req, language, field: 'badge' }
      const { report, bytes, mayTravel } = await verifyAsked(ctx, asked, around, from)
      const named = await askName(
        ctx,
        { asked, name: form.name.trim() },
        { req, ours: around.ours },
      )
      req.res?.set('Cache-Control', 'no-store')
      const picture = ownPicture(report, ctx.config.publicUrl)
      const answer = { report, picture, named, mayTravel, carried: carriedBy(bytes) }
      return <AnswerPage visitor={visitor} {...answer} />
    },
  }),
]

/** The one page that may ask for the camera: all others refuse it to whatever runs in them. */
function mayUseCamera(req: Request): void {
  req.res?.set('Permissions-Policy', 'camera=(self)')
}

/** What was typed into the one field: a link, a short code, or the badge itself. @throws {DomainError} invalid-request for nothing */
async function typed(ctx: Context, text: string, ours: Lent['ours']): Promise<Asked> {
  if (text === '') {
    const words = {
      fr: 'Collez un badge ou un lien, tapez un code, ou choisissez un fichier.',
      en: 'Paste a badge or a link, type a code, or choose a file.',
    }
    throw new DomainError('invalid-request', words, { fields: [{ pointer: '/badge', words }] })
  }
  if (LIKE_A_CODE.test(text)) return { code: text }
  // A link of ours may have been copied without its scheme.
  const isLink = /^https?:\/\//i.test(text) || (text.length < 500 && (await ours.atUrl(ctx, text)))
  return isLink ? { url: text } : { badge: Buffer.from(text) }
}

function VerifyPage(props: { visitor: Visitor; problem: FormProblem | undefined }): VNode {
  const { visitor, problem } = props
  const say = sayIn(visitor.language)
  const title = say({ fr: 'Vérifier un badge', en: 'Verify a badge' })
  const script = <script src={assetUrl('verify.js')} defer />
  return (
    <Layout visitor={visitor} title={title} indexed head={script}>
      <h1>{title}</h1>
      <AskForBadge state={{ say, csrfToken: visitor.csrfToken, problem }} />
    </Layout>
  )
}

type AnswerProps = {
  visitor: Visitor
  report: Report
  picture: string | undefined
  named: AskedName
  /** Whether the report may be saved, for which the page carries the badge itself. */
  mayTravel: boolean
  carried: string | undefined
}

function AnswerPage(props: AnswerProps): VNode {
  const { visitor, report, picture, named, mayTravel, carried } = props
  const say = sayIn(visitor.language)
  const state = { say, csrfToken: visitor.csrfToken, problem: undefined }
  return (
    <Layout visitor={visitor} title={report.summary}>
      <h1>{say({ fr: 'Résultat de la vérification', en: 'Result of the verification' })}</h1>
      <NameLine named={named} report={report} say={say} />
      <ReportView report={report} picture={picture} say={say} />
      {mayTravel ? <SaveReport state={state} carried={carried} /> : null}
      <p class="actions">
        <a class="button secondary" href="/verify">
          {say({ fr: 'Vérifier un autre badge', en: 'Verify another badge' })}
        </a>
      </p>
    </Layout>
  )
}
