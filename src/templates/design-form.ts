import { THEMES } from '../credential/themes.data.js'
import { MAX_ALIGNMENTS, MAX_REQUIREMENTS, type Definition } from './definition.js'
import { EXAMPLE_CRITERIA } from './examples.js'
import { FRAMEWORKS, type Framework } from './frameworks.js'
import type { Picture } from './picture.js'
import { COLOURS, ICONS, SHAPES } from './picture.data.js'

/** What stands in the designer's inputs, by name. */
export type FormValues = Readonly<Record<string, string>>

/** The value of the theme's list that leads to a theme of one's own. */
export const OTHER_THEME = 'OTHER'
/** A placement, in the list of what a sentence of the rule asks for; the others are kinds of session. */
export const PLACEMENT = 'PLACEMENT'
const FEWEST = { alignments: 3, rule: 2 } as const
const MOST = { alignments: MAX_ALIGNMENTS, rule: MAX_REQUIREMENTS } as const
type Rows = keyof typeof FEWEST

export const EMPTY_DESIGN: FormValues = {
  theme: THEMES[0],
  'picture-shape': 'seal',
  'picture-colour': 'brick',
  'picture-icon': 'layers',
}

/** A definition as the designer's inputs show it. */
export function toFormValues({
  complements,
  picture,
  alignments,
  rule,
  ...said
}: Definition): FormValues {
  const known = THEMES.some((theme) => theme === said.theme)
  return {
    name: said.name,
    description: said.description,
    criteria: said.criteria,
    theme: known ? said.theme : OTHER_THEME,
    themeOther: known ? '' : said.theme,
    validityMonths: said.validityMonths === null ? '' : String(said.validityMonths),
    'complements-label': complements.label,
    'complements-rncp': complements.rncp ?? '',
    'complements-cfd': complements.cfd ?? '',
    'picture-shape': picture.shape,
    'picture-colour': picture.colour,
    'picture-icon': picture.icon,
    'picture-text': picture.text ?? '',
    ...inRows('alignments', alignments, ({ framework, code, name }) => ({ framework, code, name })),
    ...inRows('rule', rule, (one) => ({
      amount: String(one.kind === 'placement' ? one.days : one.hours).replace('.', ','),
      what: one.kind === 'placement' ? PLACEMENT : one.sessionKind,
      who: one.ownCompany ? 'own' : 'partner',
    })),
  }
}

/** How many rows the form shows: an empty one after those that are filled, as far as there may be more. */
export function rowsOf(values: FormValues, kind: Rows): number {
  const asked = Number(values[`${kind}-rows`])
  const wanted = Number.isSafeInteger(asked) ? asked : 0
  return Math.min(MOST[kind], Math.max(FEWEST[kind], wanted))
}

export const mayAddRow = (values: FormValues, kind: Rows): boolean =>
  rowsOf(values, kind) < MOST[kind]

/**
 * What a button of the form other than its last one does to the inputs; nothing is saved.
 *
 * @returns undefined when the badge is to be saved
 */
export function retouch(values: FormValues): FormValues | undefined {
  const more = (kind: Rows) => ({ ...values, [`${kind}-rows`]: String(rowsOf(values, kind) + 1) })
  switch (values.do) {
    case 'look':
      return values
    case 'add-alignment':
      return more('alignments')
    case 'add-requirement':
      return more('rule')
    case 'insert-example':
      return {
        ...values,
        criteria: [values.criteria?.trim(), EXAMPLE_CRITERIA].filter(Boolean).join('\n\n'),
      }
    default:
      return undefined
  }
}

/** The drawing that the inputs ask for; what is not known yet is as in an empty form. */
export function pictureOf(values: FormValues): Picture {
  return {
    shape: SHAPES.find((one) => one === values['picture-shape']) ?? 'seal',
    colour: COLOURS.find((one) => one === values['picture-colour']) ?? 'brick',
    icon: ICONS.find((one) => one === values['picture-icon']) ?? 'layers',
    text: values['picture-text'] ?? '',
  }
}

export type Design = Readonly<{
  /** To be validated as a Definition. */
  definition: unknown
  /** The name of the input that a pointer into the definition came from. */
  inputOf: (pointer: string) => string
}>

