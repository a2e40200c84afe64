import type { Generated, Insertable, Kysely, Selectable } from 'kysely'
import type { AdministrationTables } from './schema/administration.js'
import type { BatchTables } from './schema/batches.js'
import type { CalendarTables } from './schema/calendar.js'
import type { ClassTables } from './schema/classes.js'
import type { ConsentTables } from './schema/consents.js'
import type { CorrectionTables } from './schema/corrections.js'
import type { CoreTables } from './schema/core.js'
import type { ExportTables } from './schema/exports.js'
import type { FigureTables } from './schema/figures.js'
import type { ImportTables } from './schema/imports.js'
import type { IssuerTables } from './schema/issuer.js'
import type { LogTables } from './schema/log.js'
import type { MailTables } from './schema/mail.js'
import type { MentoringTables } from './schema/mentoring.js'
import type { PeopleTables } from './schema/people.js'
import type { PlacementTables } from './schema/placements.js'
import type { RightsTables } from './schema/rights.js'
import type { SchemeTables } from './schema/schemes.js'
import type { TemplateTables } from './schema/templates.js'
import type { VerifierTables } from './schema/verifier.js'

/**
 * Every column is text or integer, so that one schema serves SQLite and PostgreSQL: instants are
 * ISO 8601 UTC text, days are YYYY-MM-DD, documents are text exactly as signed, and a state is
 * the instant at which it began (null: not yet) or a text code, never a boolean.
 */
export type Schema = CoreTables &
  PeopleTables &
  MentoringTables &
  SchemeTables &
  PlacementTables &
  ImportTables &
  ClassTables &
  ExportTables &
  FigureTables &
  TemplateTables &
  IssuerTables &
  BatchTables &
  VerifierTables &
  CalendarTables &
  LogTables &
  MailTables &
  ConsentTables &
  CorrectionTables &
  RightsTables &
  AdministrationTables

/** A database or an open transaction: a store function takes either. */
export type Db = Kysely<Schema>
export type Row<T extends keyof Schema> = Selectable<Schema[T]>
export type NewRow<T extends keyof Schema> = Insertable<Schema[T]>
export type Id = Generated<number>
