import { AsyncLocalStorage } from 'node:async_hooks'

/** What is done for nobody in particular, or before it is known for whom. Each has its place in the code. */
export const SERVICES = [
  'migration',
  'start',
  'job',
  'command',
  'platform',
  'link',
  'verification',
  'class-list',
] as const
export type Service = (typeof SERVICES)[number]

/**
 * For whom statements run: for the organisations that a person acts for, and that person; for the service; or for
 * nobody. PostgreSQL gives no row of another (ADR 0050); SQLite knows no scope.
 */
export type Scope =
  | Readonly<{ organisations: readonly number[]; personId: number | null }>
  | Readonly<{ service: Service }>

/** A stranger, and whoever was forgotten. */
export const NOBODY: Scope = { organisations: [], personId: null }

// Implicit on purpose: a wall that is handed down as an argument falls where the argument is forgotten.
const scopes = new AsyncLocalStorage<Scope>()

/** Runs what follows from `act` for somebody. */
export function inScope<T>(scope: Scope, act: () => T): T {
  return scopes.run(scope, act)
}

/** The same for the service, under a name. */
export function asService<T>(service: Service, act: () => T): T {
  return scopes.run({ service }, act)
}

export function currentScope(): Scope | undefined {
  return scopes.getStore()
}

/** What the setting `sceau.scope` says of a scope; empty: nobody. */
export function toSetting(scope: Scope): string {
  if ('service' in scope) return `service:${scope.service}`
  const { organisations, personId } = scope
  if (organisations.length === 0 && personId === null) return ''
  return `of:${organisations.join(',')};${personId ?? ''}`
}
