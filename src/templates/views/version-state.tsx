import type { VNode } from 'preact'
import { Shape } from '../../web/components/status.js'
import type { Say } from '../../web/say.js'
import type { Version } from '../store.js'
import { stateWords } from '../wording.js'

/** Where a version stands, by a word and a shape: a pencil, a check, a box. */
export function VersionState({ say, version }: { say: Say; version: Version }): VNode {
  const { archivedAt, publishedAt } = version
  const inUse = archivedAt === null && publishedAt !== null
  return (
    <span class={`state ${inUse ? 'valid' : 'plain'}`}>
      {inUse ? <Shape tone="valid" /> : <Line d={archivedAt === null ? PENCIL : BOX} />}
      <span>{say(stateWords(version))}</span>
    </span>
  )
}

function Line({ d }: { d: string }): VNode {
  const common = { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': 2 }
  return (
    <svg {...common} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" class="icon">
      <path d={d} />
    </svg>
  )
}

// Lucide, ISC License: see ../icons.data.ts
const PENCIL =
  'M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497zM15 5l4 4'
const BOX = 'M3 3h18v5H3zM4 8v11a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V8M10 12h4'
