import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver } from 'kysely'
import { currentScope, toSetting, type Scope } from './scope.js'

/**
 * A dialect of PostgreSQL whose every statement runs in the scope of whoever asks for it: the setting of its
 * connection is changed before, when it says something else. What a connection was used for before says nothing.
 *
 * @param outside the scope of what was asked for in none
 */
export function walled(dialect: Dialect, outside: Scope): Dialect {
  return {
    createDriver: () => walledDriver(dialect.createDriver(), outside),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  }
}

type Walled = DatabaseConnection & Readonly<{ bare: DatabaseConnection; forget(): void }>

function walledDriver(driver: Driver, outside: Scope): Driver {
  const known = new WeakMap<DatabaseConnection, Walled>()
  const bare = (connection: DatabaseConnection) => (connection as Walled).bare
  const forgotten = (connection: DatabaseConnection) => {
    ;(connection as Walled).forget()
    return bare(connection)
  }
  return {
    init: (options) => driver.init(options),
    async acquireConnection(options) {
      const found = await driver.acquireConnection(options)
      const made = known.get(found) ?? walledConnection(found, outside)
      known.set(found, made)
      return made
    },
    beginTransaction: (connection, settings) => driver.beginTransaction(bare(connection), settings),
    // A commit of what had failed is a rollback.
    commitTransaction: (connection) => driver.commitTransaction(forgotten(connection)),
    rollbackTransaction: (connection) => driver.rollbackTransaction(forgotten(connection)),
    savepoint: async (connection, ...rest) => driver.savepoint?.(bare(connection), ...rest),
    rollbackToSavepoint: async (connection, ...rest) =>
      driver.rollbackToSavepoint?.(forgotten(connection), ...rest),
    releaseSavepoint: async (connection, ...rest) =>
      driver.releaseSavepoint?.(bare(connection), ...rest),
    releaseConnection: (connection, options) => driver.releaseConnection(bare(connection), options),
    destroy: (options) => driver.destroy(options),
  }
}

/** What ends a transaction or a part of it: it touches no row, and may come after a failure, when nothing else is taken. */
const ENDS = /^\s*(?:commit|rollback|release)\b/i

function walledConnection(bare: DatabaseConnection, outside: Scope): Walled {
  let setting: string | undefined
  let last: Promise<unknown> = Promise.resolve()
  const enter = async (wanted: string): Promise<void> => {
    if (setting === wanted) return
    setting = undefined
    await bare.executeQuery(
      CompiledQuery.raw("select set_config('sceau.scope', $1, false)", [wanted]),
    )
    setting = wanted
  }
  return {
    bare,
    // With a rollback the setting is again what it was before.
    forget: () => void (setting = undefined),
    async executeQuery<R>(query: CompiledQuery, options?: never) {
      const wanted = toSetting(currentScope() ?? outside)
      const run = async () => {
        if (ENDS.test(query.sql)) setting = undefined
        else await enter(wanted)
        return bare.executeQuery<R>(query, options)
      }
      // One after the other: two that share a transaction may be of two scopes.
      const answer = last.then(run, run)
      last = answer
      return answer
    },
    streamQuery: () => {
      throw new Error('A stream would read in the scope of whoever comes next: ask for rows.')
    },
  }
}
