import type { VNode } from 'preact'
import { z } from 'zod'
import type { Context } from '../context.js'
import { LIMITS } from '../credential/limits.js'
import { DomainError } from '../errors.js'
import { Button, Field, Form } from '../web/components/form.js'
import { Layout } from '../web/layout.js'
import { page, type FormProblem } from '../web/page.js'
import { sayIn } from '../web/say.js'
import type { Visitor } from '../web/visitor.js'
import type { Lookups } from './lookups.js'
import type { Report } from './report.js'
import { fetchBadge } from './routes.js'
import { verifyBadge } from './verify-badge.js'
import { ReportView } from './views/report-view.js'

const VerifyForm = z.object({
  badge: z.string().max(LIMITS.imageBytes).default(''),
  file: z.instanceof(Uint8Array).optional(),
})

export const verifierPages = (lookupsOf: (ctx: Context) => Lookups) => [
  page({
    path: '/verify',
    access: 'public',
    form: VerifyForm,
    show: async (_ctx, { visitor, problem }) => <VerifyPage visitor={visitor} problem={problem} />,
    submit: async (ctx, { visitor, form }) => {
      const input = form.file ?? (await typed(ctx, form.badge.trim()))
      const report = await verifyBadge(input, {
        lookups: lookupsOf(ctx),
        now: ctx.now(),
        language: visitor.language,
      })
      return <VerifyPage visitor={visitor} report={report} problem={undefined} />
    },
  }),
]

async function typed(ctx: Context, text: string): Promise<Uint8Array> {
  if (text === '') {
    const words = {
      fr: 'Collez un badge ou un lien, ou choisissez un fichier.',
      en: 'Paste a badge or a link, or choose a file.',
    }
    throw new DomainError('invalid-request', words, { fields: [{ pointer: '/badge', words }] })
  }
  return /^https?:\/\//.test(text) ? fetchBadge(ctx, text) : Buffer.from(text)
}

type Props = { visitor: Visitor; report?: Report; problem: FormProblem | undefined }

function VerifyPage({ visitor, report, problem }: Props): VNode {
  const say = sayIn(visitor.language)
  const title = say({ fr: 'Vérifier un badge', en: 'Verify a badge' })
  if (report) {
    return (
      <Layout visitor={visitor} title={`${report.summary}`}>
        <h1>{title}</h1>
        <ReportView report={report} say={say} />
        <p class="actions">
          <a class="button secondary" href="/verify">
            {say({ fr: 'Vérifier un autre badge', en: 'Verify another badge' })}
          </a>
        </p>
      </Layout>
    )
  }
  return (
    <Layout visitor={visitor} title={title} indexed>
      <h1>{title}</h1>
      <p>
        {say({
          fr: 'Collez le badge ou son lien, ou donnez son image. Nous regardons sa signature, qui l’a délivré, ses dates, et s’il a été retiré.',
          en: 'Paste the badge or its link, or give its picture. We look at its signature, who issued it, its dates, and whether it was withdrawn.',
        })}
      </p>
      <Form state={{ say, csrfToken: visitor.csrfToken, problem }} files>
        <Field
          state={{ say, csrfToken: undefined, problem }}
          name="badge"
          label={say({ fr: 'Le badge ou son lien', en: 'The badge or its link' })}
          hint={say({
            fr: 'Un texte JSON, un jeton, ou une adresse https://',
            en: 'A JSON text, a token, or an https:// address',
          })}
          type="textarea"
          optional
        />
        <div class="drop">
          <Field
            state={{ say, csrfToken: undefined, problem }}
            name="file"
            label={say({ fr: 'Ou son fichier', en: 'Or its file' })}
            hint={say({
              fr: 'Image PNG ou SVG, ou fichier JSON, 2 Mio au plus',
              en: 'PNG or SVG image, or JSON file, 2 MiB at most',
            })}
            type="file"
            accept=".png,.svg,.json,.jwt"
            optional
          />
        </div>
        <p class="actions">
          <Button>{say({ fr: 'Vérifier ce badge', en: 'Verify this badge' })}</Button>
        </p>
      </Form>
    </Layout>
  )
}
