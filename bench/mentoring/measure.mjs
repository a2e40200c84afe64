// Fills one kind of store twice, small and large, and says what its pages and an import cost each time.
// Last line: {"small": {…}, "large": {…}}.
import { once } from 'node:events'
import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { createApp } from '../../dist/app.js'
import { loadConfig } from '../../dist/config.js'
import { siecleXml } from '../../dist/mentoring/class-list/write-siecle.js'
import { importClassList } from '../../dist/mentoring/imports/import-class-list.js'
import { countFigures } from '../../dist/mentoring/indicators/count-figures.js'
import { MEASURES } from '../../dist/mentoring/indicators/measures.data.js'
import { openContext } from '../../dist/open-context.js'
import { openSession, sessionCookie } from '../../dist/people/sessions.js'
import { openDatabase } from '../../dist/store/open.js'
import { asService } from '../../dist/store/scope.js'
import { ACADEMIES, fill, forgetIds } from './fill.mjs'
import { postgresSink, sqliteSink } from './sinks.mjs'

const [store, folder, least, most] = process.argv.slice(2)
const NOW = new Date('2026-11-24T11:00:00Z')
const COPIED = {
  cohort_figures: `counted_at, ${MEASURES.join(', ')}`,
  session_figures: 'kind, format, sessions, minutes',
}
const COHORT_PAGES = 300
const INDICATOR_PAGES = 120
const IMPORTS = 3
const IMPORTED = 2_000

const small = await measureAt(Number(least))
const large = await measureAt(Number(most))
console.log(JSON.stringify({ small, large }))
// Threads that the context opened do not keep the figures waiting.
process.exit(0)

async function measureAt(students) {
  const url = await emptyStore(students)
  await (await openDatabase(url)).destroy()
  const sink = await sinkOf(url)
  forgetIds()
  const [made, fill_s] = await timed(() => fill(sink, students))
  await sink.close()
  say(`${store}: ${made.students} students, ${made.sessions} sessions in ${fill_s.toFixed(0)} s`)
  const ctx = await openContext(configOf(url), { now: () => NOW })
  try {
    // What is done beside the requests, each of which has the scope of its visitor.
    const measured = await asService('command', () => measure(ctx, made, url))
    return { fill_s, ...measured }
  } finally {
    await ctx.close()
  }
}

async function emptyStore(students) {
  if (store === 'sqlite') return `sqlite:${join(folder, `${students}.sqlite`)}`
  const client = new pg.Client(process.env.TEST_POSTGRES_URL)
  await client.connect()
  await client.query(`create database bench_${students}`)
  await client.end()
  return process.env.TEST_POSTGRES_URL.replace(/[^/]+$/, `bench_${students}`)
}

async function sinkOf(url) {
  return store === 'sqlite' ? sqliteSink(url.slice(7)) : postgresSink(asSuperuser(url))
}

/** The same database for the role to which row-level security is no wall. */
function asSuperuser(url) {
  const { username, password } = new URL(process.env.TEST_POSTGRES_SUPERUSER_URL)
  return Object.assign(new URL(url), { username, password }).href
}

function configOf(url) {
  return loadConfig({
    NODE_ENV: 'test',
    DATABASE_URL: url,
    PUBLIC_URL: 'http://127.0.0.1',
    KEYS_DIR: join(folder, `keys-${store}`),
    LOG_LEVEL: 'silent',
  })
}

async function measure(ctx, made, url) {
  const counted = await count(ctx, made, url)
  const { server, base } = await served(ctx)
  try {
    const cohort = await pages(COHORT_PAGES, await cohortPages(ctx, made, base))
    const indicators = await pages(INDICATOR_PAGES, await indicatorPages(ctx, made, base))
    const wall = store === 'sqlite' ? {} : await againstNoWall(ctx, made, { url, base })
    const imports = await importLists(ctx, made)
    return {
      students: made.students,
      sessions: made.sessions,
      presences: made.presences,
      cohort_p50_ms: at(cohort, 0.5),
      cohort_p95_ms: at(cohort, 0.95),
      indicators_p50_ms: at(indicators, 0.5),
      indicators_p95_ms: at(indicators, 0.95),
      import_2000_s: at(imports, 0.5),
      ...counted,
      ...wall,
    }
  } finally {
    server.close()
  }
}

async function served(ctx) {
  const server = createApp(ctx).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, base: `http://127.0.0.1:${server.address().port}` }
}

/** The medians of pages behind the second wall against those of the same service without it, page by page in turn. */
async function againstNoWall(ctx, made, { url, base }) {
  const pool = new pg.Pool({ connectionString: asSuperuser(url), max: 10 })
  const bare = { ...ctx, db: new Kysely({ dialect: new PostgresDialect({ pool }) }) }
  const { server, base: bareBase } = await served(bare)
  const ratio = async (count, asking) => {
    const [walled, open] = [await asking(ctx, made, base), await asking(ctx, made, bareBase)]
    const taken = { walled: [], open: [] }
    for (let n = 0; n < count; n++) {
      taken.walled.push((await timed(() => walled(n)))[1])
      taken.open.push((await timed(() => open(n)))[1])
    }
    return at(taken.walled, 0.5) / at(taken.open, 0.5)
  }
  try {
    return {
      cohort_wall_ratio: await ratio(COHORT_PAGES, cohortPages),
      indicators_wall_ratio: await ratio(INDICATOR_PAGES, indicatorPages),
    }
  } finally {
    server.close()
    await bare.db.destroy()
  }
}

