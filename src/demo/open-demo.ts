import { open } from 'node:fs/promises'
import type { Config } from '../config.js'
import { lockFileOf, openContext, type OpenContext } from '../open-context.js'
import { holderOf } from '../store/lock.js'
import { sqliteFile } from '../store/open.js'
import { fillDemo, type Filling } from './fill.js'
import { findDemo, markFinished, startAnew, type FinishedDemo } from './folder.js'

type Asked = Pick<Filling, 'scopes' | 'progress'> & Readonly<{ now: () => Date }>

export type OpenDemo = Readonly<{ ctx: OpenContext }> & FinishedDemo

/**
 * Opens the demo of a folder; fills it first, unless it holds a finished one for this address. Half
 * a demo is thrown away.
 *
 * @param config of the demo: its database and its keys are in its data folder
 * @throws {Error} for a folder that holds something else, or whose demo is running
 */
export async function openDemo(config: Config, filling: Asked): Promise<OpenDemo> {
  const found = findDemo(config.dataDir, config.publicUrl) ?? (await makeDemo(config, filling))
  const ctx = await openContext(config, { now: filling.now })
  return { ctx: { ...ctx, demoAccounts: found.facts.accounts }, ...found }
}

async function makeDemo(
  config: Config,
  { now: clockOf, ...filling }: Asked,
): Promise<FinishedDemo> {
  const file = sqliteFile(config.databaseUrl)
  if (!config.demo || file === undefined) throw new Error('These are not the settings of a demo.')
  const holder = holderOf(lockFileOf(file))
  if (holder !== undefined) {
    throw new Error(
      `The demo in ${config.dataDir} is running already (process ${holder}): stop it, or name another folder with --data-dir.`,
    )
  }
  startAnew(config.dataDir)
  const now = clockOf()
  const clock = { at: now }
  const quiet = { ...config, logLevel: 'error' }
  const ctx = await openContext(quiet, { access: 'fill', now: () => new Date(clock.at) })
  try {
    const finished = {
      facts: await fillDemo({ ctx, clock, now, ...filling }),
      filledAt: now.toISOString(),
    }
    await ctx.close()
    await sync(file)
    markFinished(config.dataDir, finished)
    return finished
  } catch (error) {
    await ctx.close()
    throw error
  }
}

/** What was written without waiting for the disk is waited for here, once. */
async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.sync()
  await handle.close()
}
