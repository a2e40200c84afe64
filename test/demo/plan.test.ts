import { expect, test } from 'vitest'
import { makePlan } from '../../src/demo/make-plan.js'

test('tmp', () => {
  const t0 = performance.now()
  const plan = makePlan('2026-11-24')
  console.log(performance.now() - t0)
  console.log(plan.students.length, plan.sessions.length, plan.placements.length, plan.dossiers.length)
  const by = (f: (s: any) => string, l: readonly any[]) => { const m: any = {}; for (const x of l) m[f(x)] = (m[f(x)] ?? 0) + 1; return m }
  console.log(by((s) => s.kind, plan.sessions), by((s) => String(s.confirmedAt === undefined), plan.sessions), by((s) => String(s.confirmedAt === undefined), plan.placements))
  console.log(by((s) => s.years.at(-1).level, plan.students.filter((s) => s.entryYear)))
  console.log(by((s) => s.steps.length + '', plan.dossiers), by((s) => s.template + '.' + s.version, plan.dossiers), by((s) => s.student.school + '', plan.dossiers))
  console.log('contested', plan.sessions.filter((s) => s.contestedBy).length, plan.placements.filter((s) => s.contestedBy).length)
  for (const d of ['2025-09-01', '2025-09-20', '2026-07-14', '2026-12-30', '2027-02-14', '2027-06-30', '2028-02-29', '2026-09-08', '2026-10-01']) { makePlan(d) }
})
