import { z } from 'zod'
import { decodeText } from '../../mentoring/class-list/decode-text.js'
import { holdPreview, openPreview, type PreviewKind } from '../../web/held-preview.js'
import { page } from '../../web/page.js'
import { sendAgain, withdrawInvited } from './follow-up.js'
import { inviteList, type ListInput } from './invite-list.js'
import { previewList } from './preview-list.js'
import { seeRun, seeRuns } from './see-runs.js'
import { LinksPage } from './views/links.js'
import { PreviewPage } from './views/preview.js'
import { RunPage, StartPage } from './views/runs.js'

const Id = z.string().max(64)
/** 200 lines of what a line may hold, and more. */
const Lines = z.string().max(100_000).default('')

const LIST_PREVIEW: PreviewKind<ListInput> = {
  name: 'invitation-list',
  content: z.object({ organisation: z.string(), text: z.string() }),
  again: { fr: 'Donnez de nouveau la liste.', en: 'Give the list again.' },
}

const startPage = page({
  path: '/invitations',
  access: 'signed-in',
  form: z.union([
    z.object({ sealed: z.string().max(400_000) }),
    z.object({
      organisation: Id,
      lines: Lines,
      file: z.instanceof(Uint8Array).optional(),
    }),
  ]),
  async show(ctx, asked, actor) {
    return <StartPage asked={asked} seen={await seeRuns(ctx, actor)} />
  },
  async submit(ctx, asked, actor) {
    const { form } = asked
    if ('sealed' in form) {
      const sent = await inviteList(ctx, actor, openPreview(ctx, actor, LIST_PREVIEW, form.sealed))
      const to = `/invitations/${sent.runId}`
      if (sent.links.length > 0) return <LinksPage asked={asked} links={sent.links} back={to} />
      return { to, notice: sent.again ? SENT_BEFORE : SENT }
    }
    const { organisation, lines, file } = form
    const text = file ? decodeText(file) : lines
    const preview = await previewList(ctx, actor, { organisation, text })
    const sealed = holdPreview(ctx, actor, LIST_PREVIEW, { organisation, text })
    return <PreviewPage asked={asked} preview={preview} sealed={sealed} />
  },
})

const runPage = page({
  path: '/invitations/:id',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: z.object({
    act: z.enum(['again', 'withdraw']),
    people: z.preprocess(
      (value) => (value === undefined ? [] : [value].flat()),
      z.array(Id).max(200),
    ),
  }),
  async show(ctx, asked, actor) {
    return <RunPage asked={asked} seen={await seeRun(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { form: { act, people }, params, ...asked }, actor) {
    const to = `/invitations/${params.id}`
    const selection = { runId: params.id, people }
    if (act === 'withdraw')
      return { to, notice: withdrawn(await withdrawInvited(ctx, actor, selection)) }
    const { count, links } = await sendAgain(ctx, actor, selection)
    if (links.length > 0) return <LinksPage asked={asked} links={links} back={to} />
    return { to, notice: again(count) }
  },
})

export const invitationPages = [startPage, runPage]

const SENT = {
  fr: 'Les invitations sont parties. Cette page dit qui est arrivé.',
  en: 'The invitations are on their way. This page says who has come in.',
}
const SENT_BEFORE = {
  fr: 'Cette liste avait déjà été envoyée : rien n’a été fait de plus.',
  en: 'This list had been sent already: nothing more was done.',
}

function again(count: number) {
  return {
    fr: `Invitations envoyées de nouveau : ${count}. Les liens d’avant ne servent plus.`,
    en: `Invitations sent again: ${count}. The links before are worthless.`,
  }
}

function withdrawn(count: number) {
  return { fr: `Invitations retirées : ${count}.`, en: `Invitations withdrawn: ${count}.` }
}
