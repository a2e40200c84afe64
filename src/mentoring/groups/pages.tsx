import { z } from 'zod'
import type { Context } from '../../context.js'
import { page } from '../../web/page.js'
import { groupHref } from '../cohorts/views/group-title.js'
import { Id, Text, Ticked } from '../facts/form-values.js'
import { addSchool } from './add-school.js'
import { closeGroup } from './close-group.js'
import { endSchool } from './end-school.js'
import { groupWithCharter, noteCharter } from './note-charter.js'
import { openGroup } from './open-group.js'
import { choicesForSchool, groupToClose, schoolToEnd, seeGroup } from './see-group.js'
import { choicesForOpening, seeSchemes } from './see-schemes.js'
import { findGroup } from './store.js'
import { GroupPage } from './views/group.js'
import { AddSchoolPage, CharterPage, EndPage } from './views/group-forms.js'
import { OpenGroupPage } from './views/open-group.js'
import { SchemesPage } from './views/schemes.js'

const params = z.object({ id: Id })

const schemesPage = page({
  path: '/schemes',
  access: 'signed-in',
  async show(ctx, asked, actor) {
    return <SchemesPage asked={asked} schemes={await seeSchemes(ctx, actor)} />
  },
})

const openPage = page({
  path: '/schemes/:id/new',
  access: 'signed-in',
  params,
  form: z.object({
    ownerId: Text,
    name: Text,
    schoolIds: Ticked,
    fromDay: Text,
    charterOn: Text,
    charterReference: Text,
  }),
  async show(ctx, asked, actor) {
    const choices = await choicesForOpening(ctx, actor, asked.params.id)
    return <OpenGroupPage asked={asked} choices={choices} />
  },
  async submit(ctx, { form, params: { id: scheme } }, actor) {
    const id = await openGroup(ctx, actor, { ...form, scheme })
    const notice = {
      fr: 'C’est ouvert. Les établissements peuvent y inscrire leurs élèves.',
      en: 'It is open. The schools may enrol their students.',
    }
    return { to: await addressOf(ctx, id), notice }
  },
})

const groupPage = page({
  path: '/groups/:id',
  access: 'signed-in',
  params,
  async show(ctx, asked, actor) {
    return <GroupPage asked={asked} view={await seeGroup(ctx, actor, asked.params.id)} />
  },
})

const addSchoolPage = page({
  path: '/groups/:id/schools/new',
  access: 'signed-in',
  params,
  form: z.object({ schoolId: Text, fromDay: Text }),
  async show(ctx, asked, actor) {
    return <AddSchoolPage asked={asked} {...await choicesForSchool(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    await addSchool(ctx, actor, { groupId: id, ...form })
    const notice = { fr: 'L’établissement est ajouté.', en: 'The school is added.' }
    return { to: await addressOf(ctx, id), notice }
  },
})

const endSchoolPage = page({
  path: '/groups/:id/schools/:schoolId/end',
  access: 'signed-in',
  params: params.extend({ schoolId: Id }),
  form: z.object({ lastDay: Text }),
  async show(ctx, asked, actor) {
    const { id: groupId, schoolId } = asked.params
    return <EndPage asked={asked} {...await schoolToEnd(ctx, actor, { groupId, schoolId })} />
  },
  async submit(ctx, { form, params: { id, schoolId } }, actor) {
    await endSchool(ctx, actor, { groupId: id, schoolId, ...form })
    const notice = { fr: 'Sa participation est terminée.', en: 'Its part is ended.' }
    return { to: await addressOf(ctx, id), notice }
  },
})

const closePage = page({
  path: '/groups/:id/close',
  access: 'signed-in',
  params,
  form: z.object({ lastDay: Text }),
  async show(ctx, asked, actor) {
    return <EndPage asked={asked} {...await groupToClose(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    await closeGroup(ctx, actor, { groupId: id, ...form })
    return { to: await addressOf(ctx, id), notice: { fr: 'C’est terminé.', en: 'It is ended.' } }
  },
})

const charterPage = page({
  path: '/groups/:id/charter',
  access: 'signed-in',
  params,
  form: z.object({ charterOn: Text, charterReference: Text }),
  async show(ctx, asked, actor) {
    return <CharterPage asked={asked} group={await groupWithCharter(ctx, actor, asked.params.id)} />
  },
  async submit(ctx, { form, params: { id } }, actor) {
    await noteCharter(ctx, actor, { groupId: id, ...form })
    const notice = { fr: 'La charte est notée.', en: 'The charter is noted.' }
    return { to: await addressOf(ctx, id), notice }
  },
})

async function addressOf(ctx: Context, publicId: string): Promise<string> {
  const group = await findGroup(ctx.db, publicId)
  return group ? groupHref(group) : '/schemes'
}

export const groupPages = [
  schemesPage,
  openPage,
  groupPage,
  addSchoolPage,
  endSchoolPage,
  charterPage,
  closePage,
]
