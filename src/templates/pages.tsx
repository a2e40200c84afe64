import { z } from 'zod'
import type { Actor, Context } from '../context.js'
import { page, type Next } from '../web/page.js'
import { DomainError } from '../errors.js'
import { archiveTemplate } from './archive-template.js'
import { defineTemplate } from './define-template.js'
import {
  EMPTY_DESIGN,
  readDesign,
  retouch,
  toFormValues,
  type Design,
  type FormValues,
} from './design-form.js'
import { editDraft } from './edit-draft.js'
import { EXAMPLE_DEFINITIONS } from './examples.js'
import { newVersion } from './new-version.js'
import { proposeVersion } from './propose-version.js'
import { publishVersion } from './publish-version.js'
import { companiesOf, companyOf, mayDefine, seeDraft, seeNewest } from './see-design.js'
import {
  definingCompanies,
  definingCompany,
  noTemplate,
  seeTemplate,
  seeTemplates,
  stepsWith,
} from './see-templates.js'
import { seePublication } from './see-publication.js'
import { DefinitionPage } from './views/definition-page.js'
import { DefinitionsPage } from './views/definitions-page.js'
import { DesignerPage } from './views/designer-page.js'
import { ExamplesPage } from './views/examples-page.js'

const One = z.object({ id: z.string().max(64) })
const Inputs = z.record(z.string(), z.string().catch(''))

const listPage = page({
  path: '/definitions',
  access: 'signed-in',
  async show(ctx, { visitor }, actor) {
    const templates = await seeTemplates(ctx, actor)
    const companies = await companiesOf(ctx, templates)
    return DefinitionsPage({ visitor, templates, companies, mayDefine: mayDefine(actor) })
  },
})

const examplesPage = page({
  path: '/definitions/examples',
  access: 'signed-in',
  async show(_ctx, { visitor }, actor) {
    if (!mayDefine(actor)) throw noTemplate()
    return ExamplesPage({ visitor })
  },
})

const NEW = { title: { fr: 'Définir un badge', en: 'Define a badge' }, back: '/definitions' }

const newPage = page({
  path: '/definitions/new',
  access: 'signed-in',
  query: z.object({
    example: z.coerce
      .number()
      .int()
      .min(1)
      .max(EXAMPLE_DEFINITIONS.length)
      .optional()
      .catch(undefined),
  }),
  form: Inputs,
  async show(ctx, { visitor, problem, query }, actor) {
    const companies = await companiesFor(ctx, actor)
    const example = EXAMPLE_DEFINITIONS[(query.example ?? 0) - 1]
    const values = problem
      ? Inputs.parse(problem.values)
      : example
        ? toFormValues(example)
        : EMPTY_DESIGN
    return DesignerPage({ visitor, problem, ...NEW, values, companies })
  },
  async submit(ctx, { visitor, form }, actor) {
    const companies = await companiesFor(ctx, actor)
    const values = retouch(form)
    if (values) return DesignerPage({ visitor, problem: undefined, ...NEW, values, companies })
    const company = await definingCompany(ctx, actor, form.company ?? '')
    const design = readDesign(form)
    const input = { companyId: company.id, definition: design.definition }
    const { publicId } = await atInputs(design, defineTemplate(ctx, actor, input))
    return { to: `/definitions/${publicId}`, notice: SAVED }
  },
})

const SAVED = {
  fr: 'Le brouillon est enregistré. Il n’est visible que dans votre entreprise.',
  en: 'The draft is saved. It can be seen in your company only.',
}
const EDIT = { fr: 'Modifier un badge', en: 'Edit a badge' }

