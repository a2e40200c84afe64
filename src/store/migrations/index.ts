import type { Kysely, Transaction } from 'kysely'
import type { Migration } from 'kysely/migration'
import * as core from './0001-core.js'
import * as people from './0002-people.js'
import * as mentoring from './0003-mentoring.js'
import * as badges from './0004-badges.js'
import * as imports from './0005-imports.js'
import * as definitionEndorsements from './0006-definition-endorsements.js'
import * as shareLinks from './0007-share-links.js'
import * as liaison from './0008-liaison.js'
import * as voidBadges from './0009-void-badges.js'
import * as serviceKeys from './0010-service-keys.js'
import * as shareCodes from './0011-share-codes.js'
import * as trustLists from './0012-trust-lists.js'
import * as evidence from './0013-evidence.js'
import * as recording from './0014-recording.js'
import * as classes from './0015-classes.js'
import * as schemes from './0016-schemes.js'
import * as placements from './0017-placements.js'
import * as columnMappings from './0018-column-mappings.js'
import * as feeds from './0019-feeds.js'
import * as figures from './0020-figures.js'
import * as calendarAndMail from './0021-calendar-and-mail.js'
import * as factChanges from './0022-fact-changes.js'
import * as pastContests from './0023-past-contests.js'
import * as schoolFigures from './0024-school-figures.js'
import * as lifeOfABadge from './0025-life-of-a-badge.js'
import * as keysInUse from './0026-keys-in-use.js'
import * as transparencyLog from './0027-transparency-log.js'
import * as batches from './0028-batches.js'
import * as mentors from './0030-mentors.js'
import * as keyProviders from './0032-key-providers.js'
import * as lineage from './0033-lineage.js'
import * as latestAudit from './0034-latest-audit.js'
import * as packedBadges from './0035-packed-badges.js'
import * as tokenKeys from './0038-token-keys.js'
import * as costOfABadge from './0039-cost-of-a-badge.js'
import * as passkeys from './0040-passkeys.js'
import * as lifeOfALink from './0042-life-of-a-link.js'
import * as consents from './0044-consents.js'
import * as letters from './0045-letters.js'
import * as rights from './0046-rights.js'
import * as consentsLetGo from './0047-consents-let-go.js'
import * as recordOpenings from './0048-record-openings.js'
import * as identities from './0049-identities.js'
import * as cardsAndRecoveries from './0050-cards-and-recoveries.js'
import * as twoOfTheCompany from './0051-two-of-the-company.js'
import * as authority from './0052-authority.js'
import * as administration from './0053-administration.js'
import * as recordReadings from './0054-record-readings.js'
import * as selections from './0055-selections.js'
import * as leavingSchool from './0056-leaving-school.js'
import * as settings from './0058-settings.js'
import * as invitationRuns from './0059-invitation-runs.js'
import * as secondWall from './0060-second-wall.js'
import * as corrections from './0063-corrections.js'
import * as forgottenAdults from './0064-forgotten-adults.js'
import * as failedErasures from './0065-failed-erasures.js'
import * as vcListsTakenOver from './0066-vc-lists-taken-over.js'
import * as serviceKeysThatChange from './0067-service-keys-that-change.js'
import * as laterWalls from './0068-later-walls.js'
import * as erasuresThatBegan from './0070-erasures-that-began.js'
import * as leakedTokens from './0072-leaked-tokens.js'
import * as whatABatchWasAsked from './0073-what-a-batch-was-asked.js'
import type { Schema } from '../schema.js'
import { within } from '../within.js'
import type { DialectName } from './columns.js'

type Step = { up: (db: Kysely<unknown>, dialect: DialectName) => Promise<void> }

/** In the order in which they run. A migration that has been released is never edited. */
const STEPS: Record<string, Step> = {
  '0001-core': core,
  '0002-people': people,
  '0003-mentoring': mentoring,
  '0004-badges': badges,
  '0005-imports': imports,
  '0006-definition-endorsements': definitionEndorsements,
  '0007-share-links': shareLinks,
  '0008-liaison': liaison,
  '0009-void-badges': voidBadges,
  '0010-service-keys': serviceKeys,
  '0011-share-codes': shareCodes,
  '0012-trust-lists': trustLists,
  '0013-evidence': evidence,
  '0014-recording': recording,
  '0015-classes': classes,
  '0016-schemes': schemes,
  '0017-placements': placements,
  '0018-column-mappings': columnMappings,
  '0019-feeds': feeds,
  '0020-figures': figures,
  '0021-calendar-and-mail': calendarAndMail,
  '0022-fact-changes': factChanges,
  '0023-past-contests': pastContests,
  '0024-school-figures': schoolFigures,
  '0025-life-of-a-badge': lifeOfABadge,
  '0026-keys-in-use': keysInUse,
  '0027-transparency-log': transparencyLog,
  '0028-batches': batches,
  '0030-mentors': mentors,
  '0032-key-providers': keyProviders,
  '0033-lineage': lineage,
  '0034-latest-audit': latestAudit,
  '0035-packed-badges': packedBadges,
  '0038-token-keys': tokenKeys,
  '0039-cost-of-a-badge': costOfABadge,
  '0040-passkeys': passkeys,
  '0042-life-of-a-link': lifeOfALink,
  '0044-consents': consents,
  '0045-letters': letters,
  '0046-rights': rights,
  '0047-consents-let-go': consentsLetGo,
  '0048-record-openings': recordOpenings,
  '0049-identities': identities,
  '0050-cards-and-recoveries': cardsAndRecoveries,
  '0051-two-of-the-company': twoOfTheCompany,
  '0052-authority': authority,
  '0053-administration': administration,
  '0054-record-readings': recordReadings,
  '0055-selections': selections,
  '0056-leaving-school': leavingSchool,
  '0058-settings': settings,
  '0059-invitation-runs': invitationRuns,
  '0060-second-wall': secondWall,
  '0063-corrections': corrections,
  '0064-forgotten-adults': forgottenAdults,
  '0065-failed-erasures': failedErasures,
  '0066-vc-lists-taken-over': vcListsTakenOver,
  '0067-service-keys-that-change': serviceKeysThatChange,
  '0068-later-walls': laterWalls,
  '0070-erasures-that-began': erasuresThatBegan,
  '0072-leaked-tokens': leakedTokens,
  '0073-what-a-batch-was-asked': whatABatchWasAsked,
}

export function migrations(dialect: DialectName): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(STEPS).map(([name, step]) => [
      name,
      { up: (db: Kysely<unknown>) => step.up(dialect === 'sqlite' ? inOne(db) : db, dialect) },
    ]),
  )
}

/** On SQLite all migrations are one transaction: one that begins its own begins a part of it. */
function inOne(db: Kysely<unknown>): Kysely<unknown> {
  return within(db as unknown as Transaction<Schema>) as Kysely<unknown>
}
