import type { VNode } from 'preact'
import { Facts, Notice, Table } from '../../../web/components/blocks.js'
import { Button, ButtonLink, Select } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { LEVELS } from '../../levels.js'
import { SCHEMES } from '../../schemes/index.js'
import { schoolYearLabel } from '../../school-year.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { levelWords } from '../block.js'
import { blocksOf } from '../blocks.js'
import { referencesOf } from '../references.data.js'
import { schoolTables } from '../school-tables.js'
import type { IndicatorsView } from '../see-indicators.js'
import { countedLine, departmentWords, shownLine, SUPPRESSION } from './around.js'
import { BlockView } from './block.js'

/** Blocks that are unfolded from the beginning; of the others one reads the sentence first. */
const OPEN = 2

/** The indicators of a school or an academy: of each a sentence, a plot, its table and its definition. */
export function IndicatorsPage({ asked, view }: { asked: Asked; view: IndicatorsView }): VNode {
  const { say } = formStateOf(asked)
  const title = say({
    fr: `Indicateurs : ${view.place.name}`,
    en: `Indicators: ${view.place.name}`,
  })
  return (
    <Frame asked={asked} title={title} way={[]}>
      <p>{shownLine(view, say)}</p>
      <details class="rest">
        <summary>{say({ fr: 'Changer ce qui est montré', en: 'Change what is shown' })}</summary>
        <Filters asked={asked} view={view} />
      </details>
      {view.maySay ? (
        <p>
          <a href={`/publics?school=${view.place.publicId}&year=${view.year}`}>
            {say({
              fr: 'Donner les totaux des publics prioritaires',
              en: 'Give the totals of priority publics',
            })}
          </a>
        </p>
      ) : null}
      {blocksOf(view, say).map((block, at) => (
        <BlockView key={block.code} block={block} say={say} open={at < OPEN} />
      ))}
      <Schools view={view} say={say} />
      <References view={view} say={say} />
      <Notice>
        <p>{say(SUPPRESSION)}</p>
        <p>{countedLine(view, say)}</p>
      </Notice>
      <Downloads view={view} say={say} />
    </Frame>
  )
}

/** The same choice once more, as part of an address. */
export function queryOf({ place, scheme, year, level, department }: IndicatorsView): string {
  const query = new URLSearchParams({
    place: place.publicId,
    scheme: scheme.code,
    year: String(year),
    ...(level === undefined ? {} : { level }),
    ...(department === undefined ? {} : { department }),
  })
  return `?${query.toString()}`
}

function Filters({ asked, view }: { asked: Asked; view: IndicatorsView }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <form method="get" action="/indicators" class="fields">
      {view.places.length > 1 ? (
        <Select
          state={state}
          name="place"
          label={say({ fr: 'Où', en: 'Where' })}
          options={view.places.map(({ publicId, name }) => ({ value: publicId, label: name }))}
          value={view.place.publicId}
        />
      ) : null}
      <Select
        state={state}
        name="scheme"
        label={say({ fr: 'Dispositif', en: 'Scheme' })}
        options={SCHEMES.map(({ code, words }) => ({ value: code, label: say(words) }))}
        value={view.scheme.code}
      />
      <Select
        state={state}
        name="year"
        label={say({ fr: 'Année scolaire', en: 'School year' })}
        options={view.years.map((year) => ({ value: String(year), label: schoolYearLabel(year) }))}
        value={String(view.year)}
      />
      {view.departments.length > 0 ? (
        <OptionalSelect
          name="department"
          label={say({ fr: 'Département', en: 'Département' })}
          hint={say({ fr: 'D’après l’UAI des établissements', en: 'By the UAI of schools' })}
          all={say({ fr: 'Tous', en: 'All' })}
          options={view.departments.map((code) => [code, say(departmentWords(code))])}
          chosen={view.department}
        />
      ) : null}
      <OptionalSelect
        name="level"
        label={say({ fr: 'Niveau', en: 'Level' })}
        hint={say({
          fr: 'Pour les effectifs et les séances par niveau',
          en: 'For students and sessions by level',
        })}
        all={say({ fr: 'Tous', en: 'All' })}
        options={LEVELS.map((code) => [code, say(levelWords(code))])}
        chosen={view.level}
      />
      <p>
        <Button kind="secondary">{say({ fr: 'Afficher', en: 'Show' })}</Button>
      </p>
    </form>
  )
}

type OptionalSelectProps = {
  name: string
  label: string
  hint: string
  all: string
  options: readonly (readonly [string, string])[]
  chosen: string | undefined
}

/** Not required: without a choice, all of them are shown. */
function OptionalSelect({ name, label, hint, all, options, chosen }: OptionalSelectProps): VNode {
  return (
    <div class="field">
      <label for={`field-${name}`}>{label}</label>
      <span class="hint" id={`hint-${name}`}>
        {hint}
      </span>
      <select id={`field-${name}`} name={name} aria-describedby={`hint-${name}`}>
        <option value="">{all}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Files of what the page shows, and no more. */
function Downloads({ view, say }: { view: IndicatorsView; say: Say }): VNode {
  const query = queryOf(view)
  return (
    <div class="actions">
      <ButtonLink href={`/indicators/report${query}`} kind="secondary">
        {say({
          fr: 'Rapport pour le comité de pilotage (PDF)',
          en: 'Report for the steering committee (PDF)',
        })}
      </ButtonLink>
      <ButtonLink href={`/indicators/table/csv${query}`} kind="secondary">
        {say({ fr: 'Ces chiffres (CSV)', en: 'These figures (CSV)' })}
      </ButtonLink>
      <ButtonLink href={`/indicators/table/ods${query}`} kind="secondary">
        {say({ fr: 'Ces chiffres (ODS)', en: 'These figures (ODS)' })}
      </ButtonLink>
    </div>
  )
}

function Schools({ view, say }: { view: IndicatorsView; say: Say }): VNode | null {
  const tables = schoolTables(view, say)
  if (tables.length === 0) return null
  return (
    <section>
      <h2>{say({ fr: 'Par établissement', en: 'By school' })}</h2>
      <p>
        {say({
          fr: 'Dans l’ordre des noms : ces chiffres ne classent personne.',
          en: 'In the order of names: these figures rank nobody.',
        })}
      </p>
      {tables.map(({ base, caption, head, rows }) => (
        <details key={base} class="rest">
          <summary>{caption}</summary>
          <Table
            caption={caption}
            quiet
            tight
            head={head}
            rows={rows.map(({ name, cells }) => [name, ...cells.map(({ text }) => text)])}
            empty=""
          />
        </details>
      ))}
    </section>
  )
}

function References({ view, say }: { view: IndicatorsView; say: Say }): VNode | null {
  const references = referencesOf(view.scheme.code)
  if (references.length === 0) return null
  return (
    <section>
      <h2>{say({ fr: 'Repères nationaux', en: 'National reference figures' })}</h2>
      <p>
        {say({
          fr: 'Publiés par d’autres, avec leurs propres définitions ; ils ne se comparent pas un à un aux chiffres ci-dessus.',
          en: 'Published by others, by definitions of their own; they don’t compare one by one with the figures above.',
        })}
      </p>
      <Facts facts={references.map(({ words, source }) => [source, say(words)])} />
    </section>
  )
}
