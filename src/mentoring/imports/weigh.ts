import type { Context } from '../../context.js'
import { today } from '../../people/days.js'
import type { Db } from '../../store/schema.js'
import { judgeRows, type Verdict } from '../class-list/judge-rows.js'
import { planImport, type KnownStudent, type Plan } from '../class-list/plan-import.js'
import { listBefore, listFormerNumbers } from '../corrections/store.js'
import type { ReadList } from './read-file.js'
import { findStudentsByIne, listPresent, type StudentWithLast } from './store.js'

/** Judges a list and holds it against the store: what an import would do now. */
export async function weighList(ctx: Context, db: Db, read: ReadList): Promise<Plan> {
  const { school, schoolYear, list } = read
  const day = today(ctx)
  const verdicts = judgeRows(list, { schoolYear, uai: school.uai ?? '', today: day })
  return planImport(verdicts, {
    schoolId: school.id,
    schoolYear,
    today: day,
    columns: list.columns,
    known: await knownByIne(ctx, db, verdicts),
    formerInes: await formerInes(ctx, db, verdicts),
    present: await listPresent(db, school.id),
  })
}

async function knownByIne(
  ctx: Context,
  db: Db,
  verdicts: readonly Verdict[],
): Promise<Map<string, KnownStudent>> {
  const ines = new Map<string, string>()
  for (const { ine } of verdicts) {
    if (ine !== undefined) ines.set(ctx.vault.fingerprint(ine), ine)
  }
  const found = await findStudentsByIne(db, [...ines.keys()])
  const before = await listBefore(
    db,
    found.map(({ student }) => student.id),
  )
  const formerOf = Map.groupBy(before, ({ student_id }) => student_id)
  return new Map(
    found.map((one) => {
      const former = (formerOf.get(one.student.id) ?? []).map(({ field, before_sealed }) => ({
        ...{ field, value: ctx.vault.open(before_sealed) },
      }))
      return [ines.get(one.student.ine_fingerprint) ?? '', { ...toKnown(ctx, one), former }]
    }),
  )
}

/** Those of the list that somebody has corrected, and that are nobody's by now. */
async function formerInes(
  ctx: Context,
  db: Db,
  verdicts: readonly Verdict[],
): Promise<Set<string>> {
  const former = await listFormerNumbers(db)
  if (former.length === 0) return new Set()
  const fingerprints = new Set(former.map(({ before_sealed }) => ctx.vault.open(before_sealed)))
  const listed = verdicts.flatMap(({ ine }) => ine ?? [])
  const wrong = listed.filter((ine) => fingerprints.has(ctx.vault.fingerprint(ine)))
  const again = await findStudentsByIne(
    db,
    wrong.map((ine) => ctx.vault.fingerprint(ine)),
  )
  const taken = new Set(again.map(({ student }) => student.ine_fingerprint))
  return new Set(wrong.filter((ine) => !taken.has(ctx.vault.fingerprint(ine))))
}

function toKnown(ctx: Context, { student, last }: StudentWithLast): Omit<KnownStudent, 'former'> {
  return {
    id: student.id,
    publicId: student.public_id,
    schoolId: student.school_id,
    givenName: student.given_name,
    familyName: student.family_name,
    sex: student.sex,
    birthDate: ctx.vault.open(student.birth_date_sealed),
    last: last && {
      id: last.id,
      schoolId: last.school_id,
      level: last.level,
      mef: last.mef,
      division: last.division,
      fromDay: last.from_day,
      untilDay: last.until_day,
    },
  }
}
