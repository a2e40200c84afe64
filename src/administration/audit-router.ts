import { Router } from 'express'
import type { Context } from '../context.js'
import { sendFile } from '../web/route.js'
import { sayIn, type Say } from '../web/say.js'
import type { Table } from '../web/tables/table.js'
import { writeCsv } from '../web/tables/write-csv.js'
import { actorOf, visitorOf } from '../web/visitor.js'
import { DomainError } from '../errors.js'
import { AuditQuery } from './audit-query.js'
import { wordsOfAction } from './audit-words.js'
import { seeAudit } from './see-audit.js'
import type { AuditLine } from '../store/audit-read.js'

/** A page of the audit as a file: ids, as on the page. */
export function auditRouter(ctx: Context): Router {
  const router = Router()
  router.get('/admin/audit.csv', async (req, res) => {
    const actor = actorOf(req)
    if (actor.via === 'token') throw forPeople()
    const { lines } = await seeAudit(ctx, actor, AuditQuery.parse(req.query))
    const bytes = Buffer.from(writeCsv(tableOf(sayIn(visitorOf(req).language), lines)))
    sendFile(res, { type: 'text/csv; charset=utf-8', name: 'audit.csv', bytes })
  })
  return router
}

function forPeople(): DomainError {
  return new DomainError('forbidden', {
    fr: 'L’audit est pour les personnes : un jeton d’accès n’y sert pas.',
    en: 'The audit is for people: an access token does not serve here.',
  })
}

const HEADS = [
  ['number', { fr: 'Ligne', en: 'Line' }],
  ['text', { fr: 'Quand', en: 'When' }],
  ['text', { fr: 'Code', en: 'Code' }],
  ['text', { fr: 'Quoi', en: 'What' }],
  ['text', { fr: 'Par', en: 'By' }],
  ['text', { fr: 'Sur', en: 'On' }],
  ['text', { fr: 'Détails', en: 'Details' }],
] as const

function tableOf(say: Say, lines: readonly AuditLine[]): Table {
  return {
    name: 'audit',
    columns: HEADS.map(([kind, title]) => ({ kind, title: say(title) })),
    rows: lines.map(({ id, at, action, actor, subject, details }) => [
      ...[id, at, action, say(wordsOfAction(action)), actor, subject, details],
    ]),
  }
}
