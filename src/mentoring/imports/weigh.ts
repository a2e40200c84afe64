import type { Context } from '../../context.js'
import { today } from '../../people/days.js'
import type { Db } from '../../store/schema.js'
import { judgeRows, type Verdict } from '../class-list/judge-rows.js'
import { planImport, type KnownStudent, type Plan } from '../class-list/plan-import.js'
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
  return new Map(
    found.map((one) => [ines.get(one.student.ine_fingerprint) ?? '', toKnown(ctx, one)]),
  )
}

function toKnown(ctx: Context, { student, last }: StudentWithLast): KnownStudent {
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