/** The inputs as a definition; rows that were left empty are left out. */
export function readDesign(values: FormValues): Design {
  const at = (name: string) => values[name] ?? ''
  const filled = (kind: Rows, key: string) =>
    Array.from({ length: MOST[kind] }, (_, row) => row).filter(
      (row) => at(`${kind}-${row}-${key}`).trim() !== '',
    )
  const alignments = [
    ...new Set([...filled('alignments', 'code'), ...filled('alignments', 'name')]),
  ].sort((a, b) => a - b)
  const rule = filled('rule', 'amount')
  const ownTheme = at('theme') === OTHER_THEME
  return {
    definition: {
      name: at('name'),
      description: at('description'),
      criteria: at('criteria'),
      theme: at(ownTheme ? 'themeOther' : 'theme'),
      language: 'fr',
      alignments: alignments.map((row) => readAlignment(values, row)),
      complements: {
        label: at('complements-label'),
        rncp: toCode(at('complements-rncp')) || null,
        cfd: toCode(at('complements-cfd')) || null,
      },
      rule: rule.map((row) => readRequirement(values, row)),
      picture: {
        shape: at('picture-shape'),
        colour: at('picture-colour'),
        icon: at('picture-icon'),
        ...(at('picture-text').trim() && { text: at('picture-text') }),
      },
      validityMonths: at('validityMonths').trim() === '' ? null : toNumber(at('validityMonths')),
    },
    inputOf: (pointer) => inputOf(pointer, { alignments, rule, ownTheme }),
  }
}

function readAlignment(values: FormValues, row: number): Record<string, unknown> {
  const at = (key: string) => values[`alignments-${row}-${key}`] ?? ''
  const code = toCode(at('code'))
  const framework = at('framework')
  const known = Object.hasOwn(FRAMEWORKS, framework)
  const url = known ? FRAMEWORKS[framework as Framework].urlOf(code) : ''
  return { framework, code, name: at('name'), url, verified: false }
}

function readRequirement(values: FormValues, row: number): Record<string, unknown> {
  const at = (key: string) => values[`rule-${row}-${key}`] ?? ''
  const amount = toNumber(at('amount'))
  const ownCompany = at('who') !== 'partner'
  return at('what') === PLACEMENT
    ? { kind: 'placement', days: amount, ownCompany }
    : { kind: 'mentoring', sessionKind: at('what'), hours: amount, ownCompany }
}

/** As codes are written in their frameworks: « rncp 38566 » → RNCP38566. */
function toCode(typed: string): string {
  return typed.replaceAll(/\s/g, '').toUpperCase()
}

/** With a comma or a point. */
function toNumber(typed: string): number {
  const text = typed.trim().replace(',', '.')
  return text === '' ? NaN : Number(text)
}

type Read = Readonly<{ alignments: readonly number[]; rule: readonly number[]; ownTheme: boolean }>
const RULE_INPUTS: Readonly<Record<string, string>> = { sessionKind: 'what', ownCompany: 'who' }
const ALIGNMENT_INPUTS: Readonly<Record<string, string>> = { framework: 'framework', name: 'name' }

function inputOf(pointer: string, read: Read): string {
  const [, first = '', second, third = ''] = pointer.split('/')
  const row = Number(second ?? 0)
  if (first === 'rule') return `rule-${read.rule[row] ?? 0}-${RULE_INPUTS[third] ?? 'amount'}`
  if (first === 'alignments')
    return `alignments-${read.alignments[row] ?? 0}-${ALIGNMENT_INPUTS[third] ?? 'code'}`
  if (first === 'theme') return read.ownTheme ? 'themeOther' : 'theme'
  return second === undefined ? first : `${first}-${second}`
}

function inRows<T>(
  kind: Rows,
  rows: readonly T[],
  toInputs: (one: T) => Record<string, string>,
): FormValues {
  const inputs = rows.flatMap((one, row) =>
    Object.entries(toInputs(one)).map(([key, value]) => [`${kind}-${row}-${key}`, value] as const),
  )
  return { ...Object.fromEntries(inputs), [`${kind}-rows`]: String(rows.length + 1) }
}
