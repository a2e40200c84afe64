import type { Actor, Assignment, Context, Role } from '../../context.js'
import { DomainError } from '../../errors.js'
import { shapeOf } from '../../mentoring/class-list/faults.js'
import { organisationsWith } from '../../people/authorize.js'
import { today } from '../../people/days.js'
import { toEmail, toName } from '../../people/names.js'
import { isForAll } from '../../people/see-people.js'
import { FUNCTION, textWithin } from '../../people/signed-text.js'
import { rightsOf } from '../../people/rights-of.js'
import { findPersonByEmail, type Organisation, type Person } from '../../people/store.js'
import type { Words } from '../../words.js'
import type { Column, InvitationList, ListedRow } from './read-list.js'
import { toRole } from './to-role.js'

/**
 * What would be done for a row: an invitation, or nothing. Whether an address has an account already is told of people of
 * the organisation alone.
 */
export type Outcome = 'invite' | 'here'

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
    const read = readRow(row, organisation)
    const judged = 'words' in read ? read : await judge(ctx, actor, organisation, { read, lines })
    if ('words' in judged) faults.push(placed(list, row, judged))
    else rows.push(judged)
  }
  return { rows, faults }
}

type Fault = Readonly<{ column: Column; words: Words }>

function placed({ names }: InvitationList, { line, cells }: ListedRow, fault: Fault): RowFault {
  const { column, words } = fault
  return { line, column: names[column] ?? column, shape: shapeOf(cells[column]), words }
}

type ReadRow = Omit<SoundRow, 'outcome'>

/** What a row says by itself. */
function readRow(
  { line, cells }: ListedRow,
  organisation: Organisation | undefined,
): ReadRow | Fault {
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
  const said = rest.function === '' ? null : rest.function
  return { line, givenName, familyName, email, role, function: said }
}

/** An address is looked for once: a list of one address many times would make the time of the answer tell. */
async function judge(
  ctx: Context,
  actor: Actor,
  organisation: Organisation | undefined,
  { read, lines }: Readonly<{ read: ReadRow; lines: Map<string, number> }>,
): Promise<SoundRow | Fault> {
  const first = lines.get(read.email)
  if (first !== undefined) return { column: 'email', words: repeated(first) }
  lines.set(read.email, read.line)
  const outcome = await outcomeFor(ctx, actor, { ...read, organisation })
  return typeof outcome === 'string' ? { ...read, outcome } : { column: 'email', words: outcome }
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

/**
 * The rules of `grantByEmail`, as far as whoever asks may know of an account: of others the answer is as of an address
 * that has none, and is looked for by as many queries.
 */
async function outcomeFor(
  ctx: Context,
  actor: Actor,
  { email, role, organisation }: Asked,
): Promise<Outcome | Words> {
  const person = await findPersonByEmail(ctx.db, email)
  const { held, isOurs, isClosedToUs } = await accountOf(ctx, actor, person)
  if (isOurs && isClosedToUs) return NOT_FROM_HERE
  const organisationId = organisation?.id ?? null
  const has = held.some((one) => one.role === role && one.organisationId === organisationId)
  return has ? 'here' : 'invite'
}

type Account = Readonly<{
  held: readonly Assignment[]
  /** Whoever asks manages them anyway, and may be told of them. */
  isOurs: boolean
  /** It can’t be given a role from here: it is disabled, or a student’s. */
  isClosedToUs: boolean
}>

/** What an account is to whoever asks; of nobody’s, neither. */
export async function accountOf(
  ctx: Context,
  actor: Actor,
  person: Pick<Person, 'id' | 'disabledAt'> | undefined,
): Promise<Account> {
  const held = await rightsOf(ctx.db, person?.id ?? NOBODY, today(ctx))
  const isForEverybody = isForAll(actor)
  const managed = organisationsWith(actor, 'manage-people')
  const isManaged = ({ organisationId }: Assignment) =>
    organisationId !== null && managed.includes(organisationId)
  const isStudent = held.some(({ role }) => role === 'student')
  const isDisabled = person !== undefined && person.disabledAt !== null
  return {
    held,
    isOurs: isForEverybody || held.some(isManaged),
    isClosedToUs: isDisabled || (isStudent && !isForEverybody),
  }
}

/** No row has it. */
const NOBODY = -1

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
