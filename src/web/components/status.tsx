import type { ComponentChildren, VNode } from 'preact'

/** Every state has a shape and a word; colour only says it again. */
export type Tone = 'valid' | 'invalid' | 'unknown' | 'plain'
/** What is to be done, now or before long: no verdict. */
export type Pressing = 'due' | 'soon'

export function Shape({ tone }: { tone: Tone | Pressing }): VNode {
  const common = { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': 2 }
  return (
    <svg {...common} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" class="icon">
      {SHAPES[tone]}
    </svg>
  )
}

const SHAPES: Readonly<Record<Tone | Pressing, VNode>> = {
  valid: (
    <>
      <circle cx="12" cy="12" r="10" />
      <path d="m7.5 12.5 3 3 6-7" />
    </>
  ),
  invalid: (
    <>
      <path d="M8 2h8l6 6v8l-6 6H8l-6-6V8Z" />
      <path d="m9 9 6 6m0-6-6 6" />
    </>
  ),
  unknown: (
    <>
      <path d="M12 1.5 22.5 12 12 22.5 1.5 12Z" />
      <path d="M9.8 9.6a2.3 2.3 0 1 1 3.3 2.2c-.8.4-1.1.8-1.1 1.7M12 16.6v.1" />
    </>
  ),
  due: (
    <>
      <path d="M12 2.5 22.5 21h-21Z" />
      <path d="M12 9.5v5m0 3v.1" />
    </>
  ),
  soon: (
    <>
      <circle cx="12" cy="12" r="10" />
      <path d="M12 6.5V12l3.5 2.5" />
    </>
  ),
  plain: <circle cx="12" cy="12" r="4" />,
}

type StateProps = { tone: Tone | Pressing; children: ComponentChildren }

/** A state in a line of text. */
export function State({ tone, children }: StateProps): VNode {
  return (
    <span class={`state ${tone}`}>
      <Shape tone={tone} />
      <span>{children}</span>
    </span>
  )
}

/** The one sentence that a page of verification says first. */
export function Verdict({ tone, children }: { tone: Tone; children: ComponentChildren }): VNode {
  return (
    <p class={`verdict ${tone}`} role="status">
      <Shape tone={tone} />
      <span>{children}</span>
    </p>
  )
}
