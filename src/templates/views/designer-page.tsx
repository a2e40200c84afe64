import type { VNode } from 'preact'
import type { Organisation } from '../../people/store.js'
import { Button, ButtonLink, Form, Select, type FormState } from '../../web/components/form.js'
import { Breadcrumb } from '../../web/components/links.js'
import { Layout } from '../../web/layout.js'
import type { FormProblem } from '../../web/page.js'
import { sayIn } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import type { Words } from '../../words.js'
import { pictureOf, type FormValues } from '../design-form.js'
import { pictureTitle } from '../picture.js'
import { AlignmentFields, ComplementFields, TextFields, ValidityField } from './designer-fields.js'
import { PictureFields } from './picture-fields.js'
import { RuleFields } from './rule-fields.js'
import { Drawn } from './version-picture.js'

export type DesignerProps = Readonly<{
  visitor: Visitor
  problem: FormProblem | undefined
  title: Words
  /** What stands in the inputs. */
  values: FormValues
  /** For a new badge: the companies that it may be of. */
  companies: readonly Organisation[]
  /** Where one goes without saving. */
  back: string
}>

/** A badge is designed: the form, and what it draws beside it. */
export function DesignerPage(props: DesignerProps): VNode {
  const { visitor, problem, values, back } = props
  const say = sayIn(visitor.language)
  const state: FormState = { say, csrfToken: visitor.csrfToken, problem }
  const title = say(props.title)
  const wrong = problem ? say({ fr: 'Erreur : ', en: 'Error: ' }) : ''
  return (
    <Layout visitor={visitor} title={`${wrong}${title}`}>
      <Breadcrumb
        say={say}
        way={[{ href: '/definitions', title: say({ fr: 'Nos badges', en: 'Our badges' }) }]}
        here={title}
      />
      <h1>{title}</h1>
      <div class="designer">
        <Drawing state={state} values={values} />
        <Form state={state}>
          <EnterLooks state={state} />
          <Company {...props} state={state} />
          <TextFields state={state} values={values} />
          <ComplementFields state={state} values={values} />
          <RuleFields state={state} values={values} />
          <AlignmentFields state={state} values={values} />
          <PictureFields state={state} values={values} />
          <ValidityField state={state} values={values} />
          <p class="actions">
            <Button name="do" value="save">
              {say({ fr: 'Enregistrer le brouillon', en: 'Save the draft' })}
            </Button>
            <ButtonLink href={back} kind="quiet">
              {say({ fr: 'Revenir sans enregistrer', en: 'Go back without saving' })}
            </ButtonLink>
          </p>
        </Form>
      </div>
    </Layout>
  )
}

/** The return key presses the first button of a form: this one, which draws and saves nothing. */
function EnterLooks({ state }: { state: FormState }): VNode {
  return (
    <button
      class="visually-hidden"
      type="submit"
      name="do"
      value="look"
      tabindex={-1}
      aria-hidden="true"
    >
      {state.say({ fr: 'Voir le dessin', en: 'See the drawing' })}
    </button>
  )
}

function Drawing({ state: { say }, values }: { state: FormState; values: FormValues }): VNode {
  const picture = pictureOf(values)
  const words = say(pictureTitle(picture))
  return (
    <section class="sheet framed drawn" id="drawing" aria-labelledby="drawing-title">
      <Drawn picture={picture} alt={words} />
      <h2 id="drawing-title" lang="fr">
        {values.name?.trim() || say({ fr: 'Votre badge', en: 'Your badge' })}
      </h2>
      <p class="soft small">{words}.</p>
    </section>
  )
}

function Company({ companies, values, state }: DesignerProps & { state: FormState }): VNode | null {
  const [only, ...others] = companies
  if (!only) return <input type="hidden" name="digest" value={values.digest ?? ''} />
  if (others.length === 0) return <input type="hidden" name="company" value={only.publicId} />
  return (
    <Select
      state={state}
      name="company"
      label={state.say({ fr: 'Entreprise', en: 'Company' })}
      options={companies.map(({ publicId, name }) => ({ value: publicId, label: name }))}
      value={values.company ?? only.publicId}
    />
  )
}
