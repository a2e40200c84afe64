import { sql } from 'kysely'
import type { Context, Role } from '../../src/context.js'
import { scopeOf } from '../../src/mentoring/alerts/see-alerts.js'
import { ALERT_SOURCES } from '../../src/mentoring/alerts/sources.data.js'

/** All alerts that anybody of the demo has on a day, by rule: whose organisation, and what is said. */
export async function alertsByRule(ctx: Context, day: string): Promise<Record<string, string[]>> {
  const held = await sql<{ id: number | null; name: string | null; role: string }>`
    select distinct o.id, o.name, r.role from role_assignments r
    left join organisations o on o.id = r.organisation_id`.execute(ctx.db)
  const found = new Map<string, Set<string>>()
  for (const { id, name, role } of held.rows) {
    for (const { for: roles, find } of ALERT_SOURCES) {
      if (!roles.some((one) => one === role)) continue
      const scope = scopeOf([{ role: role as Role, organisationId: id }])
      for (const { rule, words, subject } of await find(ctx, scope, day)) {
        const said = found.get(rule) ?? new Set()
        found.set(rule, said.add(`${name ?? 'platform'}: ${words.fr} [${subject}]`))
      }
    }
  }
  return Object.fromEntries([...found].map(([rule, said]) => [rule, [...said].map(withoutSubject)]))
}

/** Two cohorts of one school have their alerts each. */
function withoutSubject(said: string): string {
  return said.replace(/ \[[^\]]*\]$/, '')
}
