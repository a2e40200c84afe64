import type { World } from './world.js'

/**
 * A world in which something else happens between what an act reads and what it writes: before its first
 * transaction, once.
 */
export function meanwhile(world: World, happens: () => Promise<unknown>): World {
  let happened = false
  const db = new Proxy(world.db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (name !== 'transaction') return typeof value === 'function' ? value.bind(target) : value
      return () => ({
        async execute(work: Parameters<ReturnType<typeof target.transaction>['execute']>[0]) {
          if (!happened) {
            happened = true
            await happens()
          }
          return target.transaction().execute(work)
        },
      })
    },
  })
  return { ...world, db }
}
