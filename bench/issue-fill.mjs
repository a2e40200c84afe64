// Fills a store with badges as if they had been issued, each with all that one leaves: rows of the size and with the keys of real
// ones, copied from one that was issued in it. A process of its own, so that nothing of it stays in the one that is measured:
//   node bench/issue-fill.mjs FILE COUNT
import { createHash, randomBytes } from 'node:crypto'
import SqliteDatabase from 'better-sqlite3'

/** Badges of one transaction, and of one batch. */
const CHUNK = 1_000
/** Badges that one line of audit tells of, as `runBatch` commits them. */
const A_LINE = 250
/** Places of a status list that are taken before the next is opened. */
const FULL = Math.ceil(131_072 * 0.8)
const STEPS = ['dossier.approved', 'badge.endorsing', 'badge.signing', 'badge.released']

const [file, count] = [process.argv[2], Number(process.argv[3])]
const db = new SqliteDatabase(file)
db.pragma('foreign_keys = OFF')
db.pragma('synchronous = OFF')
db.pragma('cache_size = -400000')
db.pragma('journal_size_limit = 0')
const random = (bytes) => randomBytes(bytes)
const fresh = {
  id: () => random(16).toString('base64url'),
  hex: () => random(32).toString('hex'),
  base64: () => random(32).toString('base64'),
  nonce: () => random(32).toString('base64url'),
  uuid: () => {
    const hex = random(16).toString('hex')
    return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  },
  // As long and as random as what it stands for.
  bytes: ({ length }) => random(length),
}
const last = (table) => db.prepare(`select * from ${table} order by id desc limit 1`).get()
const of = (table, column, id) => db.prepare(`select * from ${table} where ${column} = ?`).all(id)
const models = modelsOf(last('badges'))
const inserts = new Map()
const places = new Map()
const lines = STEPS.map((action) =>
  db.prepare(`select * from audit where action = ? and packed is not null limit 1`).get(action),
)
const texts = new Map(
  await Promise.all(lines.map(async ({ action, packed }) => [action, await textOf(packed)])),
)

const total = db.prepare('select size from log_head').pluck().get() + count
const ids = {}
for (let from = 0; from < count; from += CHUNK) chunk(Math.min(CHUNK, count - from))
db.transaction(growLog)()
db.exec('analyze')
db.pragma('wal_checkpoint(TRUNCATE)')
db.close()

function modelsOf(badge) {
  const dossier = of('dossiers', 'id', badge.dossier_id)[0]
  return {
    badge,
    dossier,
    student: of('students', 'id', dossier.student_id)[0],
    enrolments: of('enrolments', 'student_id', dossier.student_id),
    placements: of('placements', 'student_id', dossier.student_id),
    facts: of('dossier_facts', 'dossier_id', dossier.id),
    document: of('badge_documents', 'id', badge.id)[0],
    own: of('status_entries', 'id', badge.status_entry_id)[0],
    endorsement: of('status_entries', 'id', badge.endorsement_entry_id)[0],
    row: of('batch_rows', 'dossier_id', dossier.id)[0],
    batch: last('batches'),
    leaf: last('log_leaves'),
  }
}

async function textOf(packed) {
  const { textOfMany } = await import('../dist/store/audit-of-many.js')
  return textOfMany(packed)
}

function add(table, { id: _id, ...row }) {
  const names = Object.keys(row)
  const key = table
  if (!inserts.has(key))
    inserts.set(
      key,
      db.prepare(
        `insert into ${table} (${names.join()}) values (${names.map((name) => `@${name}`).join()})`,
      ),
    )
  return Number(inserts.get(key).run(row).lastInsertRowid)
}

function chunk(size) {
  db.transaction(() => {
    const { id: _id, ...batch } = models.batch
    const public_id = fresh.id()
    const batch_id = add('batches', { ...batch, public_id, key: public_id })
    for (let number = 1; number <= size; number++) badge(batch_id, number)
    for (let told = 0; told < size; told += A_LINE) lines.forEach(tell)
  })()
}

