import type { VNode } from 'preact'
import { Notice } from '../../../web/components/blocks.js'
import { Fieldset } from '../../../web/components/choices.js'
import { Button, ButtonLink, FieldError, Form, Select } from '../../../web/components/form.js'
import type { FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { requiredFields, type Mapping } from '../../class-list/column-mapping.js'
import { FIELD_WORDS, FIELDS } from '../../class-list/fields.js'
import { LEVEL_WORDS, LEVELS } from '../../levels.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import { NOTHING, type HeldColumns } from '../choose-columns.js'
import { IMPORT_TITLE } from './import-parts.js'

type Props = { asked: Asked; id: string; held: HeldColumns }

/** What each column of a CSV is: asked once for each form of file. */
export function ColumnsPage({ asked, id, held }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Frame
      asked={asked}
      title={say({ fr: 'Que contient chaque colonne ?', en: 'What is in each column?' })}
      way={[{ href: '/import', title: say(IMPORT_TITLE) }]}
    >
      <p>
        {say({
          fr: 'Ce fichier n’est pas d’une forme que nous connaissons. Dites une fois ce que sont ses colonnes : le prochain fichier qui a les mêmes titres sera lu tout de suite.',
          en: 'This file is of no form that we know. Say once what its columns are: the next file with the same titles is read at once.',
        })}
      </p>
      {held.isGuess ? (
        <Notice>
          <p>
            {say({
              fr: 'Ce qui est choisi ci-dessous est deviné d’après les titres. Vérifiez-le.',
              en: 'What is chosen below is guessed from the titles. Check it.',
            })}
          </p>
        </Notice>
      ) : null}
      <Form state={state} action={`/import/${id}/columns`}>
        <LevelChoice state={state} mapping={held.mapping} />
        <Needed state={state} mapping={held.mapping} />
        <Columns state={state} held={held} />
        <p class="actions">
          <Button>{say({ fr: 'Voir l’aperçu', en: 'See the preview' })}</Button>
          <ButtonLink href="/import" kind="secondary">
            {say({ fr: 'Choisir un autre fichier', en: 'Choose another file' })}
          </ButtonLink>
        </p>
      </Form>
    </Frame>
  )
}

type PartProps = { state: FormState; mapping: Mapping }

function LevelChoice({ state, mapping }: PartProps): VNode {
  const { say } = state
  const all = LEVELS.map((level) => ({
    value: level,
    label: say({
      fr: `Tous en ${LEVEL_WORDS[level].fr}`,
      en: `All in ${LEVEL_WORDS[level].en}`,
    }),
  }))
  return (
    <Select
      state={state}
      name="level"
      label={say({ fr: 'Qu’est-ce qui dit le niveau ?', en: 'What tells the level?' })}
      hint={say({
        fr: 'Le code MEF dit le niveau des bacs pro et des BTS en deux ans.',
        en: 'The MEF code tells the level of the bac pro and of the BTS in two years.',
      })}
      options={[
        { value: 'CODE_MEF', label: say({ fr: 'Le code MEF', en: 'The MEF code' }) },
        { value: 'NIVEAU', label: say({ fr: 'Une colonne « niveau »', en: 'A column “level”' }) },
        ...all,
      ]}
      value={mapping.level}
    />
  )
}

/** The fields without which no student is read; each that is missing says so here. */
function Needed({ state, mapping }: PartProps): VNode {
  const { say, problem } = state
  const lacking = Object.keys(problem?.fields ?? {}).filter((name) => name.startsWith('missing-'))
  return (
    <>
      <p>
        {say({ fr: 'Il faut une colonne pour : ', en: 'A column is needed for: ' })}
        {requiredFields(mapping.level)
          .map((field) => say(FIELD_WORDS[field]))
          .join(', ')}
        .
      </p>
      {lacking.length > 0 ? (
        <ul>
          {lacking.map((name) => (
            <li key={name} id={`field-${name}`} tabindex={-1}>
              <FieldError state={state} name={name} />
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

/** A long value would push the choice out of sight. */
const SAMPLE_CHARS = 40

function Columns({ state, held }: { state: FormState; held: HeldColumns }): VNode {
  const { say } = state
  const fields = new Map(Object.entries(held.mapping.columns).map(([field, at]) => [at, field]))
  const options = [
    { value: NOTHING, label: say({ fr: 'Rien de ce qui est lu', en: 'Nothing that is read' }) },
    ...FIELDS.filter((field) => field !== 'LIGNE').map((field) => ({
      value: field,
      label: say(FIELD_WORDS[field]),
    })),
  ]
  const titleOf = (name: string, at: number) =>
    `${at + 1}. ${name || say({ fr: '(sans titre)', en: '(untitled)' })}`
  const unread = held.columns.flatMap(({ name, isNeverRead }, at) =>
    isNeverRead ? [titleOf(name, at)] : [],
  )
  return (
    <Fieldset legend={say({ fr: 'Colonnes du fichier', en: 'Columns of the file' })}>
      {held.columns.map(({ name, samples, isNeverRead }, at) =>
        isNeverRead ? null : (
          <Select
            key={at}
            state={state}
            name={`column-${at}`}
            label={titleOf(name, at)}
            hint={samplesInWords(say, samples)}
            options={options}
            value={fields.get(at) ?? NOTHING}
          />
        ),
      )}
      {unread.length > 0 ? (
        <p class="soft">
          {say({
            fr: `Jamais lues, et supprimées dès la lecture du fichier : ${unread.join(' ; ')}`,
            en: `Never read, and deleted as soon as the file is read: ${unread.join('; ')}`,
          })}
        </p>
      ) : null}
    </Fieldset>
  )
}

/** To the person who gave the file alone, and kept nowhere. */
function samplesInWords(say: Say, samples: readonly string[]): string {
  if (samples.length === 0) {
    return say({ fr: 'vide pour les premiers élèves', en: 'empty for the first students' })
  }
  const cut = samples.map((text) =>
    text.length > SAMPLE_CHARS ? `${text.slice(0, SAMPLE_CHARS)}…` : text,
  )
  return say({
    fr: `par exemple ${cut.map((text) => `« ${text} »`).join(', ')}`,
    en: `for example ${cut.map((text) => `“${text}”`).join(', ')}`,
  })
}
