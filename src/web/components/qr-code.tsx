import type { VNode } from 'preact'
import { create } from 'qrcode'

/** White squares around the code without which readers don't find it (ISO/IEC 18004: four). */
const QUIET = 4

/** A text as a QR code, drawn here and now. `label` says what it leads to; the text stands beside it. */
export function QrCode({ text, label }: { text: string; label: string }): VNode {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const side = modules.size + 2 * QUIET
  const squares = Array.from(modules.data, (dark, at) =>
    dark ? `M${(at % modules.size) + QUIET} ${Math.floor(at / modules.size) + QUIET}h1v1h-1Z` : '',
  )
  return (
    <svg class="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label}>
      <path fill="currentColor" shape-rendering="crispEdges" d={squares.join('')} />
    </svg>
  )
}