function badge(batch_id, number) {
  const student_id = add('students', {
    ...models.student,
    public_id: fresh.id(),
    ine_fingerprint: fresh.hex(),
  })
  for (const one of models.enrolments) add('enrolments', { ...one, student_id })
  const facts = models.placements.map((one) =>
    add('placements', { ...one, student_id, public_id: fresh.id() }),
  )
  const digest = fresh.hex()
  const ofDossier = { public_id: fresh.id(), student_id, subject: fresh.uuid(), digest }
  const dossier_id = add('dossiers', { ...models.dossier, ...ofDossier })
  models.facts.forEach((one, at) =>
    add('dossier_facts', {
      ...one,
      dossier_id,
      fact_id: facts[at] ?? 0,
      salt: one.salt,
      digest: fresh.hex(),
    }),
  )
  const publicId = fresh.id()
  const position = nextPosition()
  const id = add('badges', {
    ...models.badge,
    public_id: publicId,
    dossier_id,
    credential_id: fresh.uuid(),
    endorsement_id: fresh.uuid(),
    status_entry_id: place(models.own),
    endorsement_entry_id: place(models.endorsement),
    log_position: position,
    log_nonce: fresh.nonce(),
  })
  const { common_id, packed } = models.document
  document(id, common_id, fresh.bytes(packed))
  add('log_leaves', { ...models.leaf, position, hash: fresh.base64() })
  const ofRow = { batch_id, number, student_id, dossier_id, digest, badge_public_id: publicId }
  add('batch_rows', { ...models.row, ...ofRow })
}

function nextPosition() {
  ids.position ??= total - count
  return ids.position++
}

function document(id, common_id, packed) {
  ids.document ??= db.prepare(
    'insert into badge_documents (id, common_id, packed) values (?, ?, ?)',
  )
  ids.document.run(id, common_id, packed)
}

/** The next place of the organisation's open list; lists are filled one after the other, as they are by real badges. */
function place(model) {
  const found = places.get(model.list_id) ?? open(model.list_id)
  places.set(model.list_id, found)
  for (;;) {
    if (found.next >= FULL) Object.assign(found, another(found.list))
    const made = takePlace(found.list.id, (found.next += 1))
    if (made !== undefined) return made
  }
}

function open(listId) {
  const { organisation_id } = of('status_lists', 'id', listId)[0]
  const list = db
    .prepare('select * from status_lists where organisation_id = ? order by number desc limit 1')
    .get(organisation_id)
  return { list, next: 0 }
}

function another(list) {
  const row = { ...list, public_id: fresh.id(), number: list.number + 1, taken: 0, document: null }
  return { list: { ...row, id: add('status_lists', row) }, next: 0 }
}

function takePlace(listId, position) {
  ids.place ??= db.prepare(
    'insert into status_entries (list_id, position) values (?, ?) on conflict do nothing',
  )
  ids.taken ??= db.prepare('update status_lists set taken = taken + 1 where id = ?')
  const { changes, lastInsertRowid } = ids.place.run(listId, position)
  if (changes === 0) return undefined
  ids.taken.run(listId)
  return Number(lastInsertRowid)
}

/** The same line once more, in the chain: what was told of others, as long as it would be of these. */
function tell(line) {
  ids.head ??= db.prepare('select hash from audit_head').pluck()
  ids.headed ??= db.prepare('update audit_head set hash = ?, last_id = last_id + 1')
  const { at, actor, action, subject, details } = line
  const fields = [ids.head.get(), at, actor, action, subject, details, texts.get(action)]
  const hash = createHash('sha256').update(JSON.stringify(fields)).digest('hex')
  add('audit', { ...line, hash })
  ids.headed.run(hash)
}

/** The nodes above the leaves, and where the log grows. */
function growLog() {
  const before = total - count
  const node = db.prepare('insert into log_nodes (level, position, hash) values (?, ?, ?)')
  for (let level = 1; total >> level > 0; level++)
    for (let at = before >> level; at < total >> level; at++) node.run(level, at, fresh.base64())
  const hashOf = (level, position) =>
    (level === 0
      ? db.prepare('select hash from log_leaves where position = ?').pluck().get(position)
      : db
          .prepare('select hash from log_nodes where level = ? and position = ?')
          .pluck()
          .get(level, position)) ?? ''
  const frontier = []
  for (let level = 31; level >= 0; level--)
    if ((total >> level) & 1) frontier.push(hashOf(level, (total >> level) - 1))
  db.prepare('update log_head set size = ?, frontier = ?').run(total, JSON.stringify(frontier))
}
