import type { IRouter, Request, Response } from 'express'
import { z } from 'zod'
import type { Actor, Context } from '../context.js'
import { DomainError, type ErrorCode } from '../errors.js'
import { answerOnce, keyOf, REPLAYED_HEADER } from './idempotency.js'
import { noteNobody, type NoteReader } from './page.js'
import { validate } from './validate.js'
import { visitorOf } from './visitor.js'

/** One operation of the JSON API: what openapi.yaml says of it and what the server does. */
export type Route = Readonly<{
  method: 'get' | 'post' | 'put' | 'delete'
  /** With OpenAPI's braces: `/badges/{id}`. */
  path: string
  summary: string
  tag: string
  /** 'public', or the scope that a bearer token must have. */
  access: string
  params: z.ZodObject
  query: z.ZodObject
  body: z.ZodType | undefined
  status: 200 | 201 | 202 | 204
  response: z.ZodType | undefined
  errors: readonly ErrorCode[]
  handle: (ctx: Context, input: never, req: Request) => Promise<unknown>
  /** The same answer in other forms, by media type, for who asks for them by Accept. */
  alsoAs: Readonly<Record<string, (ctx: Context, output: never, req: Request) => Promise<AsFile>>>
}>

export type AsFile = Readonly<{ name: string; bytes: Buffer }>

type Nothing = z.ZodObject<Record<never, never>>

/** Declares an operation: `handle` gets what its schemas read and returns what `response` describes. */
export function route<
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Body extends z.ZodType = z.ZodUndefined,
  Response extends z.ZodType = z.ZodVoid,
>(spec: {
  method: Route['method']
  path: string
  summary: string
  tag: string
  access: string
  params?: Params
  query?: Query
  body?: Body
  status?: Route['status']
  response?: Response
  errors?: readonly ErrorCode[]
  handle: (
    ctx: Context,
    input: { params: z.output<Params>; query: z.output<Query>; body: z.output<Body> },
    req: Request,
  ) => Promise<z.input<Response>>
  alsoAs?: Readonly<
    Record<string, (ctx: Context, output: z.output<Response>, req: Request) => Promise<AsFile>>
  >
}): Route {
  return {
    ...spec,
    status: spec.status ?? 200,
    errors: errorsOf(spec),
    params: spec.params ?? z.object({}),
    query: spec.query ?? z.strictObject({}),
    body: spec.body,
    response: spec.response,
    alsoAs: spec.alsoAs ?? {},
  }
}

/** Whatever has a body may be sent too much of it, or something else. */
function errorsOf(spec: Readonly<{ body?: z.ZodType; errors?: readonly ErrorCode[] }>) {
  const ofBody: ErrorCode[] = spec.body ? ['too-large', 'unsupported-type'] : []
  return [...new Set([...(spec.errors ?? []), ...ofBody])]
}

export function mountRoutes(
  router: IRouter,
  ctx: Context,
  routes: readonly Route[],
  noteReader: NoteReader = noteNobody,
): void {
  for (const operation of routes) {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1')
    router[operation.method](path, async (req, res) => {
      const { actor } = visitorOf(req)
      assertScope(actor, operation.access)
      assertJson(req, operation.body)
      const input = inputOf(operation, req)
      const key = takesKey(operation) ? keyOf(req) : undefined
      if (key === undefined || !actor) {
        const note = () => noteReader(ctx, actor, { path: operation.path, params: req.params })
        return answer(ctx, operation, { input, req, res, note })
      }
      const name = `${operation.method.toUpperCase()} ${operation.path}`
      const keyed = { actor: actor.publicId, operation: name, key, input, req }
      const { status, type, body, replayed } = await answerOnce(ctx, keyed, async (inside) => {
        const made = await outputOf(inside, operation, { input, req })
        const json = operation.response ? JSON.stringify(made) : null
        return { status: operation.status, type: json && 'application/json', body: json }
      })
      if (replayed) res.set(REPLAYED_HEADER, 'true')
      res.status(status)
      if (type !== null) res.type(type)
      res.send(body ?? undefined)
    })
  }
}

/** Whether an operation changes something for somebody whom we know: asked twice with one key, it is done once. */
export function takesKey({ method, access }: Pick<Route, 'method' | 'access'>): boolean {
  return method !== 'get' && access !== 'public'
}

function inputOf(operation: Route, req: Request) {
  const { lang: _language, ...query } = req.query
  return {
    params: validate(operation.params, req.params),
    query: validate(operation.query, query),
    body: operation.body && validate(operation.body, req.body),
  }
}

type Exchange = Readonly<{
  input: ReturnType<typeof inputOf>
  req: Request
  res: Response
  note: () => Promise<void>
}>

async function outputOf(
  ctx: Context,
  operation: Route,
  { input, req }: Omit<Exchange, 'res' | 'note'>,
) {
  const output = await operation.handle(ctx, input as never, req)
  return operation.response?.parse(output)
}

async function answer(ctx: Context, operation: Route, exchange: Exchange): Promise<void> {
  const { req, res } = exchange
  const made = await outputOf(ctx, operation, exchange)
  if (operation.method === 'get') await exchange.note()
  const type = req.accepts(['application/json', ...Object.keys(operation.alsoAs)])
  const file = await operation.alsoAs[String(type)]?.(ctx, made as never, req)
  res.status(operation.status)
  if (file) sendFile(res, { type: String(type), ...file })
  else if (operation.response) res.json(made)
  else res.end()
}

/** A file to be saved; nothing between us and its reader keeps a copy. */
export function sendFile(res: Response, file: AsFile & Readonly<{ type: string }>): void {
  res.vary('Accept').set('Cache-Control', 'no-store')
  // setHeader: Express would add a charset, and the type says exactly what was asked for.
  res.setHeader('Content-Type', file.type)
  res.set('Content-Disposition', `attachment; filename="${file.name}"`).send(file.bytes)
}

/** What has a body takes it as JSON; an operation that takes anything says so by `z.unknown()`. */
function assertJson(req: Request, body: z.ZodType | undefined): void {
  if (body === undefined || body instanceof z.ZodUnknown) return
  // Null: nothing was sent, which is told field by field.
  if (req.is('application/json') !== false) return
  throw new DomainError('unsupported-type', {
    fr: 'Cette opération prend du JSON : envoyez-le avec « Content-Type: application/json ».',
    en: 'This operation takes JSON: send it with “Content-Type: application/json”.',
  })
}

/** JSON operations take bearer tokens only: a cookie signs nobody in here. */
function assertScope(actor: Actor | undefined, access: string): void {
  if (access === 'public') return
  if (actor?.via !== 'token') {
    throw new DomainError('sign-in-required', {
      fr: 'Cette opération demande un jeton d’accès : « Authorization: Bearer … ».',
      en: 'This operation needs an access token: “Authorization: Bearer …”.',
    })
  }
  if (!actor.scopes.includes(access)) {
    throw new DomainError('forbidden', {
      fr: `Ce jeton n’a pas la portée « ${access} ».`,
      en: `This token lacks the scope “${access}”.`,
    })
  }
}
