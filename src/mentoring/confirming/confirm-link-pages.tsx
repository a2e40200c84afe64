import { z } from 'zod'
import { page } from '../../web/page.js'
import { keepPrivate } from '../answers/private-page.js'
import { answerConfirmation, seeConfirmationQuestion } from './answer-confirmation.js'
import { Id, Text } from '../facts/form-values.js'
import { makeConfirmationLink, seeConfirmationLinks } from './make-confirmation-link.js'
import { AnsweredPage, QuestionPage } from '../facts/views/confirm-by-link.js'
import { SessionLinkPage } from '../facts/views/session-link.js'

/** What comes after a session was recorded: somebody else must confirm it, perhaps by a link. */
const sessionLinkPage = page({
  path: '/sessions/:id/link',
  access: 'signed-in',
  params: z.object({ id: Id }),
  form: z.object({ mentorId: Id }),
  async show(ctx, asked, actor) {
    const choices = await seeConfirmationLinks(ctx, actor, asked.params.id)
    return <SessionLinkPage asked={asked} choices={choices} />
  },
  async submit(ctx, asked, actor) {
    const { id: sessionId } = asked.params
    const link = await makeConfirmationLink(ctx, actor, { sessionId, ...asked.form })
    const choices = await seeConfirmationLinks(ctx, actor, sessionId)
    const made = { ...link, mentorId: asked.form.mentorId }
    // Shown now and never again: to ask for the page anew makes no link, to send the form anew replaces it.
    return <SessionLinkPage asked={asked} choices={choices} made={made} />
  },
})

const questionPage = page({
  path: '/a/:token',
  access: 'public',
  service: 'link',
  params: z.object({ token: z.string() }),
  form: z.object({ answer: z.enum(['yes', 'no']), reason: Text }),
  async show(ctx, asked) {
    keepPrivate(asked.req)
    const question = await seeConfirmationQuestion(ctx, asked.params.token)
    return <QuestionPage asked={asked} question={question} />
  },
  async submit(ctx, asked, actor) {
    keepPrivate(asked.req)
    const { token } = asked.params
    const { answer, reason } = asked.form
    const tookPlace = answer === 'yes'
    const question = await seeConfirmationQuestion(ctx, token)
    const visitorId = actor?.personId ?? null
    await answerConfirmation(ctx, { token, tookPlace, reason, visitorId })
    return <AnsweredPage asked={asked} question={question} tookPlace={tookPlace} />
  },
})

export const confirmLinkPages = [sessionLinkPage, questionPage]
