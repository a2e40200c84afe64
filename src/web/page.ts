import type { IRouter, Request, Response } from 'express'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { z } from 'zod'
import type { Actor, Context } from '../context.js'
import { DomainError, type ErrorCode } from '../errors.js'
import { asService, type Service } from '../store/scope.js'
import type { Words } from '../words.js'
import { assertOwnForm } from './csrf.js'
import { countIgnored } from './ignored-fields.js'
import { validate } from './validate.js'
import { actorOf, visitorOf, type Shown, type Visitor } from './visitor.js'

/** A form that came back: what is wrong, by field, and what had been typed. */
export type FormProblem = Readonly<{
  words: Words
  /** By name of field. */
  fields: Readonly<Record<string, Words>>
  values: Readonly<Record<string, unknown>>
  status: number
}>

/** What a form leads to: another page, with a sentence shown there once. */
export type Next = Readonly<{ to: string; notice?: Words }>

type Asked<Params, Query> = Readonly<{
  visitor: Visitor
  params: Params
  query: Query
  /** The form of this page, refused; undefined when the page is just asked for. */
  problem: FormProblem | undefined
  req: Request
}>

/**
 * One page for people: `show` answers GET; `submit` answers POST of its form. What `submit`
 * refuses comes back as the same page, with the words beside the fields and nothing lost.
 */
export type Page = Readonly<{
  path: string
  access: 'public' | 'signed-in'
  params: z.ZodObject
  query: z.ZodObject
  form: z.ZodType | undefined
  service: Service | undefined
  show: (ctx: Context, asked: never, actor: never) => Promise<VNode>
  submit: ((ctx: Context, asked: never, actor: never) => Promise<Next | VNode>) | undefined
}>

type Nothing = z.ZodObject<Record<never, never>>
type ActorFor<Access> = Access extends 'signed-in' ? Actor : Actor | undefined

export function page<
  Access extends 'public' | 'signed-in',
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Form extends z.ZodType = z.ZodUndefined,
>(spec: {
  /** Express form: `/cohorts/:id` */
  path: string
  access: Access
  params?: Params
  query?: Query
  form?: Form
  /** Of a page that stands open to whoever has its address: what it reads is in no visitor's scope. */
  service?: Service
  show: (
    ctx: Context,
    asked: Asked<z.output<Params>, z.output<Query>>,
    actor: ActorFor<Access>,
  ) => Promise<VNode>
  submit?: (
    ctx: Context,
    asked: Asked<z.output<Params>, z.output<Query>> & { form: z.output<Form> },
    actor: ActorFor<Access>,
  ) => Promise<Next | VNode>
}): Page {
  return {
    path: spec.path,
    access: spec.access,
    params: spec.params ?? z.object({}),
    query: spec.query ?? z.object({}),
    form: spec.form,
    service: spec.service,
    show: spec.show,
    submit: spec.submit,
  }
}

/** Told of each page or answer that was made, before it leaves: who asked, and for what. */
export type NoteReader = (
  ctx: Context,
  actor: Actor | undefined,
  read: Readonly<{ path: string; params: Readonly<Record<string, unknown>> }>,
) => Promise<void>

export const noteNobody: NoteReader = () => Promise.resolve()

/** What is announced to who is signed in, at the top of their pages. */
export type Announced = (ctx: Context, actor: Actor | undefined) => Promise<readonly Shown[]>

const nothingAnnounced: Announced = () => Promise.resolve([])

type Mounting = Readonly<{
  toStatus: (error: DomainError) => number
  noteReader?: NoteReader
  announcedTo?: Announced
}>

