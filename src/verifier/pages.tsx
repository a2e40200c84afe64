import type { VNode } from 'preact'
import { z } from 'zod'
import type { Context } from '../context.js'
import { LIMITS } from '../credential/limits.js'
import { DomainError } from '../errors.js'
import { Layout } from '../web/layout.js'
import { page, type FormProblem } from '../web/page.js'
import { sayIn } from '../web/say.js'
import type { Visitor } from '../web/visitor.js'
import { fetchBadge, type OurLinks } from './fetch-badge.js'
import type { Lookups } from './lookups.js'
import { ownPicture } from './own-picture.js'
import type { Report } from './report.js'
import { verifyBadge } from './verify-badge.js'
import { AskForBadge } from './views/ask-for-badge.js'
import { ReportView } from './views/report-view.js'

const VerifyForm = z.object({
  badge: z.string().max(LIMITS.imageBytes).default(''),
  file: z.instanceof(Uint8Array).optional(),
})

export const verifierPages = (lookupsOf: (ctx: Context) => Lookups, ours: OurLinks) => [
  page({
    path: '/verify',
    access: 'public',
    form: VerifyForm,
    show: async (_ctx, { visitor, problem }) => <VerifyPage visitor={visitor} problem={problem} />,
    submit: async (ctx, { visitor, form }) => {
      const input = form.file ?? (await typed(ctx, form.badge.trim(), ours))
      const report = await verifyBadge(input, {
        lookups: lookupsOf(ctx),
        now: ctx.now(),
        language: visitor.language,
      })
      const picture = ownPicture(report, ctx.config.publicUrl)
      return <AnswerPage visitor={visitor} report={report} picture={picture} />
    },
  }),
]

/** @throws {DomainError} invalid-request, for an empty field or a link behind which there is no badge */
async function typed(ctx: Context, text: string, ours: OurLinks): Promise<Uint8Array> {
  if (text === '') {
    const words = {
      fr: 'Collez un badge ou un lien, ou choisissez un fichier.',
      en: 'Paste a badge or a link, or choose a file.',
    }
    throw new DomainError('invalid-request', words, { fields: [{ pointer: '/badge', words }] })
  }
  // A link of ours may have been copied without its scheme.
  const isLink = /^https?:\/\//i.test(text) || (text.length < 500 && (await ours(ctx, text)))
  return isLink ? fetchBadge(ctx, text, ours, 'badge') : Buffer.from(text)
}

function VerifyPage(props: { visitor: Visitor; problem: FormProblem | undefined }): VNode {
  const { visitor, problem } = props
  const say = sayIn(visitor.language)
  const title = say({ fr: 'Vérifier un badge', en: 'Verify a badge' })
  return (
    <Layout visitor={visitor} title={title} indexed>
      <h1>{title}</h1>
      <AskForBadge state={{ say, csrfToken: visitor.csrfToken, problem }} />
    </Layout>
  )
}

type AnswerProps = { visitor: Visitor; report: Report; picture: string | undefined }

function AnswerPage({ visitor, report, picture }: AnswerProps): VNode {
  const say = sayIn(visitor.language)
  return (
    <Layout visitor={visitor} title={report.summary}>
      <h1>{say({ fr: 'Résultat de la vérification', en: 'Result of the verification' })}</h1>
      <ReportView report={report} picture={picture} say={say} />
      <p class="actions">
        <a class="button secondary" href="/verify">
          {say({ fr: 'Vérifier un autre badge', en: 'Verify another badge' })}
        </a>
      </p>
    </Layout>
  )
}
