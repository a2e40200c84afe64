import { z } from 'zod'
import type { Actor, Context } from '../../context.js'
import { authorize } from '../../people/authorize.js'
import { findOrganisationByPublicId } from '../../people/store.js'
import { appendAudit } from '../../store/audit.js'
import type { Db, Row } from '../../store/schema.js'
import { personOf } from '../facts/confirmation.js'
import { nothingHere, wrongField } from '../refusals.js'
import { findGridRow, insertGrid, listGridRows } from './assessment-store.js'
import { NEUTRAL_GRID } from './neutral-grid.data.js'

const Coded = z.object({ code: z.string(), title: z.string() })
const Content = z.object({
  competences: z.array(z.object({ title: z.string(), criteria: z.array(Coded) })),
  levels: z.array(Coded),
})

/** What a placement is assessed by: a level for each criterion of each competence. */
export type Grid = Readonly<
  z.output<typeof Content> & { publicId: string; title: string; verified: boolean }
>

/** The grids that a school may use: its own, then the one that ships with the service. */
export async function gridsFor(db: Db, schoolId: number): Promise<Grid[]> {
  return [...(await listGridRows(db, schoolId)).map(toGrid), NEUTRAL_GRID]
}

export async function findGrid(db: Db, publicId: string): Promise<Grid | undefined> {
  if (publicId === NEUTRAL_GRID.publicId) return NEUTRAL_GRID
  const row = await findGridRow(db, publicId)
  return row && toGrid(row)
}

export type GridInput = Readonly<{
  schoolId: string
  title: string
  /** A line that begins with « - » is a criterion of the competence in the line above it. */
  competences: string
  /** One a line, the lowest first. */
  levels: string
}>

/**
 * Brings the grid of a diploma. It counts as unverified: nobody here may say that it is the right one.
 *
 * @returns its public id
 * @throws {DomainError} not-found or invalid-request
 */
export async function addGrid(ctx: Context, actor: Actor, input: GridInput): Promise<string> {
  const school = await findOrganisationByPublicId(ctx.db, input.schoolId)
  if (!school) throw nothingHere()
  authorize(actor, 'record-placement', { schoolId: school.id })
  const title = input.title.trim()
  if (title === '' || title.length > 200) {
    throw wrongField('/title', {
      fr: 'Donnez un titre à la grille, en 200 caractères au plus.',
      en: 'Give the grid a title, in 200 characters or fewer.',
    })
  }
  const content = { competences: toCompetences(input.competences), levels: toLevels(input.levels) }
  const publicId = ctx.newId()
  const at = ctx.now()
  await ctx.db.transaction().execute(async (trx) => {
    await insertGrid(trx, {
      public_id: publicId,
      school_id: school.id,
      title,
      content: JSON.stringify(content),
      created_by_id: personOf(actor),
      created_at: at.toISOString(),
    })
    await appendAudit(trx, { at, actor: actor.publicId, action: 'grid.added', subject: publicId })
  })
  return publicId
}

function toGrid(row: Row<'assessment_grids'>): Grid {
  const content = Content.parse(JSON.parse(row.content))
  return {
    ...content,
    publicId: row.public_id,
    title: row.title,
    verified: row.verified_on !== null,
  }
}

const MOST_CRITERIA = 60

function toCompetences(text: string): Grid['competences'] {
  const competences: Grid['competences'] = []
  for (const line of linesOf(text)) {
    const current = competences.at(-1)
    if (!line.startsWith('-')) competences.push({ title: line, criteria: [] })
    else if (current) {
      const code = `${competences.length}.${current.criteria.length + 1}`
      current.criteria.push({ code, title: line.slice(1).trim() })
    }
  }
  const count = competences.flatMap(({ criteria }) => criteria).length
  const complete = competences.every(({ criteria }) => criteria.length > 0)
  if (complete && count >= 1 && count <= MOST_CRITERIA) return competences
  throw wrongField('/competences', {
    fr: `Écrivez une compétence par ligne et, sous chacune, ses critères, chaque ligne commençant par « - » : de 1 à ${MOST_CRITERIA} critères en tout.`,
    en: `Write a competence a line and its criteria below it, each line beginning with “-”: 1 to ${MOST_CRITERIA} criteria in all.`,
  })
}

function toLevels(text: string): Grid['levels'] {
  const levels = linesOf(text).map((title, at) => ({ code: String(at + 1), title }))
  if (levels.length >= 2 && levels.length <= 10) return levels
  throw wrongField('/levels', {
    fr: 'Écrivez de 2 à 10 niveaux, un par ligne, le plus bas d’abord.',
    en: 'Write 2 to 10 levels, one a line, the lowest first.',
  })
}

function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
}
