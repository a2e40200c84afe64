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
  // Where one field is the whole story, its sentence is not said twice.
  const [alone] = fields.length === 1 ? fields : []
  const whole = alone && say(alone[1]) === say(problem.words) ? alone[0] : undefined
  return (
    // Focused without script, so that a long page opens on what is wrong.
    <div class="notice error" role="alert" tabindex={-1} autofocus>
      <p>
        <strong>
          {whole ? <a href={`#field-${whole}`}>{say(problem.words)}</a> : say(problem.words)}
        </strong>
      </p>
      {fields.length > 0 && !whole ? (
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
  /** 'either': one field of several is enough, as their labels say. */
  optional?: boolean | 'either'
  autocomplete?:
    | 'username'
    | 'email'
    | 'given-name'
    | 'family-name'
    | 'current-password'
    | 'new-password'
    | 'one-time-code'
    | 'off'
  accept?: string
  rows?: number
}

/** One labelled input; what was typed stays when the form comes back. */
export function Field(props: FieldProps): VNode {
  const { state, name, label, hint, optional } = props
  return (
    <div class="field">
      <label for={`field-${name}`}>
        {label}
        {optional === true ? (
          <span class="soft"> {state.say({ fr: '(facultatif)', en: '(optional)' })}</span>
        ) : null}
      </label>
      <Hint name={name} hint={hint} />
      <Input {...props} />
      <FieldError state={state} name={name} />
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
  const common = {
    id: `field-${name}`,
    name,
    ...(optional ? {} : { required: true }),
    ...describedBy(state, name, hint),
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
  return (
    <div class="field">
      <label for={`field-${name}`}>{label}</label>
      <Hint name={name} hint={hint} />
      <select id={`field-${name}`} name={name} required {...describedBy(state, name, hint)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === kept}>
            {option.label}
          </option>
        ))}
      </select>
      <FieldError state={state} name={name} />
    </div>
  )
}

export function Hint({ name, hint }: { name: string; hint: string | undefined }): VNode | null {
  return hint ? (
    <span class="hint" id={`hint-${name}`}>
      {hint}
    </span>
  ) : null
}

/** What is wrong with one field, in words, beside it. */
export function FieldError({ state, name }: { state: FormState; name: string }): VNode | null {
  const error = state.problem?.fields[name]
  return error ? (
    <span class="error" id={`error-${name}`}>
      {state.say(error)}
    </span>
  ) : null
}

/** Ties an input to its hint and to its error, for those who hear the page. */
export function describedBy(state: FormState, name: string, hint: string | undefined) {
  const wrong = state.problem?.fields[name] !== undefined
  const ids = [hint ? `hint-${name}` : '', wrong ? `error-${name}` : ''].filter(Boolean).join(' ')
  return {
    ...(ids ? { 'aria-describedby': ids } : {}),
    ...(wrong ? { 'aria-invalid': 'true' as const } : {}),
  }
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
