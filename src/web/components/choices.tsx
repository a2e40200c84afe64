import type { ComponentChildren, VNode } from 'preact'
import { describedBy, Field, FieldError, Hint, type FormState } from './form.js'

/** Fields that belong together, under one title. */
export function Fieldset(props: { legend: string; children: ComponentChildren }): VNode {
  return (
    <fieldset>
      <legend>{props.legend}</legend>
      {props.children}
    </fieldset>
  )
}

type ChoicesProps = {
  state: FormState
  name: string
  legend: string
  /** One of them, or any number. */
  kind: 'one' | 'several'
  options: readonly { value: string; label: string }[]
  chosen?: readonly string[]
  hint?: string
  /** The rest of a list of this name that stands before, where errors are said; what tells its ids apart. */
  goesOn?: string
}

/** Radio buttons or check boxes; what was chosen stays when the form comes back. */
export function Choices(props: ChoicesProps): VNode {
  const { state, name, legend, kind, options, chosen, hint, goesOn } = props
  const { problem } = state
  const kept = problem ? [problem.values[name] ?? []].flat() : (chosen ?? [])
  // aria-invalid is not for groups: the error is said by the description.
  const { 'aria-invalid': _, ...description } = describedBy(state, name, hint)
  const idOf = (at: number) =>
    `field-${name}${goesOn === undefined ? '' : `-${goesOn}`}${at === 0 ? '' : `-${at}`}`
  return (
    <fieldset {...(goesOn === undefined ? description : {})}>
      <legend>{legend}</legend>
      <Hint name={name} hint={hint} />
      {options.map(({ value, label }, at) => (
        <label class="choice" key={value}>
          <input
            // The link of the error summary leads to the first one.
            id={idOf(at)}
            type={kind === 'one' ? 'radio' : 'checkbox'}
            name={name}
            value={value}
            checked={kept.includes(value)}
          />
          <span>{label}</span>
        </label>
      ))}
      {goesOn === undefined ? <FieldError state={state} name={name} /> : null}
    </fieldset>
  )
}

/** The warnings that a form came back with, each to be ticked once it was read; those ticked before stay. */
export function Acknowledge({ state }: { state: FormState }): VNode | null {
  const { say, problem } = state
  if (!problem) return null
  const asked = Object.entries(problem.fields).filter(([name]) => name.startsWith('acknowledged/'))
  const read = [problem.values['acknowledged'] ?? []].flat().map(String)
  if (asked.length === 0 && read.length === 0) return null
  return (
    <fieldset>
      <legend>{say({ fr: 'J’ai lu, et je confirme', en: 'I have read this, and confirm' })}</legend>
      {asked.map(([name, words]) => (
        <label class="choice" key={name}>
          <input
            id={`field-${name}`}
            type="checkbox"
            name="acknowledged"
            value={name.slice('acknowledged/'.length)}
          />
          <span>{say(words)}</span>
        </label>
      ))}
      {read.map((rule) => (
        <input type="hidden" name="acknowledged" value={rule} key={rule} />
      ))}
    </fieldset>
  )
}

type FileDropProps = {
  state: FormState
  name: string
  label: string
  hint: string
  accept: string
  optional?: boolean | 'either'
}

/** A file, chosen or dropped: the input itself is as large as the frame, so no script is needed. */
export function FileDrop(props: FileDropProps): VNode {
  return (
    <div class="drop">
      <Field {...props} type="file" />
    </div>
  )
}

type CopyFieldProps = {
  id: string
  label: string
  value: string
  hint: string
  /** A button that assets/share.js shows, and what it says. */
  copy?: { button: string; done: string; failed: string }
}

/** A text to be copied by hand or read out: a link, a short code. */
export function CopyField({ id, label, value, hint, copy }: CopyFieldProps): VNode {
  return (
    <div class="field copy">
      <label for={id}>{label}</label>
      <span class="hint" id={`hint-${id}`}>
        {hint}
      </span>
      <input id={id} type="text" readonly value={value} aria-describedby={`hint-${id}`} />
      {copy ? (
        <p class="actions" hidden data-copy={id} data-done={copy.done} data-failed={copy.failed}>
          <button type="button" class="button secondary">
            {copy.button}
          </button>
          <span role="status" />
        </p>
      ) : null}
    </div>
  )
}
