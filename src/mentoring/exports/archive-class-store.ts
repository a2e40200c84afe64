import { sql, type SqlBool } from 'kysely'
import type { Db } from '../../store/schema.js'
import type { After, Scope } from './archive-store.js'

/** The agreements that these schools keep for classes of the cohorts, and that hold on a day of the period. */
export function listAgreementsAfter(db: Db, scope: Scope, after: After) {
  return db
    .selectFrom('agreements')
    .leftJoin('agreements as before', 'before.id', 'agreements.renews_id')
    .select([
      'agreements.id',
      'agreements.public_id as publicId',
      'agreements.type',
      'agreements.title',
      'agreements.start_day as startDay',
      'agreements.end_day as endDay',
      'before.public_id as renewsId',
    ])
    .where(isAgreement(scope))
    .where('agreements.id', '>', after.id)
    .orderBy('agreements.id')
    .limit(after.limit)
    .execute()
}

/** Who agrees to them: an organisation, and when it signed. */
export function listPartiesAfter(db: Db, scope: Scope, after: After) {
  return db
    .selectFrom('agreement_parties as party')
    .innerJoin('agreements', 'agreements.id', 'party.agreement_id')
    .leftJoin('organisations', 'organisations.id', 'party.organisation_id')
    .select([
      'party.id',
      'agreements.public_id as agreementId',
      'organisations.public_id as organisationId',
      'organisations.name as organisationName',
      'party.name',
      'party.capacity',
      'party.signed_on as signedOn',
    ])
    .where(isAgreement(scope))
    .where('party.id', '>', after.id)
    .orderBy('party.id')
    .limit(after.limit)
    .execute()
}

/** What companies gave these schools' classes in the period, and did not take back. */
export function listContributionsAfter(db: Db, scope: Scope, after: After) {
  return db
    .selectFrom('contributions')
    .innerJoin('ptech_classes', 'ptech_classes.id', 'contributions.class_id')
    .innerJoin('organisations', 'organisations.id', 'contributions.company_id')
    .select([
      'contributions.id',
      'contributions.public_id as publicId',
      'ptech_classes.name as className',
      'organisations.public_id as organisationId',
      'organisations.name as organisationName',
      'contributions.kind',
      'contributions.day',
      'contributions.description',
      'contributions.half_days as halfDays',
      'contributions.amount_cents as amountCents',
    ])
    .where('contributions.withdrawn_at', 'is', null)
    .where('contributions.day', '>=', scope.period.fromDay)
    .where('contributions.day', '<=', scope.period.untilDay)
    .where('ptech_classes.school_id', 'in', [-1, ...scope.schoolIds])
    .where(isClassOf('contributions.class_id', scope))
    .where('contributions.id', '>', after.id)
    .orderBy('contributions.id')
    .limit(after.limit)
    .execute()
}

/** A condition on `agreements`. */
function isAgreement(scope: Scope) {
  const { schoolIds, period } = scope
  return sql<SqlBool>`(agreements.school_id in (${sql.join([-1, ...schoolIds])})
    and agreements.start_day <= ${period.untilDay} and agreements.end_day >= ${period.fromDay}
    and exists (select 1 from class_agreements as link where link.agreement_id = agreements.id
      and ${isClassOf('link.class_id', scope)}))`
}

function isClassOf(classId: string, { cohortIds }: Scope) {
  return sql<SqlBool>`exists (select 1 from cohorts where cohorts.class_id = ${sql.ref(classId)}
    and cohorts.id in (${sql.join([-1, ...cohortIds])}))`
}
