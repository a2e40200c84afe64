import type { KyselyPlugin, RootOperationNode } from 'kysely'
import type { World } from './world.js'

/** A world that tells which tables it asked and changed, in their order: `SelectQuery persons`. */
export function watched(world: World): { ctx: World; queries: string[] } {
  const queries: string[] = []
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      queries.push(`${node.kind.replace(/Node$/, '')} ${tableOf(node)}`)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { ctx: { ...world, db: world.db.withPlugin(plugin) }, queries }
}

function tableOf(node: RootOperationNode): string {
  const { with: _, ...rest } = node as RootOperationNode & { with?: unknown }
  const { into, from, table } = rest as Record<string, unknown>
  const place = JSON.stringify(into ?? from ?? table ?? {})
  return (
    /"table":\{[^}]*?"identifier":\{"kind":"IdentifierNode","name":"(\w+)"/.exec(place)?.[1] ?? ''
  )
}