/**
 * Counts the figures of the first academy as the service does, and gives the others the same: to count all
 * would take minutes more, and the pages read nothing of how their figures came about.
 */
async function count(ctx, made, url) {
  const ofFirst = made.cohorts.filter(({ academy }) => academy === 1)
  const rows = ofFirst.map(({ id }) => ({ cohort_id: id, school_year: 2022 }))
  for (let from = 0; from < rows.length; from += 500)
    await ctx.db
      .insertInto('figures_due')
      .values(rows.slice(from, from + 500))
      .execute()
  const [, seconds] = await timed(() => countFigures(ctx))
  await copyFigures(made, ofFirst.length, url)
  return { count_cohorts_per_s: ofFirst.length / seconds }
}

async function copyFigures(made, cohorts, url) {
  const sink = await sinkOf(url)
  // Its schools lie among companies, so that only their order is the same.
  const schoolIds = [...new Set(made.cohorts.map(({ schoolId }) => schoolId))]
  const perAcademy = made.schools
  const later = (academy) =>
    `(case school_id ${schoolIds
      .slice(0, perAcademy)
      .map((id, index) => `when ${id} then ${schoolIds[academy * perAcademy + index]}`)
      .join(' ')} end)`
  for (let academy = 1; academy < ACADEMIES; academy++) {
    const own = `cohort_id <= ${made.cohorts[cohorts - 1].id}`
    for (const [table, measures] of Object.entries(COPIED))
      await sink.run(
        `insert into ${table} (cohort_id, school_year, school_id, scheme, level, ${measures})
         select cohort_id + ${academy * cohorts}, school_year, ${later(academy)}, scheme, level, ${measures}
         from ${table} where ${own}`,
      )
  }
  await sink.close()
}

async function cohortPages(ctx, made, base) {
  const chosen = Array.from(
    { length: COHORT_PAGES },
    (_, n) => made.cohorts[Math.floor((n * made.cohorts.length) / COHORT_PAGES)],
  )
  const cookies = new Map()
  for (const { teacherId } of chosen)
    if (!cookies.has(teacherId)) cookies.set(teacherId, await cookieOf(ctx, teacherId))
  return (n) => {
    const { publicId, teacherId } = chosen[n % chosen.length]
    return get(`${base}/cohorts/${publicId}`, cookies.get(teacherId), '2PC')
  }
}

async function indicatorPages(ctx, made, base) {
  const cookies = await Promise.all(
    made.academies.map(({ referentId }) => cookieOf(ctx, referentId)),
  )
  return (n) => {
    const year = 2022 + (n % 5)
    const cookie = cookies[n % cookies.length]
    return get(`${base}/indicators?year=${year}`, cookie, 'lycee DÉMO')
  }
}

async function cookieOf(ctx, personId) {
  const { name } = sessionCookie(ctx.config.publicUrl)
  return `${name}=${await openSession(ctx, ctx.db, personId)}`
}

async function get(url, cookie, word) {
  const answer = await fetch(url, { headers: { cookie } })
  const text = await answer.text()
  if (answer.status === 200 && text.includes(word)) return
  throw new Error(`${url} answered ${answer.status}, or something else than was asked for.`)
}

/** Milliseconds of each, after some that are not counted. */
async function pages(count, ask) {
  for (let n = 0; n < 10; n++) await ask(n * 7)
  const found = []
  for (let n = 0; n < count; n++) found.push((await timed(() => ask(n)))[1] * 1000)
  return found
}

/** Seconds of each: new students of a school, read, judged and written. */
async function importLists(ctx, made) {
  const found = []
  for (let n = 0; n < IMPORTS; n++) {
    const { schoolId, teacherId, uai } =
      made.cohorts[Math.floor((n * made.cohorts.length) / IMPORTS)]
    const assignments = [{ role: 'school-staff', organisationId: schoolId }]
    const actor = {
      personId: teacherId,
      publicId: 'teacher',
      assignments,
      via: 'session',
      scopes: [],
    }
    const file = siecleXml({ uai, schoolYear: 2026, students: listed(n) })
    const input = { schoolId: `lycee-${Number(uai.slice(0, 7))}`, file, schoolYear: 2026 }
    const [{ totals }, seconds] = await timed(() => importClassList(ctx, actor, input))
    if (totals.new !== IMPORTED) throw new Error(`${totals.new} students were new.`)
    found.push(seconds)
  }
  return found
}

function listed(n) {
  return Array.from({ length: IMPORTED }, (_, index) => ({
    ine: `${String((n + 1) * 100_000 + index).padStart(9, '0')}AA`,
    familyName: 'DÉMO',
    givenName: 'Zoé',
    sex: index % 2 === 0 ? 'F' : 'M',
    birthDate: '2011-03-04',
    mef: '24722503311',
    division: '2PC',
  }))
}

async function timed(run) {
  const start = performance.now()
  const result = await run()
  return [result, (performance.now() - start) / 1000]
}

function at(values, share) {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

function say(text) {
  process.stderr.write(`${text}\n`)
}
