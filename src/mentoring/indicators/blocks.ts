import type { Say } from '../../web/say.js'
import { ptech } from '../schemes/ptech.js'
import type { Block } from './block.js'
import { BREAKDOWNS } from './measures.data.js'
import { badgeBlocks, outcomeBlocks, publicsBlock } from './outcome-blocks.js'
import { partnerBlocks } from './partner-blocks.js'
import type { IndicatorsView } from './see-indicators.js'
import { placementBlock, sessionBlocks } from './session-blocks.js'
import { breakdownBlock, historyBlock, levelBlock, sharesBlock } from './student-blocks.js'

/** What a page, a report or an export tells of some indicators, in this order. */
export function blocksOf(view: IndicatorsView, say: Say): Block[] {
  const { followed, sessions, placements } = view.sections
  return [
    levelBlock(view, say, 'followed'),
    ...(view.history.length > 1 ? [historyBlock(view, say)] : []),
    ...(followed.whole ? BREAKDOWNS.map((one) => breakdownBlock(view, say, one)) : []),
    ...(followed.whole ? [publicsBlock(view, say)] : []),
    ...(sessions.whole ? sessionBlocks(view, say) : []),
    ...(followed.whole ? [sharesBlock(view, say)] : []),
    ...(view.scheme.code === ptech.code ? partnerBlocks(view, say) : []),
    ...(placements.whole ? [placementBlock(view, say)] : []),
    ...badgeBlocks(view, say),
    ...outcomeBlocks(view, say),
  ]
}
