import type { VNode } from 'preact'
import { Choices, Fieldset } from '../../web/components/choices.js'
import { describedBy, Field, FieldError, type FormState } from '../../web/components/form.js'
import {
  COLOUR_WORDS,
  COLOURS,
  GROUNDS,
  ICON_DRAWINGS,
  ICONS,
  SHAPE_WORDS,
  SHAPES,
} from '../picture.data.js'
import { held, type FieldsProps } from './designer-fields.js'

/** What is drawn: shape, colour, icon and a few letters. */
export function PictureFields({ state, values }: FieldsProps): VNode {
  const { say } = state
  return (
    <Fieldset legend={say({ fr: 'Dessin', en: 'Drawing' })}>
      <Choices
        state={state}
        name="picture-shape"
        kind="one"
        legend={say({ fr: 'Forme', en: 'Shape' })}
        options={SHAPES.map((shape) => ({ value: shape, label: say(SHAPE_WORDS[shape]) }))}
        chosen={[values['picture-shape'] ?? '']}
      />
      <Swatches
        state={state}
        name="picture-colour"
        legend={say({ fr: 'Couleur', en: 'Colour' })}
        chosen={values['picture-colour']}
        options={COLOURS.map((colour) => ({
          value: colour,
          label: say(COLOUR_WORDS[colour]),
          swatch: <circle cx="12" cy="12" r="11" fill={GROUNDS[colour]} />,
        }))}
      />
      <Swatches
        state={state}
        name="picture-icon"
        legend={say({ fr: 'Pictogramme', en: 'Icon' })}
        chosen={values['picture-icon']}
        options={ICONS.map((icon) => ({
          value: icon,
          label: say(ICON_DRAWINGS[icon].words),
          swatch: (
            <>
              {ICON_DRAWINGS[icon].paths.map((path) => (
                <path key={path} d={path} />
              ))}
            </>
          ),
        }))}
      />
      <Field
        state={state}
        name="picture-text"
        label={say({ fr: 'Texte', en: 'Text' })}
        hint={say({
          fr: 'Deux lignes d’une douzaine de lettres au plus.',
          en: 'Two lines of about twelve letters at most.',
        })}
        optional
        {...held(values, 'picture-text')}
      />
      <p>
        {/* Leads to the drawing, which a phone shows above the form. */}
        <button type="submit" class="button secondary" name="do" value="look" formaction="#drawing">
          {say({ fr: 'Voir le dessin', en: 'See the drawing' })}
        </button>
      </p>
    </Fieldset>
  )
}

type SwatchesProps = {
  state: FormState
  name: string
  legend: string
  chosen: string | undefined
  options: readonly { value: string; label: string; swatch: VNode }[]
}

/** Radio buttons, each with what it stands for beside its word. */
function Swatches({ state, name, legend, chosen, options }: SwatchesProps): VNode {
  const typed = state.problem?.values[name] ?? chosen
  const { 'aria-invalid': _, ...description } = describedBy(state, name, undefined)
  return (
    <fieldset {...description}>
      <legend>{legend}</legend>
      <div class="swatches">
        {options.map(({ value, label, swatch }, at) => (
          <label class="choice" key={value}>
            <input
              id={at === 0 ? `field-${name}` : `field-${name}-${at}`}
              type="radio"
              name={name}
              value={value}
              checked={value === typed}
            />
            <Swatch>{swatch}</Swatch>
            <span>{label}</span>
          </label>
        ))}
      </div>
      <FieldError state={state} name={name} />
    </fieldset>
  )
}

function Swatch({ children }: { children: VNode }): VNode {
  const common = { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': 1.5 }
  return (
    <svg {...common} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" class="icon">
      {children}
    </svg>
  )
}
