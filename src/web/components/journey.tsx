import type { ComponentChildren, VNode } from 'preact'
import type { Say } from '../say.js'
import type { Words } from '../../words.js'
import { Shape } from './status.js'

type When = 'done' | 'now' | 'later'
const WHEN: Readonly<Record<When, Words>> = {
  done: { fr: 'fait', en: 'done' },
  now: { fr: 'en cours', en: 'under way' },
  later: { fr: 'à venir', en: 'to come' },
}

export type Step = Readonly<{ title: string; when: When }>

/** How far a procedure has come: proposed, assessed, endorsed, approved, issued. */
export function Steps({ say, steps }: { say: Say; steps: readonly Step[] }): VNode {
  return (
    <ol class="steps">
      {steps.map(({ title, when }, at) => (
        <li key={title} class={when} {...(when === 'now' ? { 'aria-current': 'step' } : {})}>
          <span class="step-mark" aria-hidden="true">
            {when === 'done' ? <Shape tone="valid" /> : at + 1}
          </span>
          <span>
            {title} <span class="soft small">{say(WHEN[when])}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}

type ProgressProps = { id: string; label: string; value: number; max: number; text: string }

/** How much of a whole is there; `text` says it in words: « 6 h sur 8 h ». */
export function Progress({ id, label, value, max, text }: ProgressProps): VNode {
  return (
    <div class="progress">
      <label for={id}>
        {label} <span class="soft">{text}</span>
      </label>
      <progress id={id} max={max} value={Math.min(value, max)}>
        {text}
      </progress>
    </div>
  )
}

/** Something that waits for a person, as a room tells it: how many, what, where it is done. */
export type Waiting = Readonly<{ words: Words; href: string; count: number }>

type WaitingLine = Readonly<{ count: number; sentence: string; href: string }>

/** What waits for the person: the count, what it is, where it is done. */
export function WaitingList(props: { items: readonly WaitingLine[]; empty: string }): VNode {
  const waiting = props.items.filter(({ count }) => count > 0)
  if (waiting.length === 0) return <EmptyState>{props.empty}</EmptyState>
  return (
    <ul class="waiting">
      {waiting.map(({ count, sentence, href }) => (
        <li key={sentence}>
          <a href={href}>
            <span class="count">{count}</span> <span>{sentence}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

export type Moment = Readonly<{ iso: string; when: string; what: ComponentChildren }>

/** What happened, in order. `iso` is for programs, `when` for people. */
export function Timeline({ moments }: { moments: readonly Moment[] }): VNode {
  return (
    <ol class="timeline">
      {moments.map(({ iso, when, what }, at) => (
        <li key={at}>
          <time datetime={iso} class="soft small">
            {when}
          </time>
          <div>{what}</div>
        </li>
      ))}
    </ol>
  )
}

/** Nothing here: why, and what to do. */
export function EmptyState({ children }: { children: ComponentChildren }): VNode {
  return <p class="empty soft">{children}</p>
}
