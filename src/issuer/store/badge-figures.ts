import type { Db } from '../../store/schema.js'

/** Instants, from the first to before the second. */
type Of = Readonly<{ schoolId: number; from: string; until: string }>

/** The badges that a school issued in a time, with the definition that each is an award of. */
export async function listIssuedIn(
  db: Db,
  { schoolId, from, until }: Of,
): Promise<{ definition: string; releasedAt: string; revokedAt: string | null }[]> {
  const rows = await db
    .selectFrom('badges')
    .innerJoin('dossiers', 'dossiers.id', 'badges.dossier_id')
    .innerJoin('template_versions as version', 'version.id', 'dossiers.template_version_id')
    .select(['version.definition', 'badges.released_at as releasedAt'])
    .select('badges.revoked_at as revokedAt')
    .where('dossiers.school_id', '=', schoolId)
    .where('badges.released_at', '>=', from)
    .where('badges.released_at', '<', until)
    .execute()
  return rows.map((row) => ({ ...row, releasedAt: row.releasedAt ?? '' }))
}

/** When companies endorsed dossiers of a school, in a time. */
export async function listEndorsedIn(db: Db, { schoolId, from, until }: Of): Promise<string[]> {
  const rows = await db
    .selectFrom('dossiers')
    .select('endorsed_at as at')
    .where('school_id', '=', schoolId)
    .where('endorsed_at', '>=', from)
    .where('endorsed_at', '<', until)
    .execute()
  return rows.flatMap(({ at }) => at ?? [])
}
