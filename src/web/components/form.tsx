import type { ComponentChildren, InputHTMLAttributes, VNode } from 'preact'
import type { FormProblem } from '../page.js'
import type { Say } from '../say.js'

/** What every form of a page needs: its language, the session's token, what was refused. */
export type FormState = Readonly<{
  say: Say
  csrfToken: string | undefined
  problem: FormProblem | undefined
}>

type FormProps = { state: FormState; action?: string; files?: boolean; children: ComponentChildren }

export function Form({ state, action, files, children }: FormProps): VNode {
  return (
    <form
      method="post"
      novalidate
      {...(action ? { action } : {})}
      {...(files ? { enctype: 'multipart/form-data' } : {})}
    >
      <ErrorSummary state={state} />
      {state.csrfToken ? <input type="hidden" name="_csrf" value={state.csrfToken} /> : null}
      {children}
    </form>
  )
}

/** What is wrong, first; with a link to each field. */
export function ErrorSummary({ state: { say, problem } }: { state: FormState }): VNode | null {
  if (!problem) return null
  const fields = Object.entries(problem.fields)
  return (
    <div class="notice error" role="alert" tabindex={-1}>
      <p>
        <strong>{say(problem.words)}</strong>
      </p>
      {fields.length > 0 ? (
        <ul>
          {fields.map(([name, words]) => (
            <li key={name}>
              <a href={`#field-${name}`}>{say(words)}</a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

type FieldProps = {
  state: FormState
  name: string
  label: string
  hint?: string
  type?: 'text' | 'email' | 'password' | 'date' | 'number' | 'url' | 'file' | 'textarea'
  value?: string | number
  optional?: boolean
  autocomplete?:
    'username' | 'email' | 'given-name' | 'family-name' | 'current-password' | 'new-password'
  accept?: string
  rows?: number
}

/** One labelled input; what was typed stays when the form comes back. */
export function Field(props: FieldProps): VNode {
  const { state, name, label, hint, optional } = props
  const error = state.problem?.fields[name]
  return (
    <div class="field">
      <label for={`field-${name}`}>
        {label}
        {optional ? (
          <span class="soft"> {state.say({ fr: '(facultatif)', en: '(optional)' })}</span>
        ) : null}
      </label>
      {hint ? (
        <span class="hint" id={`hint-${name}`}>
          {hint}
        </span>
      ) : null}
      <Input {...props} />
      {error ? (
        <span class="error" id={`error-${name}`}>
          {state.say(error)}
        </span>
      ) : null}
    </div>
  )
}

function Input({
  state,
  name,
  hint,
  type = 'text',
  value,
  optional,
  autocomplete,
  accept,
  rows,
}: FieldProps): VNode {
  const typed = state.problem?.values[name]
  const kept = typeof typed === 'string' ? typed : value
  const error = state.problem?.fields[name]
  const described = [hint ? `hint-${name}` : '', error ? `error-${name}` : '']
    .filter(Boolean)
    .join(' ')
  const common = {
    id: `field-${name}`,
    name,
    ...(optional ? {} : { required: true }),
    ...(described ? { 'aria-describedby': described } : {}),
    ...(error ? { 'aria-invalid': 'true' as const } : {}),
    ...(autocomplete ? { autocomplete } : {}),
  }
  if (type === 'textarea') {
    return (
      <textarea {...common} rows={rows ?? 6}>
        {kept}
      </textarea>
    )
  }
  const held = type === 'password' || type === 'file' || kept === undefined ? {} : { value: kept }
  // preact types each kind of input apart; the attributes here fit all of them.
  const attributes = { ...common, ...held, type, ...(accept ? { accept } : {}) }
  return <input {...(attributes as InputHTMLAttributes<HTMLInputElement>)} />
}

type SelectProps = {
  state: FormState
  name: string
  label: string
  hint?: string
  options: readonly { value: string; label: string }[]
  value?: string
}

export function Select({ state, name, label, hint, options, value }: SelectProps): VNode {
  const typed = state.problem?.values[name]
  const kept = typeof typed === 'string' ? typed : value
  const error = state.problem?.fields[name]
  return (
    <div class="field">
      <label for={`field-${name}`}>{label}</label>
      {hint ? <span class="hint">{hint}</span> : null}
      <select
        id={`field-${name}`}
        name={name}
        {...(error ? { 'aria-invalid': 'true' as const } : {})}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === kept}>
            {option.label}
          </option>
        ))}
      </select>
      {error ? <span class="error">{state.say(error)}</span> : null}
    </div>
  )
}

type ButtonProps = {
  kind?: 'primary' | 'secondary' | 'danger' | 'quiet'
  name?: string
  value?: string
  children: ComponentChildren
}

export function Button({ kind = 'primary', name, value, children }: ButtonProps): VNode {
  return (
    <button type="submit" class={`button ${kind}`} {...(name ? { name, value } : {})}>
      {children}
    </button>
  )
}

export function ButtonLink({
  href,
  kind = 'primary',
  children,
}: {
  href: string
  kind?: ButtonProps['kind']
  children: ComponentChildren
}): VNode {
  return (
    <a class={`button ${kind}`} href={href}>
      {children}
    </a>
  )
}
