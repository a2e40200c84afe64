import type { Actor, Context, Role } from '../../context.js'
import { DomainError } from '../../errors.js'
import { shapeOf } from '../../mentoring/class-list/faults.js'
import { today } from '../../people/days.js'
import { toEmail, toName } from '../../people/names.js'
import { isForAll } from '../../people/see-people.js'
import { FUNCTION, textWithin } from '../../people/signed-text.js'
import { rightsOf } from '../../people/rights-of.js'
import { findPersonByEmail, type Organisation } from '../../people/store.js'
import type { Words } from '../../words.js'
import type { Column, InvitationList, ListedRow } from './read-list.js'
import { toRole } from './to-role.js'

/** What would be done for a row: an account and its invitation, a role for an account, or nothing. */
export type Outcome = 'invite' | 'give' | 'here'

export type SoundRow = Readonly<{
  line: number
  givenName: string
  familyName: string
  email: string
  role: Role
  function: string | null
  outcome: Outcome
}>

/** What is wrong with a row: where, what the value looks like (never what it is), and the cure. */
export type RowFault = Readonly<{ line: number; column: string; shape: string; words: Words }>

export type Judged = Readonly<{ rows: readonly SoundRow[]; faults: readonly RowFault[] }>

/** What inviting a list into an organisation (or as people of the platform) would do now. Nothing is written. */
export async function judgeList(
  ctx: Context,
  actor: Actor,
  {
    list,
    organisation,
  }: Readonly<{ list: InvitationList; organisation: Organisation | undefined }>,
): Promise<Judged> {
  const rows: SoundRow[] = []
  const faults: RowFault[] = []
  const lines = new Map<string, number>()
  for (const row of list.rows) {
    const judged = await judge(ctx, actor, organisation, row)
    const first = 'words' in judged ? undefined : lines.get(judged.email)
    const fault =
      'words' in judged ? judged : first && ({ column: 'email', words: repeated(first) } as const)
    if (fault) faults.push(placed(list, row, fault))
    else if (!('words' in judged)) {
      rows.push(judged)
      lines.set(judged.email, row.line)
    }
  }
  return { rows, faults }
}

type Fault = Readonly<{ column: Column; words: Words }>

function placed({ names }: InvitationList, { line, cells }: ListedRow, fault: Fault): RowFault {
  const { column, words } = fault
  return { line, column: names[column] ?? column, shape: shapeOf(cells[column]), words }
}

async function judge(
  ctx: Context,
  actor: Actor,
  organisation: Organisation | undefined,
  { line, cells }: ListedRow,
): Promise<SoundRow | Fault> {
  const read = {
    givenName: tried('givenName', () => toName(cells.givenName, '/givenName')),
    familyName: tried('familyName', () => toName(cells.familyName, '/familyName')),
    email: tried('email', () => toEmail(cells.email)),
    function: tried('function', () =>
      cells.function === '' ? '' : textWithin(FUNCTION, '/function', cells.function),
    ),
  }
  const fault = Object.values(read).find((one) => typeof one !== 'string')
  if (fault !== undefined && typeof fault !== 'string') return fault
  const role = toRole(cells.role, organisation?.kind)
  if (typeof role !== 'string') return { column: 'role', words: role }
  const { givenName, familyName, email, ...rest } = read as Readonly<
    Record<keyof typeof read, string>
  >
  const outcome = await outcomeFor(ctx, actor, { email, role, organisation })
  if (typeof outcome !== 'string') return { column: 'email', words: outcome }
  const said = rest.function === '' ? null : rest.function
  return { line, givenName, familyName, email, role, function: said, outcome }
}

function tried(column: Column, read: () => string): string | Fault {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { column, words: error.words }
  }
}

type Asked = Readonly<{ email: string; role: Role; organisation: Organisation | undefined }>

/** The rules of `grantByEmail`: what an account may be given from here. */
async function outcomeFor(
  ctx: Context,
  actor: Actor,
  { email, role, organisation }: Asked,
): Promise<Outcome | Words> {
  const person = await findPersonByEmail(ctx.db, email)
  if (!person) return 'invite'
  const held = await rightsOf(ctx.db, person.id, today(ctx))
  const isStudent = held.some((one) => one.role === 'student')
  if (person.disabledAt !== null || (isStudent && !isForAll(actor))) return NOT_FROM_HERE
  const organisationId = organisation?.id ?? null
  const has = held.some((one) => one.role === role && one.organisationId === organisationId)
  return has ? 'here' : 'give'
}

function repeated(line: number): Words {
  return {
    fr: `Cette adresse est déjà à la ligne ${line}. Une ligne par personne ; un second rôle se donne à la page de la personne.`,
    en: `This address stands at line ${line} already. One line a person; a second role is given on the person’s page.`,
  }
}

const NOT_FROM_HERE: Words = {
  fr: 'Ce compte ne peut pas recevoir de rôle d’ici. Retirez la ligne, ou demandez-le à l’administrateur de la plateforme.',
  en: 'This account can’t be given a role from here. Take the row out, or ask the platform’s administrator.',
}