const editPage = page({
  path: '/definitions/:id/edit',
  access: 'signed-in',
  params: One,
  form: Inputs,
  async show(ctx, { visitor, params, problem }, actor) {
    // A draft that was published while somebody typed: what they typed is shown all the same.
    const see = problem ? seeNewest : seeDraft
    const { definition, digest } = await see(ctx, actor, params.id)
    const values = problem ? Inputs.parse(problem.values) : { ...toFormValues(definition), digest }
    return DesignerPage({ visitor, problem, ...editing(params.id), values })
  },
  async submit(ctx, { visitor, params, form }, actor) {
    const draft = await seeNewest(ctx, actor, params.id)
    const values: FormValues | undefined = retouch(form)
    if (values) return DesignerPage({ visitor, problem: undefined, ...editing(params.id), values })
    const design = readDesign(form)
    const { definition } = design
    const input = { versionId: draft.id, digest: form.digest ?? '', definition }
    await atInputs(design, editDraft(ctx, actor, input))
    return { to: `/definitions/${params.id}`, notice: SAVED }
  },
})

const editing = (id: string) => ({ title: EDIT, back: `/definitions/${id}`, companies: [] })

const definitionPage = page({
  path: '/definitions/:id',
  access: 'signed-in',
  params: One,
  query: z.object({ version: z.coerce.number().int().optional().catch(undefined) }),
  form: z.object({
    do: z.enum(['propose', 'publish', 'renew', 'archive']),
    digest: z.string().max(64).default(''),
    function: z.string().max(4_000).default(''),
  }),
  async show(ctx, { visitor, params, query, problem }, actor) {
    const versions = await seeTemplate(ctx, actor, params.id)
    const [newest] = versions
    const shown =
      query.version === undefined ? newest : versions.find(({ number }) => number === query.version)
    if (!shown) throw noTemplate()
    const company = await companyOf(ctx, shown)
    const allowed = stepsWith(actor, newest)
    const publication = await seePublication(ctx, actor, newest)
    return DefinitionPage({ visitor, problem, versions, shown, company, allowed, publication })
  },
  async submit(ctx, { params: { id }, form }, actor): Promise<Next> {
    if (form.do === 'renew') {
      await newVersion(ctx, actor, id)
      return { to: `/definitions/${id}/edit`, notice: RENEWED }
    }
    if (form.do === 'archive') {
      await archiveTemplate(ctx, actor, id)
      return { to: `/definitions/${id}`, notice: ARCHIVED }
    }
    const [{ id: versionId }] = await seeTemplate(ctx, actor, id)
    const committed = { versionId, digest: form.digest, function: form.function }
    const commit = form.do === 'propose' ? proposeVersion : publishVersion
    await commit(ctx, actor, committed)
    return { to: `/definitions/${id}`, notice: form.do === 'propose' ? PROPOSED : PUBLISHED }
  },
})

const PROPOSED = {
  fr: 'La version est proposée. Une autre personne de l’entreprise peut la publier.',
  en: 'The version is proposed. Somebody else of the company may publish it.',
}
const PUBLISHED = {
  fr: 'La version est publiée. La signature de l’entreprise y est apposée dans la minute.',
  en: 'The version is published. The company’s signature is put on it within a minute.',
}
const RENEWED = {
  fr: 'Une nouvelle version est ouverte, avec le contenu de la précédente.',
  en: 'A new version is open, with the content of the one before.',
}
const ARCHIVED = { fr: 'Le badge est archivé.', en: 'The badge is archived.' }

export const templatePages = [listPage, examplesPage, newPage, editPage, definitionPage]

async function companiesFor(ctx: Context, actor: Actor) {
  const companies = await definingCompanies(ctx, actor)
  if (companies.length === 0) throw noTemplate()
  return companies
}

/** What an act refuses in a definition, said at the inputs that it was read from. */
async function atInputs<T>({ inputOf }: Design, act: Promise<T>): Promise<T> {
  try {
    return await act
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const fields = error.fields.map(({ pointer, words }) => ({
      pointer: `/${inputOf(pointer)}`,
      words,
    }))
    throw new DomainError(error.code, error.words, { cause: error, fields })
  }
}