export function mountPages(
  router: IRouter,
  ctx: Context,
  pages: readonly Page[],
  mounting: Mounting,
): void {
  const { toStatus } = mounting
  const shown = (one: Page, req: Request, problem: FormProblem | undefined) =>
    showPage(ctx, one, { req, problem }, mounting)
  for (const one of pages) {
    router.get(one.path, async (req, res) => {
      sendHtml(res, await inScopeOf(one, () => shown(one, req, undefined)))
    })
    if (!one.submit) continue
    const { submit } = one
    router.post(one.path, async (req, res) => {
      const actor = actorFor(one, req)
      assertOwnForm(req, ctx.config.publicUrl, visitorOf(req).csrfToken)
      const ignored = countIgnored(one.form, req.body)
      if (ignored > 0) ctx.log.info({ event: 'fields-ignored', route: one.path, count: ignored })
      try {
        const given = filledIn(one, req)
        const next = await inScopeOf(one, () => submit(ctx, given, actor))
        if ('to' in next) redirect(ctx, res, next, visitorOf(req))
        else sendHtml(res, next)
      } catch (error) {
        if (!(error instanceof DomainError) || OF_NO_FORM.includes(error.code)) throw error
        const problem = toFormProblem(error, req.body, toStatus(error))
        res.status(problem.status)
        sendHtml(res, await inScopeOf(one, () => shown(one, req, problem)))
      }
    })
  }
}

async function showPage(
  ctx: Context,
  one: Page,
  { req, problem }: Readonly<{ req: Request; problem: FormProblem | undefined }>,
  { noteReader = noteNobody, announcedTo = nothingAnnounced }: Mounting,
): Promise<VNode> {
  const actor = actorFor(one, req)
  const given = asked(one, req, problem)
  const announced = isOwn(one) ? await announcedTo(ctx, given.visitor.actor) : []
  const visitor = { ...given.visitor, announced }
  const view = await one.show(ctx, { ...given, visitor } as never, actor)
  await noteReader(ctx, actor, { path: one.path, params: req.params })
  return view
}

/** Pages of who is signed in; what everybody may open, a badge above all, is shown to all alike. */
function isOwn({ access, path }: Page): boolean {
  return access === 'signed-in' || path === '/'
}

/** Refusals that no field of the form mends: another page answers. */
const OF_NO_FORM: readonly ErrorCode[] = ['not-found', 'step-up-required']

/** That of its visitor, but of a page that stands open to whoever has its address. */
function inScopeOf<T>({ service }: Page, act: () => T): T {
  return service === undefined ? act() : asService(service, act)
}

export function sendHtml(res: Response, view: VNode): void {
  res.type('html').send(`<!doctype html>${renderToString(view)}`)
}

function asked(one: Page, req: Request, problem: FormProblem | undefined): Asked<unknown, unknown> {
  return {
    visitor: visitorOf(req),
    params: validate(one.params, req.params),
    query: validate(one.query, req.query),
    problem,
    req,
  }
}

/** What a form says besides, as its schema reads it. */
function filledIn(one: Page, req: Request): never {
  const form = one.form && validate(one.form, req.body)
  // The type of `submit` says what its schemas read.
  return { ...asked(one, req, undefined), form } as never
}

function actorFor(one: Page, req: Request): never {
  // The type of `show` says which: an Actor when access is 'signed-in', else perhaps none.
  const actor = one.access === 'signed-in' ? actorOf(req) : visitorOf(req).actor
  // A page asks for no scope and, without a session, for no form token: an API token has no place here.
  if (actor?.via === 'token') throw tokenOnPage()
  return actor as never
}

function tokenOnPage(): DomainError {
  return new DomainError('forbidden', {
    fr: 'Cette page est pour les personnes : un jeton d’accès n’y sert pas.',
    en: 'This page is for people: an access token does not serve here.',
  })
}

function redirect(ctx: Context, res: Response, next: Next, visitor: Visitor): void {
  if (next.notice) {
    res.cookie('notice', encodeURIComponent(next.notice[visitor.language]), {
      httpOnly: true,
      sameSite: 'lax',
      secure: ctx.config.publicUrl.startsWith('https:'),
      maxAge: 60_000,
      path: '/',
    })
  }
  res.redirect(303, next.to)
}

const WARNING = '/acknowledged/'

function toFormProblem(error: DomainError, body: unknown, status: number): FormProblem {
  const {
    _csrf,
    password: _password,
    webauthn: _webauthn,
    ...values
  } = z.record(z.string(), z.unknown()).catch({}).parse(body)
  const fields = error.fields.map(
    // A warning keeps the number of its rule: `acknowledged/PT-05`.
    ({ pointer, words }) =>
      [
        pointer.startsWith(WARNING) ? pointer.slice(1) : (pointer.split('/')[1] ?? ''),
        words,
      ] as const,
  )
  return { words: error.words, fields: Object.fromEntries(fields), values, status }
}
