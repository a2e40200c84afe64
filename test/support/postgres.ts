import pg from 'pg'
import { openDatabase } from '../../src/store/open.js'
import type { Db } from '../../src/store/schema.js'
import type { Scope } from '../../src/store/scope.js'

/** Of tests that call store functions and acts by themselves; what comes by HTTP has its visitor’s. */
export const ALL: Scope = { service: 'command' }

/** A new database on the server of TEST_POSTGRES_URL, a copy of one that was migrated. */
export async function openPostgres(): Promise<Db> {
  empty ??= migrateOnce()
  const template = await empty
  const name = `world_${process.pid}_${(made += 1)}`
  await onServer(`create database ${name} template ${template}`)
  return openDatabase(urlOf(name), 'write', ALL)
}

let empty: Promise<string> | undefined
let made = 0

/** The address of a new database on that server, without our tables. */
export async function newDatabase(): Promise<string> {
  const name = `bare_${process.pid}_${(made += 1)}`
  await onServer(`create database ${name}`)
  return urlOf(name)
}

async function migrateOnce(): Promise<string> {
  const name = `empty_${process.pid}`
  await onServer(`create database ${name}`)
  const db = await openDatabase(urlOf(name))
  await db.destroy()
  return name
}

function urlOf(database: string): string {
  const url = new URL(process.env.TEST_POSTGRES_URL ?? '')
  url.pathname = `/${database}`
  return url.href
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client(process.env.TEST_POSTGRES_URL)
  await client.connect()
  await client.query(statement)
  await client.end()
}
